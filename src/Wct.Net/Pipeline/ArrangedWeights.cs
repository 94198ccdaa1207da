using Wct.Kernels;

namespace Wct.Net.Pipeline;

/// <summary>A layer's weights as the backend wants them: arranged when first used, and again after they were dropped.</summary>
internal sealed class ArrangedWeights(Func<Convolution> arrange)
{
    private Lazy<Convolution> _convolution = new(arrange);

    internal Convolution Value => _convolution.Value;

    /// <summary>Frees them; nobody may be using them.</summary>
    internal void Drop()
    {
        if (!_convolution.IsValueCreated)
            return;
        _convolution.Value.Dispose();
        _convolution = new Lazy<Convolution>(arrange);
    }
}
