using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Wct.Testing;

/// <summary>Reads tensors of the reference implementation with code of its own, so that this oracle shares no code with the
/// library.</summary>
public sealed class GoldenFile
{
    private readonly Dictionary<string, (string Type, int[] Shape, ReadOnlyMemory<byte> Bytes)> _tensors = [];

    /// <summary>Reads a safetensors file, or all such files of a folder, which are parts of one set.</summary>
    public GoldenFile(string path)
    {
        foreach (string part in Directory.Exists(path) ? Directory.GetFiles(path, "*.safetensors") : [path])
            Read(File.ReadAllBytes(part));
    }

    /// <summary>The file's metadata.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; private set; } = new Dictionary<string, string>();

    /// <summary>Names of all tensors.</summary>
    public IEnumerable<string> Names => _tensors.Keys;

    /// <summary>Returns a tensor's shape.</summary>
    public int[] Shape(string name) => _tensors[name].Shape;

    /// <summary>Returns a tensor's type as the format names it: "F32".</summary>
    public string Type(string name) => _tensors[name].Type;

    /// <summary>Returns a float32 tensor.</summary>
    public float[] Singles(string name) => Read<float>(name, "F32");

    /// <summary>Returns a float64 tensor.</summary>
    public double[] Doubles(string name) => Read<double>(name, "F64");

    /// <summary>Returns an int64 tensor.</summary>
    public long[] Integers(string name) => Read<long>(name, "I64");

    /// <summary>Returns a tensor of bytes.</summary>
    public byte[] Bytes(string name) => Read<byte>(name, "U8");

    private void Read(byte[] file)
    {
        int header = checked((int)BinaryPrimitives.ReadInt64LittleEndian(file));
        using JsonDocument json = JsonDocument.Parse(file.AsMemory(8, header));
        foreach (JsonProperty entry in json.RootElement.EnumerateObject())
        {
            if (entry.Name == "__metadata__")
            {
                Metadata = entry.Value.EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.GetString()!);
                continue;
            }

            int[] offsets = [.. entry.Value.GetProperty("data_offsets").EnumerateArray().Select(value => value.GetInt32())];
            int[] shape = [.. entry.Value.GetProperty("shape").EnumerateArray().Select(value => value.GetInt32())];
            _tensors[entry.Name] =
                (entry.Value.GetProperty("dtype").GetString()!, shape, file.AsMemory((8 + header + offsets[0])..(8 + header + offsets[1])));
        }
    }

    private T[] Read<T>(string name, string type)
        where T : unmanaged
    {
        (string actual, _, ReadOnlyMemory<byte> bytes) = _tensors[name];
        if (actual != type)
            throw new InvalidOperationException($"'{name}' is {actual}, {type} was asked for.");
        return MemoryMarshal.Cast<byte, T>(bytes.Span).ToArray();
    }
}
