namespace Wct.Kernels;

/// <summary>A convolution's weights and bias, packed for a backend. Several threads may use it at the same time.</summary>
public abstract class Convolution : IDisposable
{
    private protected Convolution(ConvolutionShape shape) => Shape = shape;

    /// <summary>Channel counts and kernel size.</summary>
    public ConvolutionShape Shape { get; }

    /// <summary>Frees the packed weights.</summary>
    public abstract void Dispose();
}
