using Wct.Kernels;
using Wct.Net.Models;
using Wct.Net.Pipeline;

namespace Wct.Training.Networks;

/// <summary>Runs a table of layers forward and backward.</summary>
/// <remarks>A pass runs one picture. A batch consists of several passes, whose gradients are added. Passes may run at the same time, but
/// not during <see cref="Refresh"/>.</remarks>
internal sealed partial class TrainedNetwork : IDisposable
{
    private readonly TrainingBackend _backend;
    private readonly Layer[] _layers;
    private readonly int[][] _inputs;
    private readonly TrainedLayer[] _passes;

    // For each layer, whether the backward pass computes the gradient of its output.
    private readonly bool[] _needsGradient;
    private readonly bool _inputGradient;

    /// <summary>Prepares the layers.</summary>
    /// <param name="backend">The backend that runs them.</param>
    /// <param name="table">The layers.</param>
    /// <param name="weights">The starting weights of all layers.</param>
    /// <param name="parameters">The trained weights; null if all layers are frozen.</param>
    /// <param name="inputGradient">Whether the backward pass computes the gradient with respect to the network's input.</param>
    /// <param name="prefix">The prefix of the parameters' names, if several networks share a set.</param>
    internal TrainedNetwork(
        TrainingBackend backend, NetworkTable table, NetworkWeights weights, ParameterSet? parameters, bool inputGradient,
        string prefix = "")
    {
        (_backend, _layers, _inputGradient) = (backend, [.. table.Layers], inputGradient);
        _inputs = [.. _layers.Select(layer => layer.Inputs.Select(IndexOf).ToArray())];
        _passes = new TrainedLayer[_layers.Length];
        _needsGradient = new bool[_layers.Length];
        for (int i = 0; i < _layers.Length; i++)
        {
            bool inputs = _inputs[i].Any(NeedsGradient);
            _passes[i] = TrainedLayers.Of(_layers[i], new TrainedLayerSetup(backend, weights, parameters, prefix, inputs));
            _needsGradient[i] = inputs || _passes[i].IsTrained;
        }
    }

    /// <summary>Runs the network forward.</summary>
    /// <param name="input">The input. The caller must not dispose of it before the pass.</param>
    /// <param name="last">The last layer to run; null for all layers.</param>
    /// <param name="settings">The styles and the noise of the pass; null for the first style.</param>
    internal ForwardPass Forward(Tensor input, string? last = null, NetworkSettings? settings = null)
    {
        ForwardPass pass = new(input, settings ?? NetworkSettings.Default);
        int end = last is null ? _layers.Length : IndexOf(last) + 1;
        try
        {
            for (int i = 0; i < end; i++)
                pass.Add(Run(i, pass));
            return pass;
        }
        catch
        {
            pass.Dispose();
            throw;
        }
    }

    /// <summary>Runs the network forward, and frees each map after its last use.</summary>
    /// <param name="input">The input.</param>
    /// <param name="layers">At least one layer; those after the last of them don't run.</param>
    /// <param name="use">Called with each of these layers and its output, which is valid during the call.</param>
    internal void Visit(Tensor input, IReadOnlyList<string> layers, Action<string, Tensor> use)
    {
        using ForwardPass pass = new(input, NetworkSettings.Default);
        int end = layers.Max(IndexOf) + 1;
        int[] lastUse = [.. Enumerable.Range(0, end).Select(layer => Array.FindLastIndex(_inputs, end - 1, from => from.Contains(layer)))];
        for (int i = 0; i < end; i++)
        {
            pass.Add(Run(i, pass));
            if (layers.Contains(_layers[i].Name))
                use(_layers[i].Name, pass.Output(i));
            for (int layer = 0; layer <= i; layer++)
            {
                if (Math.Max(lastUse[layer], layer) == i)
                    pass.Free(layer);
            }
        }
    }

    /// <summary>The output of a layer in a pass.</summary>
    internal Tensor Output(ForwardPass pass, string layer) => pass.Output(IndexOf(layer));

    /// <summary>The input of the last layer in a pass.</summary>
    internal Tensor LastInput(ForwardPass pass) => pass.Output(_inputs[^1][0]);

    /// <summary>Sets the parameters of the last layer, a trained convolution.</summary>
    internal void SetLast(float[] weights, float[] bias)
    {
        _passes[^1].Convolution!.Set(weights, bias);
        Refresh();
    }

    /// <summary>Runs the network backward.</summary>
    /// <param name="pass">From <see cref="Forward"/>; read-only.</param>
    /// <param name="outputs">Gradients of the loss with respect to some layers' outputs; the method disposes of them.</param>
    /// <param name="gradients">As long as the parameter set; gradients of the trained layers are added. Empty for a frozen network.</param>
    /// <param name="free">Whether to free the maps of the pass on the way, so that gradients take no further memory.</param>
    /// <returns>The gradient with respect to the network's input, which the caller disposes of; null if it isn't computed, or if no output
    /// depends on the input.</returns>
    internal Tensor? Backward(
        ForwardPass pass, IReadOnlyDictionary<string, Tensor> outputs, Memory<float> gradients, bool free = false)
    {
        Tensor?[] sums = new Tensor?[pass.Count];
        Tensor? ofInput = null;
        for (int i = pass.Count - 1; i >= 0; i--)
        {
            if (outputs.TryGetValue(_layers[i].Name, out Tensor? given))
                sums[i] = Sum(sums[i], given);
            if (sums[i] is not { } sum)
            {
                if (free)
                    pass.Free(i);
                continue;
            }

            using Tensor gradient = sum;
            if (_needsGradient[i])
                _backend.ActivateGradient(pass.Output(i), _passes[i].Activation, gradient);
            if (free)
                pass.Free(i);
            if (!_needsGradient[i])
                continue;
            LayerPass own = new(
                Array.ConvertAll(_inputs[i], pass.Output), gradient, Array.ConvertAll(_inputs[i], NeedsGradient), pass.Settings);
            Tensor?[] parts = _passes[i].Backward(own, gradients);
            for (int k = 0; k < parts.Length; k++)
            {
                if (parts[k] is not { } part)
                    continue;
                if (_inputs[i][k] == ForwardPass.NetworkInput)
                    ofInput = Sum(ofInput, part);
                else
                    sums[_inputs[i][k]] = Sum(sums[_inputs[i][k]], part);
            }
        }

        return ofInput;
    }

    /// <summary>Packs the parameters again after they changed.</summary>
    internal void Refresh()
    {
        foreach (TrainedLayer layer in _passes)
            layer.Refresh();
    }

    /// <summary>The current weights of a trained normalization.</summary>
    internal NormalizationWeights Normalization(string layer) => _passes[IndexOf(layer)].Normalization!;

    /// <summary>The current weights of a trained convolution.</summary>
    internal ConvolutionWeights Weights(string layer) => _passes[IndexOf(layer)].Convolution!.Weights(layer);

    public void Dispose()
    {
        foreach (TrainedLayer layer in _passes)
            layer.Dispose();
    }

    // Computes a layer's output.
    private Tensor Run(int layer, ForwardPass pass)
    {
        Tensor[] from = Array.ConvertAll(_inputs[layer], pass.Output);
        Tensor to = _backend.Allocate(_passes[layer].Output(Array.ConvertAll(from, input => input.Shape)));
        try
        {
            _passes[layer].Forward(from, to, pass.Settings);
            return to;
        }
        catch
        {
            to.Dispose();
            throw;
        }
    }

    private Tensor Sum(Tensor? sum, Tensor other)
    {
        if (sum is null)
            return other;
        _backend.AddScaled(other, 1, sum);
        other.Dispose();
        return sum;
    }

    private bool NeedsGradient(int layer) => layer == ForwardPass.NetworkInput ? _inputGradient : _needsGradient[layer];

    // Returns ForwardPass.NetworkInput for the table's input, because that isn't a layer.
    private int IndexOf(string layer) => Array.FindIndex(_layers, candidate => candidate.Name == layer);
}
