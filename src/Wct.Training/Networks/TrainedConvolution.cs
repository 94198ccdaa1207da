using Wct.Kernels;
using Wct.Net.Models;

namespace Wct.Training.Networks;

/// <summary>A convolution that can be run backwards: frozen, or with weights in a <see cref="ParameterSet"/>.</summary>
internal sealed class TrainedConvolution : IDisposable
{
    private readonly Backend _backend;
    private readonly ParameterSet? _parameters;
    private readonly Range _weights, _bias;
    private readonly Convolution? _transposed;

    /// <param name="parameters">Null for a frozen one; else has parts "{name}.weight" and "{name}.bias".</param>
    /// <param name="inputGradient">Whether gradients go on to its input.</param>
    internal TrainedConvolution(Backend backend, ConvolutionWeights weights, string name, ParameterSet? parameters, bool inputGradient)
    {
        (_backend, _parameters) = (backend, parameters);
        Shape = new ConvolutionShape(weights.OutChannels, weights.InChannels, weights.KernelSize);
        if (parameters is not null)
            (_weights, _bias) = (parameters.Part($"{name}.weight"), parameters.Part($"{name}.bias"));
        Forward = backend.Prepare(Shape, weights.Weights, weights.Bias);
        if (inputGradient)
            _transposed = backend.PrepareTransposed(Shape, weights.Weights);
        // A run that is resumed starts with parameters of its own.
        Refresh();
    }

    internal ConvolutionShape Shape { get; }

    /// <summary>The weights as they are now, packed for the backend.</summary>
    internal Convolution Forward { get; }

    internal bool IsTrained => _parameters is not null;

    /// <summary>Multiplies the parameters; <see cref="Refresh"/> takes them over.</summary>
    internal void Scale(double weights, double bias)
    {
        foreach (ref float weight in _parameters!.Values.AsSpan(_weights))
            weight = (float)(weight * weights);
        foreach (ref float value in _parameters.Values.AsSpan(_bias))
            value = (float)(value * bias);
    }

    /// <summary>Sets the parameters; <see cref="Refresh"/> takes them over.</summary>
    internal void Set(float[] weights, float[] bias)
    {
        weights.CopyTo(_parameters!.Values.AsSpan(_weights));
        bias.CopyTo(_parameters.Values.AsSpan(_bias));
    }

    /// <summary>Takes over parameters that have changed.</summary>
    internal void Refresh()
    {
        if (_parameters is null)
            return;
        _backend.Replace(Forward, _parameters.Values.AsSpan(_weights), _parameters.Values.AsSpan(_bias));
        if (_transposed is not null)
            _backend.ReplaceTransposed(_transposed, _parameters.Values.AsSpan(_weights));
    }

    /// <summary>Adds the gradients of its weights, and gives that of its input where it is wanted.</summary>
    /// <param name="outputGradient">Before the activation.</param>
    /// <param name="gradients">As many as the parameter set has numbers; not looked at by a frozen one.</param>
    /// <returns>[InChannels, H, W], the caller's; null where no gradient goes on.</returns>
    internal Tensor? Backward(Tensor input, Tensor outputGradient, float[] gradients)
    {
        if (_parameters is not null)
            _backend.ConvolveWeightGradient(input, outputGradient, Shape, gradients.AsSpan(_weights), gradients.AsSpan(_bias));

        if (_transposed is null)
            return null;
        Tensor inputGradient = _backend.Allocate(input.Shape);
        _backend.ConvolveInputGradient(outputGradient, _transposed, inputGradient);
        return inputGradient;
    }

    /// <summary>The weights as they are now.</summary>
    internal ConvolutionWeights Weights(string name) => new(
        name, Shape.OutChannels, Shape.InChannels, Shape.KernelSize, _parameters!.Values[_weights], _parameters.Values[_bias]);

    public void Dispose()
    {
        Forward.Dispose();
        _transposed?.Dispose();
    }
}
