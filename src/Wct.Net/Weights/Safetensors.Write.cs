using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Wct.Net.Weights;

public static partial class Safetensors
{
    /// <summary>Writes a file, atomically. The same tensors and metadata give the same bytes.</summary>
    /// <param name="path">The file to write; its folder must exist. A link is followed.</param>
    /// <param name="tensors">The tensors, in the order in which to store them. May be empty.</param>
    /// <param name="metadata">The metadata, in the order in which to write it. May be empty.</param>
    /// <exception cref="ArgumentNullException"><paramref name="path"/>, <paramref name="tensors"/> or <paramref name="metadata"/> is
    /// null.</exception>
    /// <exception cref="ArgumentException">A length differs from its shape, a type is neither F32 nor F16, a value is beyond F16's range,
    /// the path is empty, or the file would be invalid: a name occurs twice or is that of the metadata, a size is negative, a tensor has
    /// more than 8 dimensions, a tensor, a key or a value is null, or the header takes more than 100 MB.</exception>
    /// <exception cref="IOException">The file can't be written; the message names it.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to, or the file may not be replaced.</exception>
    public static void Write(string path, IReadOnlyList<NamedTensor> tensors, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(tensors);
        ArgumentNullException.ThrowIfNull(metadata);
        HashSet<string> names = [MetadataKey];
        foreach (NamedTensor tensor in tensors)
        {
            Check(tensor);
            if (!names.Add(tensor.Name))
                throw new ArgumentException(
                    $"tensor '{tensor.Name}' {(tensor.Name == MetadataKey ? "has the metadata's name" : "is there twice")}.");
        }

        WriteBlocks(path, [.. tensors.Select(tensor => (TensorBlock)tensor)], metadata);
    }

    /// <summary>Writes tensors whose lengths and names were checked.</summary>
    internal static void WriteBlocks(string path, IReadOnlyList<TensorBlock> tensors, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        byte[] header = Header(tensors, metadata);
        using AtomicFile file = new(path);
        Write(file.Stream, header, tensors);
        file.Complete(flushToDisk: true);
    }

    /// <summary>Writes to a stream, which stays open.</summary>
    internal static void WriteBlocks(
        Stream stream, IReadOnlyList<TensorBlock> tensors, IEnumerable<KeyValuePair<string, string>> metadata) =>
        Write(stream, Header(tensors, metadata), tensors);

    private static void Write(Stream stream, byte[] header, IReadOnlyList<TensorBlock> tensors)
    {
        stream.Write(BitConverter.GetBytes((long)header.Length));
        stream.Write(header);
        foreach (TensorBlock tensor in tensors)
            tensor.WriteTo(stream);
    }

    private static byte[] Header(IReadOnlyList<TensorBlock> tensors, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        ArrayBufferWriter<byte> buffer = new();
        using Utf8JsonWriter json = new(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteStartObject(MetadataKey);
        foreach ((string key, string value) in metadata)
            json.WriteString(key, value ?? throw new ArgumentException($"metadata '{key}' is null."));
        json.WriteEndObject();
        long offset = 0;
        foreach (TensorBlock tensor in tensors)
        {
            json.WriteStartObject(tensor.Name);
            json.WriteString("dtype", tensor.Type.ToString());
            WriteArray(json, "shape", tensor.Shape);
            WriteArray(json, "data_offsets", [offset, offset += tensor.Bytes]);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.Flush();

        // Pads the header with spaces, so that the data begins at a multiple of 8 bytes.
        int padded = (buffer.WrittenCount + 7) / 8 * 8;
        byte[] header = new byte[padded];
        header.AsSpan().Fill((byte)' ');
        buffer.WrittenSpan.CopyTo(header);
        return header.Length <= MostHeaderBytes
            ? header : throw new ArgumentException($"the header takes {header.Length} bytes, the format allows {MostHeaderBytes}.");
    }

    private static void WriteArray(Utf8JsonWriter json, string name, ReadOnlySpan<long> values)
    {
        json.WriteStartArray(name);
        foreach (long value in values)
            json.WriteNumberValue(value);
        json.WriteEndArray();
    }

    private static void Check(NamedTensor tensor)
    {
        if (tensor is null)
            throw new ArgumentException("a tensor is null.");
        if (tensor.Shape.Length > StoredTensor.MostDimensions || tensor.Shape.ContainsAnyExceptInRange(0, long.MaxValue))
            throw new ArgumentException(
                $"tensor '{tensor.Name}' has shape {StoredTensor.Text(tensor.Shape)}; at most {StoredTensor.MostDimensions} sizes, none "
                    + "below 0.");
        // Stops before the product overflows: nothing has as many elements.
        Int128 needed = tensor.Shape.Contains(0) ? 0 : 1;
        for (int i = 0; i < tensor.Shape.Length && needed <= int.MaxValue; i++)
            needed *= tensor.Shape[i];
        if (tensor.Data.Length != needed)
            throw new ArgumentException(
                $"tensor '{tensor.Name}' has {tensor.Data.Length} elements, its shape is {StoredTensor.Text(tensor.Shape)}.");
        if (tensor.Type is not (ElementType.F32 or ElementType.F16))
            throw new ArgumentException($"tensor '{tensor.Name}' is to be written as {tensor.Type}; F32 and F16 can be.");
        int beyond = tensor.Type == ElementType.F16
            ? FirstBeyondHalf(tensor.Data.Span) : -1;
        if (beyond >= 0)
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"element {beyond} of tensor '{tensor.Name}' is {tensor.Data.Span[beyond]}, F16 ends at 65504."));
    }

    private static int FirstBeyondHalf(ReadOnlySpan<float> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (float.IsFinite(values[i]) && Half.IsInfinity((Half)values[i]))
                return i;
        }

        return -1;
    }
}
