using Wct.Kernels;

namespace Wct.Training.Networks;

/// <summary>What a forward pass keeps for the backward pass: the network's input, and the output of every layer.</summary>
/// <param name="input">The caller keeps it.</param>
internal sealed class ForwardPass(Tensor input) : IDisposable
{
    /// <summary>In place of a layer's index: the network's input.</summary>
    internal const int NetworkInput = -1;

    private readonly List<Tensor> _outputs = [];

    /// <summary>The number of outputs so far.</summary>
    internal int Count => _outputs.Count;

    /// <summary>The last layer's output.</summary>
    internal Tensor Last => _outputs[^1];

    /// <summary>The output of a layer, or the network's input.</summary>
    internal Tensor Output(int layer) => layer == NetworkInput ? input : _outputs[layer];

    internal void Add(Tensor output) => _outputs.Add(output);

    public void Dispose() => _outputs.ForEach(output => output.Dispose());
}
