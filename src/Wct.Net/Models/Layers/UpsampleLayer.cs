using Wct.Kernels;
using Wct.Net.Onnx;
using Wct.Net.Pipeline;
using Wct.Net.Weights;

namespace Wct.Net.Models.Layers;

/// <summary>Nearest-neighbor upsampling, which doubles the sides.</summary>
public sealed record UpsampleLayer : UnaryLayer
{
    private static readonly OnnxConstant Twice = new("twice", [4], (float[])[1, 1, 2, 2]);

    /// <summary>Creates a layer.</summary>
    /// <param name="name">The name of its output.</param>
    /// <param name="input">The name of the map that it reads.</param>
    /// <exception cref="ArgumentNullException">A name is null.</exception>
    public UpsampleLayer(string name, string input)
        : base(name, input)
    {
    }

    /// <inheritdoc/>
    public override string Operation => "upsample";

    internal override string Layout => NetworkLayout.Upsample;

    internal override Fusion FusesWithReader => Fusion.UpsampleInput;

    internal override Operation Prepare(Backend backend, NetworkWeights weights, IReadOnlyList<int> channels, Fusion fusion) =>
        new Upsampling(channels[0]);

    internal override IEnumerable<OnnxConstant> OnnxConstants(NetworkWeights weights) => [Twice];

    internal override string AddTo(OnnxGraph graph, NetworkWeights weights, IReadOnlyList<string> inputs, string? output) => graph.Node(
        "Resize", [inputs[0], "", graph.Free(Twice.Name)], output ?? Name, OnnxGraph.Attribute("mode", "nearest"),
        OnnxGraph.Attribute("coordinate_transformation_mode", "asymmetric"), OnnxGraph.Attribute("nearest_mode", "floor"));

    internal static UpsampleLayer Parse(LayerLine line) => new(line.Name, line.OnlyInput);

    private sealed class Upsampling(int channels) : Operation(channels)
    {
        internal override bool Enlarges => true;

        internal override TensorShape Output(IReadOnlyList<TensorShape> inputs) => inputs[0].Upsampled;

        internal override void Run(Backend backend, IReadOnlyList<Tensor> inputs, in StepRun run, Tensor output) =>
            backend.Upsample(inputs[0], output);
    }
}
