namespace Wct.Kernels;

/// <summary>A convolution's weights and bias, packed for a backend. Several threads may use it at the same time.</summary>
public abstract class Convolution : IDisposable
{
    private protected Convolution(ConvolutionShape shape) => Shape = shape;

    /// <summary>Channel counts, kernel size, stride, padding.</summary>
    public ConvolutionShape Shape { get; }

    /// <summary>Whether the weights are packed for <see cref="TrainingBackend.ConvolveInputGradient"/>. The shape then is that of the
    /// forward convolution, with its channels exchanged.</summary>
    internal bool IsInputGradient { get; set; }

    /// <summary>Frees the packed weights.</summary>
    public abstract void Dispose();
}
