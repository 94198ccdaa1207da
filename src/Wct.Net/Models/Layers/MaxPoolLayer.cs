using Wct.Kernels;
using Wct.Net.Onnx;
using Wct.Net.Pipeline;
using Wct.Net.Weights;

namespace Wct.Net.Models.Layers;

/// <summary>Max pooling of 2x2 with stride 2. A last odd row or column is dropped; a side of one pixel keeps its length.</summary>
public sealed record MaxPoolLayer : UnaryLayer
{
    /// <summary>Creates a layer.</summary>
    /// <param name="name">The name of its output.</param>
    /// <param name="input">The name of the map that it reads.</param>
    /// <exception cref="ArgumentNullException">A name is null.</exception>
    public MaxPoolLayer(string name, string input)
        : base(name, input)
    {
    }

    /// <inheritdoc/>
    public override string Operation => "max_pool";

    internal override string Layout => NetworkLayout.Pool;

    internal override Fusion FusesWithInput => Fusion.PoolOutput;

    internal override Operation Prepare(Backend backend, NetworkWeights weights, IReadOnlyList<int> channels, Fusion fusion) =>
        new Pooling(channels[0], static (backend, input, output) => backend.MaxPool(input, output));

    internal override string AddTo(OnnxGraph graph, NetworkWeights weights, IReadOnlyList<string> inputs, string? output) => graph.Node(
        "MaxPool", [inputs[0]], output ?? Name, OnnxGraph.Attribute("kernel_shape", 2, 2), OnnxGraph.Attribute("strides", 2, 2));

    internal static MaxPoolLayer Parse(LayerLine line) => new(line.Name, line.OnlyInput);
}
