using Wct.Kernels;
using Wct.Net.Models;

namespace Wct.Training.Networks;

/// <summary>A chain of layers that runs forward and backward: an encoder or a decoder.</summary>
/// <remarks>A pass runs one picture; a batch is several passes, whose gradients are added. Passes may run at the same time, but not during
/// <see cref="Refresh"/>.</remarks>
internal sealed partial class LayerChain : IDisposable
{
    private readonly TrainingBackend _backend;
    private readonly Layer[] _layers;
    private readonly TrainedConvolution?[] _convolutions;

    /// <summary>Prepares the layers.</summary>
    /// <param name="backend">The backend that runs them.</param>
    /// <param name="layers">The table of layers.</param>
    /// <param name="weights">Every convolution of the table, by name.</param>
    /// <param name="parameters">The trained weights; null if all layers are frozen.</param>
    /// <param name="inputGradient">Whether <see cref="Backward(ForwardPass, IReadOnlyDictionary{string, Tensor}, Memory{float})"/> computes
    /// the gradient with respect to the chain's input.</param>
    /// <param name="prefix">The prefix of the parameters' names, if several chains share a set.</param>
    internal LayerChain(
        TrainingBackend backend, IEnumerable<Layer> layers, IReadOnlyDictionary<string, ConvolutionWeights> weights,
        ParameterSet? parameters,
        bool inputGradient, string prefix = "")
    {
        (_backend, _layers) = (backend, [.. layers]);
        _convolutions = new TrainedConvolution?[_layers.Length];
        bool below = inputGradient;
        for (int i = 0; i < _layers.Length; i++)
        {
            string name = _layers[i].Name;
            if (_layers[i].Kind != LayerKind.Convolution)
                continue;
            bool trained = parameters is not null && parameters.Names.Contains($"{prefix}{name}.weight");
            _convolutions[i] = new TrainedConvolution(backend, weights[name], prefix + name, trained ? parameters : null, below);
            // Layers after the first trained one pass gradients on to it.
            below |= trained;
        }
    }

    /// <summary>Runs the chain forward.</summary>
    /// <param name="input">The caller keeps it until the pass is disposed of.</param>
    /// <param name="last">The last layer to run; null for all layers.</param>
    internal ForwardPass Forward(Tensor input, string? last = null)
    {
        ForwardPass pass = new(input);
        int end = last is null ? _layers.Length : IndexOf(last) + 1;
        for (int i = 0; i < end; i++)
        {
            Tensor from = pass.Input(i), to = _backend.Allocate(OutputShape(i, from.Shape));
            if (_layers[i].Kind == LayerKind.MaxPool)
                _backend.MaxPool(from, to);
            else if (_layers[i].Kind == LayerKind.Upsample)
                _backend.Upsample(from, to);
            else
                _backend.Convolve(from, _convolutions[i]!.Forward, _layers[i].Relu ? Activation.Relu : Activation.None, to);
            pass.Add(to);
        }

        return pass;
    }

    /// <summary>A layer's output in a pass.</summary>
    internal Tensor Output(ForwardPass pass, string layer) => pass.Output(IndexOf(layer));

    /// <summary>The input of the last layer in a pass.</summary>
    internal Tensor LastInput(ForwardPass pass) => pass.Input(_layers.Length - 1);

    /// <summary>Sets the parameters of the last layer, a trained convolution.</summary>
    internal void SetLast(float[] weights, float[] bias)
    {
        _convolutions[^1]!.Set(weights, bias);
        Refresh();
    }

    /// <summary>Runs the chain backward.</summary>
    /// <param name="pass">From <see cref="Forward"/>; read-only.</param>
    /// <param name="outputs">Gradients of the loss with respect to some layers' outputs; the method disposes of them.</param>
    /// <param name="gradients">As long as the parameter set; gradients of the trained layers are added. Empty for a frozen chain.</param>
    /// <returns>The gradient with respect to the chain's input, which the caller disposes of; null if it isn't computed.</returns>
    internal Tensor? Backward(ForwardPass pass, IReadOnlyDictionary<string, Tensor> outputs, Memory<float> gradients)
    {
        Tensor? current = null;
        for (int i = pass.Count - 1; i >= 0; i--)
        {
            if (outputs.TryGetValue(_layers[i].Name, out Tensor? own))
                current = Sum(current, own);
            if (current is null)
                continue;
            using Tensor gradient = current;
            current = Backward(i, pass, gradient, gradients);
            if (current is null)
                return null;
        }

        return current;
    }

    /// <summary>Packs the parameters again after they changed.</summary>
    internal void Refresh()
    {
        foreach (TrainedConvolution? convolution in _convolutions)
            convolution?.Refresh();
    }

    /// <summary>The current weights of a trained layer.</summary>
    internal ConvolutionWeights Weights(string layer) => _convolutions[IndexOf(layer)]!.Weights(layer);

    public void Dispose()
    {
        foreach (TrainedConvolution? convolution in _convolutions)
            convolution?.Dispose();
    }

    private Tensor? Backward(int layer, ForwardPass pass, Tensor gradient, Memory<float> gradients)
    {
        Tensor input = pass.Input(layer);
        if (_convolutions[layer] is { } convolution)
        {
            if (_layers[layer].Relu)
                _backend.ReluGradient(pass.Output(layer), gradient);
            return convolution.Backward(input, gradient, gradients);
        }

        Tensor inputGradient = _backend.Allocate(input.Shape);
        if (_layers[layer].Kind == LayerKind.MaxPool)
            _backend.MaxPoolGradient(input, gradient, inputGradient);
        else
            _backend.UpsampleGradient(gradient, inputGradient);
        return inputGradient;
    }

    private Tensor Sum(Tensor? sum, Tensor other)
    {
        if (sum is null)
            return other;
        _backend.AddScaled(other, 1, sum);
        other.Dispose();
        return sum;
    }

    private TensorShape OutputShape(int layer, TensorShape input) => _layers[layer].Kind switch
    {
        LayerKind.MaxPool => input.Pooled,
        LayerKind.Upsample => input.Upsampled,
        _ => input.WithChannels(_convolutions[layer]!.Shape.OutChannels),
    };

    private int IndexOf(string layer) => Array.FindIndex(_layers, candidate => candidate.Name == layer);
}
