using Wct.Kernels;
using Wct.Net.Models;

namespace Wct.Training.Networks;

/// <summary>Runs a table of layers forward and backward.</summary>
/// <remarks>A pass runs one picture. A batch consists of several passes, whose gradients are added. Passes may run at the same time, but
/// not during <see cref="Refresh"/>.</remarks>
internal sealed partial class TrainedNetwork : IDisposable
{
    private readonly TrainingBackend _backend;
    private readonly Layer[] _layers;
    private readonly int[][] _inputs;
    private readonly TrainedConvolution?[] _convolutions;

    // For each layer, whether the backward pass computes the gradient of its output.
    private readonly bool[] _needsGradient;
    private readonly bool _inputGradient;

    /// <summary>Prepares the layers.</summary>
    /// <param name="backend">The backend that runs them.</param>
    /// <param name="table">The layers.</param>
    /// <param name="weights">Every convolution of the table, by name.</param>
    /// <param name="parameters">The trained weights; null if all layers are frozen.</param>
    /// <param name="inputGradient">Whether the backward pass computes the gradient with respect to the network's input.</param>
    /// <param name="prefix">The prefix of the parameters' names, if several networks share a set.</param>
    internal TrainedNetwork(
        TrainingBackend backend, NetworkTable table, IReadOnlyDictionary<string, ConvolutionWeights> weights, ParameterSet? parameters,
        bool inputGradient, string prefix = "")
    {
        (_backend, _layers, _inputGradient) = (backend, [.. table.Layers], inputGradient);
        _inputs = [.. _layers.Select(layer => layer.Inputs.Select(IndexOf).ToArray())];
        _convolutions = new TrainedConvolution?[_layers.Length];
        _needsGradient = new bool[_layers.Length];
        for (int i = 0; i < _layers.Length; i++)
        {
            _needsGradient[i] = _inputs[i].Any(NeedsGradient);
            string name = _layers[i].Name;
            if (_layers[i].Kind != LayerKind.Convolution)
                continue;
            bool trained = parameters is not null && parameters.Names.Contains($"{prefix}{name}.weight");
            _convolutions[i] = new TrainedConvolution(
                backend, weights[name], prefix + name, trained ? parameters : null, _needsGradient[i]);
            _needsGradient[i] |= trained;
        }
    }

    /// <summary>Runs the network forward.</summary>
    /// <param name="input">The input. The caller must not dispose of it before the pass.</param>
    /// <param name="last">The last layer to run; null for all layers.</param>
    internal ForwardPass Forward(Tensor input, string? last = null)
    {
        ForwardPass pass = new(input);
        int end = last is null ? _layers.Length : IndexOf(last) + 1;
        for (int i = 0; i < end; i++)
        {
            Tensor from = pass.Output(_inputs[i][0]), to = _backend.Allocate(OutputShape(i, from.Shape));
            if (_layers[i].Kind == LayerKind.MaxPool)
                _backend.MaxPool(from, to);
            else if (_layers[i].Kind == LayerKind.Upsample)
                _backend.Upsample(from, to);
            else if (_layers[i].Kind == LayerKind.Add)
                _backend.Add(from, pass.Output(_inputs[i][1]), to);
            else
                _backend.Convolve(from, _convolutions[i]!.Forward, _layers[i].Relu ? Activation.Relu : Activation.None, to);
            pass.Add(to);
        }

        return pass;
    }

    /// <summary>The output of a layer in a pass.</summary>
    internal Tensor Output(ForwardPass pass, string layer) => pass.Output(IndexOf(layer));

    /// <summary>The input of the last layer in a pass.</summary>
    internal Tensor LastInput(ForwardPass pass) => pass.Output(_inputs[^1][0]);

    /// <summary>Sets the parameters of the last layer, a trained convolution.</summary>
    internal void SetLast(float[] weights, float[] bias)
    {
        _convolutions[^1]!.Set(weights, bias);
        Refresh();
    }

    /// <summary>Runs the network backward.</summary>
    /// <param name="pass">From <see cref="Forward"/>; read-only.</param>
    /// <param name="outputs">Gradients of the loss with respect to some layers' outputs; the method disposes of them.</param>
    /// <param name="gradients">As long as the parameter set; gradients of the trained layers are added. Empty for a frozen network.</param>
    /// <returns>The gradient with respect to the network's input, which the caller disposes of; null if it isn't computed, or if no output
    /// depends on the input.</returns>
    internal Tensor? Backward(ForwardPass pass, IReadOnlyDictionary<string, Tensor> outputs, Memory<float> gradients)
    {
        Tensor?[] sums = new Tensor?[pass.Count];
        Tensor? ofInput = null;
        for (int i = pass.Count - 1; i >= 0; i--)
        {
            if (outputs.TryGetValue(_layers[i].Name, out Tensor? own))
                sums[i] = Sum(sums[i], own);
            if (sums[i] is not { } sum)
                continue;
            using Tensor gradient = sum;
            if (_layers[i].Relu && _needsGradient[i])
                _backend.ReluGradient(pass.Output(i), gradient);
            foreach (int input in _inputs[i])
            {
                if (Backward(i, pass.Output(input), gradient, NeedsGradient(input), gradients) is not { } part)
                    continue;
                if (input == ForwardPass.NetworkInput)
                    ofInput = Sum(ofInput, part);
                else
                    sums[input] = Sum(sums[input], part);
            }
        }

        return ofInput;
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

    // Adds the gradients of a layer's parameters, and returns the gradient of one of its inputs if it is needed.
    private Tensor? Backward(int layer, Tensor input, Tensor gradient, bool needed, Memory<float> gradients)
    {
        if (_convolutions[layer] is { } convolution)
            return convolution.Backward(input, gradient, gradients);
        if (!needed)
            return null;
        Tensor inputGradient = _backend.Allocate(input.Shape);
        if (_layers[layer].Kind == LayerKind.MaxPool)
            _backend.MaxPoolGradient(input, gradient, inputGradient);
        else if (_layers[layer].Kind == LayerKind.Upsample)
            _backend.UpsampleGradient(gradient, inputGradient);
        else
            _backend.Copy(gradient, Region.Of(gradient.Shape), inputGradient, 0, 0);
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
        LayerKind.Add => input,
        _ => input.WithChannels(_convolutions[layer]!.Shape.OutChannels),
    };

    private bool NeedsGradient(int layer) => layer == ForwardPass.NetworkInput ? _inputGradient : _needsGradient[layer];

    // Returns ForwardPass.NetworkInput for the table's input, because that isn't a layer.
    private int IndexOf(string layer) => Array.FindIndex(_layers, candidate => candidate.Name == layer);
}
