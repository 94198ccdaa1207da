using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Wct.Testing;

/// <summary>Tensors of the reference implementation, read by a few lines of their own: an oracle that shares nothing with the product.</summary>
public sealed class GoldenFile
{
    private readonly byte[] _bytes;
    private readonly Dictionary<string, (string Type, int[] Shape, int Start, int End)> _tensors = [];

    /// <summary>Reads a safetensors file.</summary>
    public GoldenFile(string path)
    {
        _bytes = File.ReadAllBytes(path);
        int header = checked((int)BinaryPrimitives.ReadInt64LittleEndian(_bytes));
        using JsonDocument json = JsonDocument.Parse(_bytes.AsMemory(8, header));
        foreach (JsonProperty entry in json.RootElement.EnumerateObject())
        {
            if (entry.Name == "__metadata__")
            {
                Metadata = entry.Value.EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.GetString()!);
                continue;
            }

            int[] offsets = [.. entry.Value.GetProperty("data_offsets").EnumerateArray().Select(value => value.GetInt32())];
            int[] shape = [.. entry.Value.GetProperty("shape").EnumerateArray().Select(value => value.GetInt32())];
            _tensors[entry.Name] = (entry.Value.GetProperty("dtype").GetString()!, shape, 8 + header + offsets[0], 8 + header + offsets[1]);
        }
    }

    /// <summary>What the file says about itself.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; } = new Dictionary<string, string>();

    /// <summary>A tensor's shape.</summary>
    public int[] Shape(string name) => _tensors[name].Shape;

    /// <summary>A float32 tensor.</summary>
    public float[] Singles(string name) => Read<float>(name, "F32");

    /// <summary>A float64 tensor.</summary>
    public double[] Doubles(string name) => Read<double>(name, "F64");

    /// <summary>An int64 tensor.</summary>
    public long[] Integers(string name) => Read<long>(name, "I64");

    private T[] Read<T>(string name, string type)
        where T : unmanaged
    {
        (string actual, _, int start, int end) = _tensors[name];
        if (actual != type)
            throw new InvalidOperationException($"'{name}' is {actual}, {type} was asked for.");
        return MemoryMarshal.Cast<byte, T>(_bytes.AsSpan(start, end - start)).ToArray();
    }
}
