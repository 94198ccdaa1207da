using System.Text.Json;

namespace Wct.Net.Weights;

/// <summary>Reads and writes safetensors files: a JSON header with names, types, shapes and offsets, then the elements,
/// little-endian.</summary>
/// <remarks>
/// The format is described at github.com/huggingface/safetensors: 8 bytes with the header's length (at most 100 MB), the header, then the
/// data, which the tensors cover without gaps or overlaps.
/// </remarks>
public static partial class Safetensors
{
    private const long MostHeaderBytes = 100_000_000;
    private const string MetadataKey = "__metadata__";

    // The types of the format and their sizes in bytes. Types smaller than a byte are not supported.
    private static readonly Dictionary<string, int> TypeBytes = new()
    {
        ["F64"] = 8,
        ["F32"] = 4,
        ["F16"] = 2,
        ["BF16"] = 2,
        ["I64"] = 8,
        ["I32"] = 4,
        ["I16"] = 2,
        ["I8"] = 1,
        ["U64"] = 8,
        ["U32"] = 4,
        ["U16"] = 2,
        ["U8"] = 1,
        ["BOOL"] = 1,
        ["F8_E5M2"] = 1,
        ["F8_E4M3"] = 1,
    };

    /// <summary>Opens a file and checks its header. Elements are read on request.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The open file; the caller disposes of it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="IOException">The file can't be read; the message names it.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="WeightsFormatException">The header is damaged, or tensors extend beyond the file, overlap, or leave
    /// gaps.</exception>
    public static TensorArchive Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        ByteSource source = ByteSource.Open(path);
        try
        {
            return Read(source);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>Whether a file starts like this format: a plausible header length, then the header's opening brace.</summary>
    internal static bool Recognize(ByteSource source)
    {
        Span<byte> start = stackalloc byte[sizeof(long) + 1];
        if (source.Length < start.Length)
            return false;
        source.Read(0, start);
        return start[^1] == '{' && BitConverter.ToInt64(start) is >= 2 and <= MostHeaderBytes;
    }

    internal static TensorArchive Read(ByteSource source)
    {
        if (!Recognize(source) && (NetworkFile.NameOf(source) ?? OtherFile.NameOf(source)) is { } other)
            throw source.Fail($"is {other}; a safetensors file is needed");
        Span<byte> prefix = stackalloc byte[8];
        source.Read(0, prefix);
        long length = BitConverter.ToInt64(prefix);
        if (length is < 2 or > MostHeaderBytes || length > source.Length - prefix.Length)
            throw source.Fail($"no safetensors file: a header of {length} bytes (at most {MostHeaderBytes}) in a file of {source.Length}");
        byte[] header = new byte[length];
        source.Read(prefix.Length, header);
        if (header[0] != '{')
            throw source.Fail($"no safetensors file: its header begins with byte 0x{header[0]:X2}, not with a brace");
        try
        {
            return Parse(source, header);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw source.Fail($"the safetensors header is no valid JSON: {error.Message}", error);
        }
    }

    private static TensorArchive Parse(ByteSource source, byte[] header)
    {
        long dataStart = sizeof(long) + header.LongLength, dataBytes = source.Length - dataStart;
        Dictionary<string, string> metadata = [];
        List<(StoredTensor Tensor, long Begin, long End)> tensors = [];
        HashSet<string> names = [];
        using JsonDocument json = JsonDocument.Parse(header, new JsonDocumentOptions { MaxDepth = 8 });
        foreach (JsonProperty property in json.RootElement.EnumerateObject())
        {
            if (!names.Add(property.Name))
                throw source.Fail($"'{property.Name}' is there twice");
            if (property.Name != MetadataKey)
            {
                tensors.Add(Tensor(source, property, dataStart, dataBytes));
                continue;
            }

            foreach (JsonProperty entry in property.Value.EnumerateObject())
                metadata[entry.Name] = entry.Value.GetString() ?? throw source.Fail($"metadata '{entry.Name}' is null, it must be a text");
        }

        CheckCoverage(source, [.. tensors.OrderBy(tensor => tensor.Begin).ThenBy(tensor => tensor.End)], dataBytes);
        return new TensorArchive(source, tensors.Select(tensor => tensor.Tensor), metadata);
    }

    private static (StoredTensor Tensor, long Begin, long End) Tensor(
        ByteSource source, JsonProperty property, long dataStart, long dataBytes)
    {
        string name = property.Name, type = Field(source, property, "dtype").GetString() ?? "null";
        if (!TypeBytes.TryGetValue(type, out int size))
            throw source.Fail($"tensor '{name}' has the unknown type '{type}'");
        long[] shape = Integers(source, name, Field(source, property, "shape"));
        long[] offsets = Integers(source, name, Field(source, property, "data_offsets"));
        if (offsets is not [var begin, var end] || begin < 0 || end < begin || end > dataBytes)
            throw source.Fail($"tensor '{name}' has offsets [{string.Join(", ", offsets)}], the data has {dataBytes} bytes");
        Storage storage = new(Enum.TryParse(type, out ElementType known) ? known : null, type, (end - begin) / size, dataStart + begin);
        StoredTensor tensor = new(source, name, storage, 0, shape, StoredTensor.ContiguousStrides(shape));
        long bytes = tensor.Elements * size;
        if (bytes != end - begin)
            throw source.Fail($"tensor '{name}' of {type} {tensor.ShapeText} needs {bytes} bytes, its offsets span {end - begin}");
        return (tensor, begin, end);
    }

    private static JsonElement Field(ByteSource source, JsonProperty tensor, string field) =>
        tensor.Value.TryGetProperty(field, out JsonElement value) ? value : throw source.Fail($"tensor '{tensor.Name}' has no '{field}'");

    private static long[] Integers(ByteSource source, string name, JsonElement array) => [.. array.EnumerateArray().Select(item =>
        item.TryGetInt64(out long value) ? value : throw source.Fail(
            $"tensor '{name}' has {item.GetRawText()} where a 64-bit integer is needed"))];

    private static void CheckCoverage(ByteSource source, (StoredTensor Tensor, long Begin, long End)[] sorted, long dataBytes)
    {
        long covered = 0;
        foreach ((StoredTensor tensor, long begin, long end) in sorted)
        {
            if (begin != covered)
                throw source.Fail($"tensor '{tensor.Name}' begins at {begin}, the one before ends at {covered}");
            covered = end;
        }

        if (covered != dataBytes)
            throw source.Fail($"the tensors cover {covered} bytes, the data has {dataBytes}");
    }
}
