namespace Wct.Net.Weights.Pickle;

/// <summary>A class or function that a pickle of torch tensors may name.</summary>
internal sealed record TorchGlobal(string Name, TorchElement? Element = null);

/// <summary>How the elements of a torch storage lie in the file.</summary>
/// <param name="Name">"Float", as in FloatStorage.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Type">Null where they can't be weights.</param>
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

/// <summary>A storage as a pickle names it; the file's layout says where its bytes are.</summary>
/// <param name="Key">What the file calls it.</param>
/// <param name="Element">Its elements.</param>
/// <param name="Elements">How many.</param>
internal sealed record TorchStorage(string Key, TorchElement Element, long Elements);

/// <summary>A tensor as a pickle describes it: a view into a storage.</summary>
internal sealed record TorchTensor(TorchStorage Storage, long Offset, long[] Shape, long[] Strides)
{
    /// <summary>The tensor in a file that holds its storage from byte <paramref name="start"/> on.</summary>
    /// <exception cref="WeightsFormatException">The view leaves its storage.</exception>
    internal StoredTensor In(ByteSource source, string name, long start) =>
        new(source, name, new Storage(Storage.Element.Type, Storage.Element.Name, Storage.Elements, start), Offset, Shape, Strides);
}
