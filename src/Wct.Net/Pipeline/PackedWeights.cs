using Wct.Kernels;

namespace Wct.Net.Pipeline;

/// <summary>A convolution's packed weights. They are packed when first used, and again after they were dropped.</summary>
internal sealed class PackedWeights(ConvolutionShape shape, Func<Convolution> pack)
{
    private Once<Convolution> _convolution = new(pack);

    internal ConvolutionShape Shape => shape;

    internal Convolution Value => _convolution.Value;

    /// <summary>Frees the packed weights, which must not be in use.</summary>
    internal void Drop()
    {
        if (!_convolution.IsMade)
            return;
        _convolution.Value.Dispose();
        _convolution = new Once<Convolution>(pack);
    }
}
