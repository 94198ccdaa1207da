using Wct.Kernels;
using Wct.Net.Models;
using Wct.Training.Networks;

namespace Wct.Training.Losses;

/// <summary>A linear 1x1 convolution from a student's features to a target with another number of channels. It is trained with the
/// student.</summary>
/// <param name="backend">The backend of the features.</param>
/// <param name="tap">The tap of the student.</param>
/// <param name="target">The name of the target.</param>
/// <param name="start">Its starting weights, which are also in <paramref name="parameters"/>.</param>
/// <param name="parameters">Holds the trained weights.</param>
internal sealed class Adapter(TrainingBackend backend, string tap, string target, ConvolutionWeights start, ParameterSet parameters)
    : IDisposable
{
    private readonly TrainedConvolution _convolution = new(backend, start, start.Name, parameters, inputGradient: true);
    private AdapterFit? _fit;

    /// <summary>The tap of the student.</summary>
    internal string Tap => tap;

    /// <summary>The variance of the target; the error is divided by it.</summary>
    internal double Variance { get; set; } = 1;

    /// <summary>Begins the regression that computes the adapter's starting weights.</summary>
    internal void BeginFit() => _fit = new AdapterFit(backend, _convolution.Shape.InChannels, _convolution.Shape.OutChannels);

    /// <summary>Adds one picture to the regression.</summary>
    internal void Fit(LossContext context) => _fit!.Add(context.Output(tap), context.Target(target));

    /// <summary>Sets the weights to the result of the regression.</summary>
    internal void EndFit()
    {
        (float[] weights, float[] bias) = _fit!.Solve();
        _convolution.Set(weights, bias);
        _fit = null;
        Refresh();
    }

    /// <summary>Adds the variance of one picture's target, times <paramref name="share"/>.</summary>
    internal void Measure(LossTargets targets, double share) => Variance += share * FeatureVariance.Of(targets.Backend, targets[target]);

    /// <summary>Returns weight·mean((adapted - target)²) / variance, and adds the gradients of the tap and of the adapter.</summary>
    internal double Evaluate(LossContext context, double weight)
    {
        Tensor features = context.Output(tap), wanted = context.Target(target);
        using Tensor adapted = backend.Allocate(wanted.Shape);
        backend.Convolve(features, _convolution.Forward, Activation.None, adapted);
        double loss = MeanSquaredError.Of(backend, adapted, wanted, weight / Variance, out Tensor difference);
        using (difference)
            context.AddGradient(tap, _convolution.Backward(features, difference, context.ParameterGradients)!);
        return loss;
    }

    /// <summary>Packs the parameters again after they changed.</summary>
    internal void Refresh() => _convolution.Refresh();

    public void Dispose() => _convolution.Dispose();
}
