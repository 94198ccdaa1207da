using Wct.Kernels;
using Wct.Net.Models.Layers;
using Wct.Net.Onnx;
using Wct.Net.Pipeline;

namespace Wct.Net.Models;

/// <summary>One layer of a network: an operation on the outputs of earlier layers. Each operation is a class in
/// <see cref="Layers"/>, and knows everything about itself: its inputs, its weights, how it runs, what tiles need, and its ONNX
/// nodes.</summary>
public abstract record Layer
{
    private protected Layer(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
    }

    /// <summary>The name of its output: "conv3_2", "pool2".</summary>
    public string Name { get; init; }

    /// <summary>The names of the maps that it reads: earlier layers, or the table's input.</summary>
    public abstract IReadOnlyList<string> Inputs { get; }

    /// <summary>The name of the operation in files and messages: "max_pool".</summary>
    public abstract string Operation { get; }

    /// <summary>The names of its weights, as files have them: "conv1.weight", "conv1.bias".</summary>
    public virtual IReadOnlyList<string> Weights => [];

    /// <summary>The layer in a network's layout; see <see cref="Wct.Net.Weights.NetworkLayout"/>.</summary>
    internal virtual string Layout => Operation;

    /// <summary>How the layer is fused with the only layer that reads it, if that accepts it.</summary>
    internal virtual Fusion FusesWithReader => Fusion.None;

    /// <summary>How the layer is fused with the layer that it reads, if that accepts it and has no other reader.</summary>
    internal virtual Fusion FusesWithInput => Fusion.None;

    /// <summary>The layers that can be fused with this one.</summary>
    internal virtual Fusion Accepts => Fusion.None;

    /// <summary>What is wrong with the layer's settings; null if nothing is.</summary>
    internal virtual string? Problem => null;

    /// <summary>The layer as a line of a file; see <see cref="Layers.LayerText"/>.</summary>
    internal string Text => string.Join(' ', [$"{Name}: {Operation}", .. Inputs, .. Settings.Select(setting => $"{setting}")]);

    /// <summary>The layer's settings in a file; those with default values are left out.</summary>
    private protected virtual IEnumerable<LayerSetting> Settings => [];

    /// <summary>Prepares the layer for a backend. Weights are packed when it first runs.</summary>
    /// <param name="backend">The backend that runs it.</param>
    /// <param name="weights">The network's weights.</param>
    /// <param name="channels">Channels of its inputs.</param>
    /// <param name="fusion">What is fused with it; only what <see cref="Accepts"/> has.</param>
    /// <exception cref="ArgumentException">Weights are missing, or channel counts don't match.</exception>
    internal abstract Operation Prepare(Backend backend, NetworkWeights weights, IReadOnlyList<int> channels, Fusion fusion);

    /// <summary>The constants that the layer's ONNX nodes share with other layers.</summary>
    internal virtual IEnumerable<OnnxConstant> OnnxConstants(NetworkWeights weights) => [];

    /// <summary>Adds the layer's ONNX nodes to a graph.</summary>
    /// <param name="graph">Receives nodes and constants.</param>
    /// <param name="weights">The network's weights.</param>
    /// <param name="inputs">Names of the tensors that it reads.</param>
    /// <param name="output">The name of the output; null for its default name.</param>
    /// <returns>The output's name.</returns>
    internal abstract string AddTo(OnnxGraph graph, NetworkWeights weights, IReadOnlyList<string> inputs, string? output);

    /// <summary>Checks that all inputs have the same number of channels.</summary>
    /// <exception cref="ArgumentException">They don't.</exception>
    private protected void CheckChannels(IReadOnlyList<int> channels, int needed)
    {
        if (channels.Any(count => count != needed))
            throw new ArgumentException(
                $"Layer '{Name}' takes maps of {string.Join(" and ", channels)} channels, it needs {needed}.");
    }
}
