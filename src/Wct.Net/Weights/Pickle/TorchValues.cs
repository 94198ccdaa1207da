namespace Wct.Net.Weights.Pickle;

/// <summary>A class or function that a pickle of torch tensors may name.</summary>
internal sealed record TorchGlobal(string Name, TorchElement? Element = null);

/// <summary>An element type of torch storages.</summary>
/// <param name="Name">"Float", as in FloatStorage.</param>
/// <param name="Size">Bytes per element.</param>
/// <param name="Type">The type of weights; null for types that weights don't have.</param>
internal sealed record TorchElement(string Name, int Size, ElementType? Type)
{
    internal static readonly TorchElement[] All =
    [
        new("Float", 4, ElementType.F32), new("Double", 8, ElementType.F64), new("Half", 2, ElementType.F16),
        new("BFloat16", 2, ElementType.BF16),
        new("Long", 8, null), new("Int", 4, null), new("Short", 2, null), new("Char", 1, null), new("Byte", 1, null), new("Bool", 1, null),
        new("ComplexFloat", 8, null), new("ComplexDouble", 16, null),
    ];
}

/// <summary>A storage as a pickle describes it. The file's layout tells where its bytes are.</summary>
/// <param name="Key">Its key in the file.</param>
/// <param name="Element">Its element type.</param>
/// <param name="Elements">The number of elements.</param>
internal sealed record TorchStorage(string Key, TorchElement Element, long Elements);

/// <summary>A tensor as a pickle describes it: a view into a storage.</summary>
internal sealed record TorchTensor(TorchStorage Storage, long Offset, long[] Shape, long[] Strides)
{
    /// <summary>Locates the tensor in a file whose byte <paramref name="start"/> is the first of its storage.</summary>
    /// <exception cref="WeightsFormatException">The view extends beyond its storage.</exception>
    internal StoredTensor In(ByteSource source, string name, long start) =>
        new(source, name, new Storage(Storage.Element.Type, Storage.Element.Name, Storage.Elements, start), Offset, Shape, Strides);
}
