using System.Runtime.InteropServices;

namespace Wct.Net.Weights;

/// <summary>A tensor in an open file: its name, its shape, and the location of its elements. Elements are read on request.</summary>
public sealed class StoredTensor
{
    // More than any weights have; limits the shapes of hostile files.
    internal const int MostDimensions = 8;

    private readonly ByteSource _source;
    private readonly Storage _storage;
    private readonly long[] _shape, _strides;
    private readonly long _offset;

    /// <param name="source">The open file.</param>
    /// <param name="name">The tensor's name in it.</param>
    /// <param name="storage">The elements that the tensor is a view of.</param>
    /// <param name="offset">The index of the first element in the storage.</param>
    /// <param name="shape">Sizes.</param>
    /// <param name="strides">Distance from one element to the next, per dimension, in elements.</param>
    /// <exception cref="WeightsFormatException">The view extends beyond its storage, or has more elements than it.</exception>
    internal StoredTensor(ByteSource source, string name, Storage storage, long offset, long[] shape, long[] strides)
    {
        (_source, Name, _storage, _offset, _shape, _strides) = (source, name, storage, offset, shape, strides);
        if (shape.Length > MostDimensions || shape.Length != strides.Length)
            throw source.Fail(
                $"tensor '{name}' has {shape.Length} sizes and {strides.Length} strides; at most {MostDimensions}, and as many of each");
        long last = offset;
        Elements = shape.Contains(0) ? 0 : 1;
        for (int i = 0; i < shape.Length; i++)
        {
            // Each product is checked before it is computed, so that nothing overflows. A view may not have more elements than its storage.
            if (offset < 0 || shape[i] < 0 || strides[i] < 0)
                throw OutOfStorage();
            if (Elements == 0)
                continue;
            if (Elements > storage.Elements / shape[i] || (shape[i] - 1) * Math.Min(strides[i], 1) > Room(last) / Math.Max(strides[i], 1))
                throw OutOfStorage();
            Elements *= shape[i];
            last += shape[i] == 1 ? 0 : (shape[i] - 1) * strides[i];
        }

        Extent = Elements == 0 ? 0 : last - offset + 1;
        if (offset < 0 || (Elements > 0 && last >= storage.Elements) || Extent > Array.MaxLength)
            throw OutOfStorage();
    }

    /// <summary>The tensor's name in the file.</summary>
    public string Name { get; }

    /// <summary>Sizes, outermost first.</summary>
    public ReadOnlySpan<long> Shape => _shape;

    /// <summary>The shape as text: "[64, 3, 3, 3]".</summary>
    public string ShapeText => Text(_shape);

    /// <summary>Number of elements.</summary>
    public long Elements { get; }

    /// <summary>The name of the element type in the file.</summary>
    public string TypeName => _storage.TypeName;

    /// <summary>The element type; null for types that weights don't have, such as integers.</summary>
    public ElementType? Type => _storage.Type;

    private long Extent { get; }

    /// <summary>Reads the elements, in the order of a contiguous tensor of this shape.</summary>
    /// <exception cref="WeightsFormatException">The elements are not floating-point numbers, or the file was truncated after it was
    /// opened.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    /// <exception cref="ObjectDisposedException">The file was closed.</exception>
    public float[] Read()
    {
        if (Type is not { } type)
            throw _source.Fail($"tensor '{Name}' has elements of type {TypeName}; weights are F32, F16, BF16 or F64");
        float[] stored = GC.AllocateUninitializedArray<float>((int)Extent);
        ElementReader.Read(_source, _storage.Start + (_offset * ElementReader.Size(type)), type, stored);
        return IsContiguous() ? stored : Gather(stored);
    }

    /// <summary>Reads the elements of a contiguous tensor of doubles, without conversion.</summary>
    /// <exception cref="WeightsFormatException">The elements have another type or are not contiguous, or the file was truncated after it
    /// was opened.</exception>
    internal double[] ReadDoubles()
    {
        if (Type != ElementType.F64 || !IsContiguous())
            throw _source.Fail($"tensor '{Name}' has elements of type {TypeName}; F64 is needed, without gaps");
        double[] values = GC.AllocateUninitializedArray<double>((int)Elements);
        _source.Read(_storage.Start + (_offset * sizeof(double)), MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    internal static string Text(ReadOnlySpan<long> shape) => $"[{string.Join(", ", shape.ToArray())}]";

    /// <summary>The strides of a contiguous tensor. If they would overflow, they are so large that the constructor rejects them.</summary>
    internal static long[] ContiguousStrides(ReadOnlySpan<long> shape)
    {
        long[] strides = new long[shape.Length];
        long stride = 1;
        for (int i = shape.Length - 1; i >= 0; i--)
        {
            strides[i] = stride;
            stride = (long)Int128.Min((Int128)stride * Math.Max(shape[i], 1), long.MaxValue);
        }

        return strides;
    }

    private long Room(long last) => Math.Max(_storage.Elements - last, 0);

    private bool IsContiguous()
    {
        long expected = 1;
        for (int i = _shape.Length - 1; i >= 0; expected *= _shape[i--])
        {
            if (_shape[i] != 1 && _strides[i] != expected)
                return Elements == 0;
        }

        return true;
    }

    private float[] Gather(float[] stored)
    {
        float[] result = new float[Elements];
        long[] index = new long[_shape.Length];
        long at = 0;
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = stored[at];
            for (int d = index.Length - 1; d >= 0; d--)
            {
                at += _strides[d];
                if (++index[d] < _shape[d])
                    break;
                at -= _strides[d] * _shape[d];
                index[d] = 0;
            }
        }

        return result;
    }

    private WeightsFormatException OutOfStorage() => _source.Fail(
        $"tensor '{Name}': shape {ShapeText}, strides {Text(
            _strides)}, offset {_offset} does not fit its storage of {_storage.Elements} elements");
}
