using Wct.Kernels;
using Wct.Net.Pipeline;

namespace Wct.Training.Networks;

/// <summary>The data of a forward pass for the backward pass: the network's input, and the output of every layer.</summary>
/// <param name="input">The network's input. The caller disposes of it.</param>
/// <param name="settings">The styles and the noise of the pass.</param>
internal sealed class ForwardPass(Tensor input, NetworkSettings settings) : IDisposable
{
    /// <summary>Stands for the network's input where a layer's index is expected.</summary>
    internal const int NetworkInput = -1;

    private readonly List<Tensor> _outputs = [];

    /// <summary>The styles and the noise of the pass.</summary>
    internal NetworkSettings Settings => settings;

    /// <summary>The number of layers that have run.</summary>
    internal int Count => _outputs.Count;

    /// <summary>The last layer's output.</summary>
    internal Tensor Last => _outputs[^1];

    /// <summary>The output of a layer, or the network's input.</summary>
    internal Tensor Output(int layer) => layer == NetworkInput ? input : _outputs[layer];

    internal void Add(Tensor output) => _outputs.Add(output);

    /// <summary>Frees the output of a layer before the others. It can't be read afterwards.</summary>
    internal void Free(int layer) => _outputs[layer].Dispose();

    public void Dispose() => _outputs.ForEach(output => output.Dispose());
}
