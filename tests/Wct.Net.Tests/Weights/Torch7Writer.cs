using System.Runtime.InteropServices;
using System.Text;

namespace Wct.Net.Tests.Weights;

/// <summary>A Lua table for <see cref="Torch7Writer"/>.</summary>
internal sealed class LuaTable : Dictionary<object, object?>
{
    internal static LuaTable Array(params IEnumerable<object> items)
    {
        LuaTable table = [];
        foreach (object item in items)
            table[(double)(table.Count + 1)] = item;
        return table;
    }
}

/// <summary>An object of a class with a table of fields.</summary>
internal sealed record LuaObject(string ClassName, LuaTable Fields)
{
    public bool Equals(LuaObject? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}

/// <summary>A storage of raw bytes.</summary>
internal sealed class LuaStorage(string className, long count, byte[] bytes)
{
    internal string ClassName { get; } = className;

    internal long Count { get; } = count;

    internal byte[] Bytes { get; } = bytes;

    internal static LuaStorage Floats(float[] data, string element = "Float") =>
        new($"torch.{element}Storage", data.Length, MemoryMarshal.AsBytes<float>(data).ToArray());
}

/// <summary>A tensor; offsets count from 1.</summary>
internal sealed class LuaTensor(string className, long[] shape, long[] strides, long offset, LuaStorage? storage)
{
    internal string ClassName { get; } = className;

    internal long[] Shape { get; } = shape;

    internal long[] Strides { get; } = strides;

    internal long Offset { get; } = offset;

    internal LuaStorage? Storage { get; } = storage;

    internal static LuaTensor Floats(long[] shape, float[] data, string element = "Float") =>
        new($"torch.{element}Tensor", shape, Contiguous(shape), 1, LuaStorage.Floats(data, element));

    internal static LuaTensor Empty(string element = "Float") => new($"torch.{element}Tensor", [], [], 1, null);

    internal static long[] Contiguous(long[] shape) => [.. shape.Select((_, i) => shape.Skip(i + 1).Aggregate(1L, (product, size) =>
        product * size))];
}

/// <summary>Writes Torch7's binary serialization format according to its description, for tests of the reader.</summary>
/// <param name="versioned">Whether a version string precedes class names, as in all but the oldest files.</param>
internal sealed class Torch7Writer(bool versioned = true)
{
    private readonly MemoryStream _bytes = new();
    private readonly Dictionary<object, int> _written = new(ReferenceEqualityComparer.Instance);

    internal static byte[] File(object? root, bool versioned = true)
    {
        Torch7Writer writer = new(versioned);
        writer.Write(root);
        return writer._bytes.ToArray();
    }

    private void Write(object? value)
    {
        switch (value)
        {
            case null: Int(0); break;
            case int number: Write((double)number); break;
            case double number: Int(1); _bytes.Write(BitConverter.GetBytes(number)); break;
            case string text: Int(2); Text(text); break;
            case bool truth: Int(5); Int(truth ? 1 : 0); break;
            default: Reference(value); break;
        }
    }

    private void Reference(object value)
    {
        Int(value is LuaTable ? 3 : 4);
        bool known = _written.TryGetValue(value, out int index);
        if (!known)
            _written[value] = index = _written.Count + 1;
        Int(index);
        if (known)
            return;
        switch (value)
        {
            case LuaTable table: Entries(table); break;
            case LuaObject made: Class(made.ClassName); Write(made.Fields); break;
            case LuaStorage storage: Class(storage.ClassName); Long(storage.Count); _bytes.Write(storage.Bytes); break;
            case LuaTensor tensor: Tensor(tensor); break;
            default: throw new ArgumentException($"no Lua value: {value}");
        }
    }

    private void Entries(LuaTable table)
    {
        Int(table.Count);
        foreach ((object key, object? item) in table)
        {
            Write(key);
            Write(item);
        }
    }

    private void Tensor(LuaTensor tensor)
    {
        Class(tensor.ClassName);
        Int(tensor.Shape.Length);
        foreach (long size in tensor.Shape)
            Long(size);
        foreach (long stride in tensor.Strides)
            Long(stride);
        Long(tensor.Offset);
        Write(tensor.Storage);
    }

    private void Class(string name)
    {
        if (versioned)
            Text("V 1");
        Text(name);
    }

    private void Text(string text)
    {
        Int(Encoding.UTF8.GetByteCount(text));
        _bytes.Write(Encoding.UTF8.GetBytes(text));
    }

    private void Int(int value) => _bytes.Write(BitConverter.GetBytes(value));

    private void Long(long value) => _bytes.Write(BitConverter.GetBytes(value));
}
