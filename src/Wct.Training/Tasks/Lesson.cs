using Wct.Kernels;
using Wct.Net.Models;
using Wct.Training.Networks;

namespace Wct.Training.Tasks;

/// <summary>Something that one tap of an encoder learns, through a linear 1x1 adapter that is trained with it.</summary>
internal sealed class Lesson(Backend backend, ConvolutionWeights adapter, ParameterSet parameters) : IDisposable
{
    private readonly TrainedConvolution _adapter = new(backend, adapter, adapter.Name, parameters, inputGradient: true);

    /// <summary>Of what is taught; the error is divided by it.</summary>
    internal double Variance { get; set; } = 1;

    /// <summary>Begins a regression for the adapter.</summary>
    internal AdapterFit BeginFit() => new(backend, _adapter.Shape.InChannels, _adapter.Shape.OutChannels);

    /// <summary>Takes over its result; <see cref="Refresh"/> makes it count.</summary>
    internal void Take(AdapterFit fit)
    {
        (float[] weights, float[] bias) = fit.Solve();
        _adapter.Set(weights, bias);
    }

    /// <summary>weight·mean((adapted - taught)²)/variance.</summary>
    /// <param name="gradients">Those of the adapter are added to it.</param>
    /// <param name="gradient">With respect to the features; the caller's.</param>
    internal double Learn(Tensor features, Tensor taught, double weight, float[] gradients, out Tensor gradient)
    {
        using Tensor adapted = backend.Allocate(taught.Shape);
        backend.Convolve(features, _adapter.Forward, Activation.None, adapted);
        double loss = FeatureLoss.Squared(backend, adapted, taught, weight / Variance, out Tensor difference);
        using (difference)
            gradient = _adapter.Backward(features, difference, gradients)!;
        return loss;
    }

    /// <summary>Takes over parameters that have changed.</summary>
    internal void Refresh() => _adapter.Refresh();

    public void Dispose() => _adapter.Dispose();
}
