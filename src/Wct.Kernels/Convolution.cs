namespace Wct.Kernels;

/// <summary>A convolution's weights and bias, packed the way a backend wants them. Immutable; usable from several threads.</summary>
public abstract class Convolution : IDisposable
{
    private protected Convolution(ConvolutionShape shape) => Shape = shape;

    /// <summary>Channel counts and kernel size.</summary>
    public ConvolutionShape Shape { get; }

    /// <summary>Frees the packed weights.</summary>
    public abstract void Dispose();
}
