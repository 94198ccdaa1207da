namespace Wct.Net.Weights;

/// <summary>A range of elements in a file. Tensors are views of it.</summary>
/// <param name="Type">The type of the elements; null for types that weights don't have.</param>
/// <param name="TypeName">The type's name in the file.</param>
/// <param name="Elements">The number of elements.</param>
/// <param name="Start">The file position of the first element, in bytes.</param>
internal sealed record Storage(ElementType? Type, string TypeName, long Elements, long Start);
