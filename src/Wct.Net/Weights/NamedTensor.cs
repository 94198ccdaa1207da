namespace Wct.Net.Weights;

/// <summary>A tensor to be written.</summary>
/// <remarks>Immutable: shape and elements are held, not copied, so don't change them afterwards.</remarks>
public sealed class NamedTensor
{
    private readonly long[] _shape;

    /// <summary>Holds a tensor. <c>Safetensors.Write</c> checks it.</summary>
    /// <param name="name">Its name in the file.</param>
    /// <param name="shape">Sizes, outermost first.</param>
    /// <param name="type">How it is stored: F32 or F16.</param>
    /// <param name="data">The elements, contiguous; as many as the shape says.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public NamedTensor(string name, long[] shape, ElementType type, float[] data)
        : this(name, shape, type, (data ?? throw new ArgumentNullException(nameof(data))).AsMemory())
    {
    }

    /// <summary>Holds a tensor. <c>Safetensors.Write</c> checks it.</summary>
    /// <param name="name">Its name in the file.</param>
    /// <param name="shape">Sizes, outermost first.</param>
    /// <param name="type">How it is stored: F32 or F16.</param>
    /// <param name="data">The elements, contiguous; as many as the shape says.</param>
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

    /// <summary>How it is stored.</summary>
    public ElementType Type { get; }

    /// <summary>The elements, contiguous.</summary>
    public ReadOnlyMemory<float> Data { get; }
}
