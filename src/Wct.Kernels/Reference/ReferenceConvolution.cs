namespace Wct.Kernels.Reference;

/// <summary>Unpacked weights, as they were given.</summary>
internal sealed class ReferenceConvolution(ConvolutionShape shape, float[] weights, float[] bias) : Convolution(shape)
{
    internal float[] Weights { get; } = weights;

    internal float[] Bias { get; } = bias;

    public override void Dispose()
    {
    }
}
