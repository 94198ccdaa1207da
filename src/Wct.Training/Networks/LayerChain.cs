using Wct.Kernels;
using Wct.Net.Models;

namespace Wct.Training.Networks;

/// <summary>A chain of layers that runs forwards and backwards: an encoder or a decoder.</summary>
/// <remarks>One picture at a time: a batch is several passes, whose gradients add up. Passes may run at the same time, but for <see cref="Refresh"/>.</remarks>
internal sealed partial class LayerChain : IDisposable
{
    private readonly Backend _backend;
    private readonly Layer[] _layers;
    private readonly TrainedConvolution?[] _convolutions;

    /// <param name="layers">The table.</param>
    /// <param name="weights">Every convolution of the table, by name.</param>
    /// <param name="parameters">Holds the weights that are trained; null where all are frozen.</param>
    /// <param name="inputGradient">Whether gradients go back to the chain's input.</param>
    /// <param name="prefix">What the parameters' names begin with, where several chains share a set.</param>
    internal LayerChain(
        Backend backend, IEnumerable<Layer> layers, IReadOnlyDictionary<string, ConvolutionWeights> weights, ParameterSet? parameters, bool inputGradient,
        string prefix = "")
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
            // Above the first trained layer, gradients have somewhere to go.
            below |= trained;
        }
    }

    /// <summary>Runs the chain.</summary>
    /// <param name="input">Stays the caller's, who keeps it until the pass is disposed of.</param>
    /// <param name="last">The layer to end with; null for all of them.</param>
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

    /// <summary>What the last layer gets in a pass.</summary>
    internal Tensor LastInput(ForwardPass pass) => pass.Input(_layers.Length - 1);

    /// <summary>Sets the parameters of the last layer, a trained convolution.</summary>
    internal void SetLast(float[] weights, float[] bias)
    {
        _convolutions[^1]!.Set(weights, bias);
        Refresh();
    }

    /// <summary>Goes back through the layers of a pass.</summary>
    /// <param name="pass">From <see cref="Forward"/>; read only.</param>
    /// <param name="outputs">Gradients of the loss with respect to some layers' outputs; disposed of.</param>
    /// <param name="gradients">Those of what is trained are added to it; as many as the parameter set has numbers, none for a frozen chain.</param>
    /// <returns>The gradient with respect to the chain's input, the caller's; null where nobody wants it.</returns>
    internal Tensor? Backward(ForwardPass pass, IReadOnlyDictionary<string, Tensor> outputs, float[] gradients)
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

    /// <summary>Takes over parameters that have changed.</summary>
    internal void Refresh()
    {
        foreach (TrainedConvolution? convolution in _convolutions)
            convolution?.Refresh();
    }

    /// <summary>A trained layer's weights as they are now.</summary>
    internal ConvolutionWeights Weights(string layer) => _convolutions[IndexOf(layer)]!.Weights(layer);

    public void Dispose()
    {
        foreach (TrainedConvolution? convolution in _convolutions)
            convolution?.Dispose();
    }

    private Tensor? Backward(int layer, ForwardPass pass, Tensor gradient, float[] gradients)
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
