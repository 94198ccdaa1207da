namespace Wct.Net.Weights;

/// <summary>A run of elements in a file; tensors are views into it.</summary>
/// <param name="Type">How elements are stored; null where they are no weights.</param>
/// <param name="TypeName">What the file calls that.</param>
/// <param name="Elements">How many there are.</param>
/// <param name="Start">Byte of the first one in the file.</param>
internal sealed record Storage(ElementType? Type, string TypeName, long Elements, long Start);
