namespace Wct.Net.Weights.Torch7;

/// <summary>Reads one object in Torch7's binary serialization format, as 64-bit machines write it. No code is executed, and functions are
/// rejected.</summary>
/// <remarks>
/// See torch/torch7's doc/serialization.md and its File class. An object begins with a 32-bit type: 0 nil, 1 number (64-bit float), 2
/// string (32-bit length, bytes), 3 table, 4 torch object, 5 boolean (32 bits), 6 to 8 functions. Tables and torch objects have a 32-bit
/// index; an index that occurred before refers to the same object, and nothing follows it. A table is a 32-bit count, then that many key
/// and value objects. A torch object is a version string "V 1" (missing in old files), the name of its class, then the fields of a tensor
/// or a storage, or a table of fields.
/// </remarks>
internal sealed class Torch7Reader(ByteSource source)
{
    // These networks have about 1,500 objects and a nesting depth of 10.
    private const int MostObjects = 1 << 16, MostDepth = 64, MostDimensions = 8, MostNameBytes = 256;

    private readonly ByteCursor _input = new(source, 0, source.Length);
    private readonly Dictionary<int, object> _known = [];
    private int _objects, _depth;

    /// <summary>The next object: null, double, string, bool, <see cref="Torch7Table"/>, <see cref="Torch7Module"/>,
    /// <see cref="Torch7Tensor"/> or <see cref="Storage"/>.</summary>
    /// <exception cref="WeightsFormatException">The file is truncated or inconsistent, or contains a function or a class that weights don't
    /// need.</exception>
    internal object? Read()
    {
        if (++_objects > MostObjects)
            throw _input.Fail($"more than {MostObjects} objects");
        int type = _input.ReadInt32();
        return type switch
        {
            0 => null,
            1 => _input.ReadDouble(),
            2 => _input.ReadText(_input.ReadInt32()),
            3 or 4 => ReadReferenced(type),
            5 => _input.ReadInt32() != 0,
            6 or 7 or 8 => throw _input.Fail("the file holds a Lua function, which no weights need; nothing was executed"),
            _ => throw _input.Fail($"object type {type}; Torch7 has 0 to 8"),
        };
    }

    private object ReadReferenced(int type)
    {
        int index = _input.ReadInt32();
        if (_known.TryGetValue(index, out object? known))
            return known;
        if (++_depth > MostDepth)
            throw _input.Fail($"objects nest more than {MostDepth} deep");
        object made = type == 3 ? ReadTable(index) : ReadTorch(index);
        _depth--;
        return made;
    }

    private Torch7Table ReadTable(int index)
    {
        int count = _input.ReadInt32();
        if (count < 0)
            throw _input.Fail($"a table of {count} entries");
        Torch7Table table = new();
        _known[index] = table;
        for (int i = 0; i < count; i++)
        {
            object? key = Read(), value = Read();
            if (key is string or double)
                table[key] = value;
        }

        return table;
    }

    private object ReadTorch(int index)
    {
        string name = _input.ReadText(_input.ReadInt32(), MostNameBytes);
        if (name.StartsWith("V ", StringComparison.Ordinal))
            name = _input.ReadText(_input.ReadInt32(), MostNameBytes);
        if (Torch7Element.Of(name, "Tensor") is { } element)
            return ReadTensor(index, element);
        if (Torch7Element.Of(name, "Storage") is { } stored)
            return _known[index] = ReadStorage(stored);
        if (!Torch7Network.IsKnown(name))
            throw _input.Fail($"the file holds an object of class '{name}', which no encoder or decoder has");
        Torch7Module module = new(name);
        _known[index] = module;
        module.Fields = Read() as Torch7Table ?? throw _input.Fail($"the fields of an object of class '{name}' are no table");
        return module;
    }

    private Torch7Tensor ReadTensor(int index, Torch7Element element)
    {
        int dimensions = _input.ReadInt32();
        if (dimensions is < 0 or > MostDimensions)
            throw _input.Fail($"a tensor of {dimensions} dimensions; the limit is {MostDimensions}");
        Torch7Tensor tensor = new() { Shape = new long[dimensions], Strides = new long[dimensions] };
        _known[index] = tensor;
        for (int i = 0; i < dimensions; i++)
            tensor.Shape[i] = _input.ReadInt64();
        for (int i = 0; i < dimensions; i++)
            tensor.Strides[i] = _input.ReadInt64();

        // The file counts from 1, as Lua does.
        tensor.Offset = unchecked(_input.ReadInt64() - 1);
        object? storage = Read();
        tensor.Storage = storage as Storage;
        if (storage is not null && tensor.Storage?.TypeName != element.Name)
            throw _input.Fail($"a torch.{element.Name}Tensor whose storage is one of {tensor.Storage?.TypeName ?? "another class"}");
        return tensor;
    }

    private Storage ReadStorage(Torch7Element element)
    {
        long count = _input.ReadInt64();
        if (count < 0 || count > _input.Remaining / element.Size)
            throw _input.Fail($"truncated: a torch.{element.Name}Storage of {count} elements, {_input.Remaining} bytes are there");
        Storage storage = new(element.Type, element.Name, count, _input.Position);
        _input.Skip(count * element.Size);
        return storage;
    }
}
