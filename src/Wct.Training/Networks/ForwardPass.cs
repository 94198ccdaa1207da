using Wct.Kernels;

namespace Wct.Training.Networks;

/// <summary>The data of a forward pass for the backward pass: the network's input, and the output of every layer.</summary>
/// <param name="input">The network's input. The caller disposes of it.</param>
internal sealed class ForwardPass(Tensor input) : IDisposable
{
    /// <summary>Stands for the network's input where a layer's index is expected.</summary>
    internal const int NetworkInput = -1;

    private readonly List<Tensor> _outputs = [];

    /// <summary>The number of layers that have run.</summary>
    internal int Count => _outputs.Count;

    /// <summary>The last layer's output.</summary>
    internal Tensor Last => _outputs[^1];

    /// <summary>The output of a layer, or the network's input.</summary>
    internal Tensor Output(int layer) => layer == NetworkInput ? input : _outputs[layer];

    internal void Add(Tensor output) => _outputs.Add(output);

    public void Dispose() => _outputs.ForEach(output => output.Dispose());
}
