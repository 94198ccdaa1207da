using Wct.Kernels;

namespace Wct.Training.Networks;

/// <summary>What a forward pass keeps for the backward pass: the input, and the output of every layer.</summary>
/// <param name="input">The caller keeps it.</param>
internal sealed class ForwardPass(Tensor input) : IDisposable
{
    private readonly List<Tensor> _outputs = [];

    /// <summary>The number of outputs so far.</summary>
    internal int Count => _outputs.Count;

    /// <summary>The last layer's output.</summary>
    internal Tensor Last => _outputs[^1];

    /// <summary>The input of a layer.</summary>
    internal Tensor Input(int layer) => layer == 0 ? input : _outputs[layer - 1];

    internal Tensor Output(int layer) => _outputs[layer];

    internal void Add(Tensor output) => _outputs.Add(output);

    public void Dispose() => _outputs.ForEach(output => output.Dispose());
}
