namespace Wct.Net.Weights;

/// <summary>A tensor to write.</summary>
/// <remarks>Immutable. The shape and the elements are not copied; the caller must not change them afterwards.</remarks>
public sealed class NamedTensor
{
    private readonly long[] _shape;

    /// <summary>Holds a tensor. <c>Safetensors.Write</c> checks it.</summary>
    /// <param name="name">Its name in the file.</param>
    /// <param name="shape">Sizes, outermost first.</param>
    /// <param name="type">How to store it: F32 or F16.</param>
    /// <param name="data">The elements, contiguous; their number must match the shape.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public NamedTensor(string name, long[] shape, ElementType type, float[] data)
        : this(name, shape, type, (data ?? throw new ArgumentNullException(nameof(data))).AsMemory())
    {
    }

    /// <summary>Holds a tensor. <c>Safetensors.Write</c> checks it.</summary>
    /// <param name="name">Its name in the file.</param>
    /// <param name="shape">Sizes, outermost first.</param>
    /// <param name="type">How to store it: F32 or F16.</param>
    /// <param name="data">The elements, contiguous; their number must match the shape.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public NamedTensor(string name, long[] shape, ElementType type, ReadOnlyMemory<float> data)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(shape);
        (Name, _shape, Type, Data) = (name, shape, type, data);
    }

    /// <summary>Its name in the file.</summary>
    public string Name { get; }

    /// <summary>Sizes, outermost first.</summary>
    public ReadOnlySpan<long> Shape => _shape;

    /// <summary>How to store it.</summary>
    public ElementType Type { get; }

    /// <summary>The elements, contiguous.</summary>
    public ReadOnlyMemory<float> Data { get; }
}
