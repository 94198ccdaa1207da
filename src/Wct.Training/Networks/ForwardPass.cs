using Wct.Kernels;

namespace Wct.Training.Networks;

/// <summary>What a chain's forward pass leaves for the backward one: the input and every layer's output.</summary>
/// <param name="input">Stays the caller's.</param>
internal sealed class ForwardPass(Tensor input) : IDisposable
{
    private readonly List<Tensor> _outputs = [];

    /// <summary>Outputs so far.</summary>
    internal int Count => _outputs.Count;

    /// <summary>The last layer's output.</summary>
    internal Tensor Last => _outputs[^1];

    /// <summary>What layer <paramref name="layer"/> read.</summary>
    internal Tensor Input(int layer) => layer == 0 ? input : _outputs[layer - 1];

    internal Tensor Output(int layer) => _outputs[layer];

    internal void Add(Tensor output) => _outputs.Add(output);

    public void Dispose() => _outputs.ForEach(output => output.Dispose());
}
