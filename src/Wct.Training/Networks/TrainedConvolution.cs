using Wct.Kernels;
using Wct.Net.Models;

namespace Wct.Training.Networks;

/// <summary>A convolution with a backward pass. Its weights are frozen, or are trained in a <see cref="ParameterSet"/>.</summary>
internal sealed class TrainedConvolution : IDisposable
{
    private readonly TrainingBackend _backend;
    private readonly ParameterSet? _parameters;
    private readonly Range _weights, _bias;
    private readonly Convolution? _transposed;

    /// <summary>Packs the weights.</summary>
    /// <param name="backend">The backend that runs it.</param>
    /// <param name="weights">The weights of a frozen convolution, and the shape.</param>
    /// <param name="name">The prefix of its parts' names: "{name}.weight" and "{name}.bias".</param>
    /// <param name="parameters">The trained weights; null for a frozen convolution.</param>
    /// <param name="inputGradient">Whether the backward pass computes the gradient of the input.</param>
    /// <param name="shape">Stride, padding and direction; null for stride 1 and reflection.</param>
    internal TrainedConvolution(
        TrainingBackend backend, ConvolutionWeights weights, string name, ParameterSet? parameters, bool inputGradient,
        ConvolutionShape? shape = null)
    {
        (_backend, _parameters) = (backend, parameters);
        Shape = shape ?? new ConvolutionShape(weights.OutChannels, weights.InChannels, weights.KernelSize);
        if (parameters is not null)
            (_weights, _bias) = (parameters.Part($"{name}.weight"), parameters.Part($"{name}.bias"));
        Forward = backend.PackConvolution(Shape, weights.Weights.Span, weights.Bias.Span);
        if (inputGradient)
            _transposed = backend.PackTransposed(Shape, weights.Weights.Span);
        // The parameters of a resumed run differ from the starting weights.
        Refresh();
    }

    internal ConvolutionShape Shape { get; }

    /// <summary>The current weights, packed for the backend.</summary>
    internal Convolution Forward { get; }

    internal bool IsTrained => _parameters is not null;

    private Span<float> Weight => _parameters!.Values.Span[_weights];

    private Span<float> Bias => _parameters!.Values.Span[_bias];

    /// <summary>Multiplies the parameters. Call <see cref="Refresh"/> afterwards.</summary>
    internal void Scale(double weights, double bias)
    {
        foreach (ref float weight in Weight)
            weight = (float)(weight * weights);
        foreach (ref float value in Bias)
            value = (float)(value * bias);
    }

    /// <summary>Sets the parameters. Call <see cref="Refresh"/> afterwards.</summary>
    internal void Set(ReadOnlySpan<float> weights, ReadOnlySpan<float> bias)
    {
        weights.CopyTo(Weight);
        bias.CopyTo(Bias);
    }

    /// <summary>Packs the parameters again after they changed.</summary>
    internal void Refresh()
    {
        if (_parameters is null)
            return;
        _backend.UpdateWeights(Forward, Weight, Bias);
        if (_transposed is not null)
            _backend.UpdateTransposedWeights(_transposed, Weight);
    }

    /// <summary>Adds the gradients of the weights, and computes the gradient of the input.</summary>
    /// <param name="input">The input of the forward pass.</param>
    /// <param name="outputGradient">The gradient of the output, before the activation.</param>
    /// <param name="gradients">As long as the parameter set; not read if the convolution is frozen.</param>
    /// <returns>[InChannels, H, W], which the caller disposes of; null if it isn't computed.</returns>
    internal Tensor? Backward(Tensor input, Tensor outputGradient, Memory<float> gradients)
    {
        if (_parameters is not null)
            _backend.ConvolveWeightGradient(input, outputGradient, Shape, gradients.Span[_weights], gradients.Span[_bias]);

        if (_transposed is null)
            return null;
        Tensor inputGradient = _backend.Allocate(input.Shape);
        _backend.ConvolveInputGradient(outputGradient, _transposed, inputGradient);
        return inputGradient;
    }

    /// <summary>Copies the current weights.</summary>
    internal ConvolutionWeights Weights(string name) => new(
        name, Shape.OutChannels, Shape.InChannels, Shape.KernelSize, Weight.ToArray(), Bias.ToArray());

    public void Dispose()
    {
        Forward.Dispose();
        _transposed?.Dispose();
    }
}
