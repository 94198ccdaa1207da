using Wct.Kernels;
using Wct.Net.Onnx;
using Wct.Net.Pipeline;

namespace Wct.Net.Models.Layers;

/// <summary>Sum of two maps of the same shape.</summary>
public sealed record AddLayer : Layer
{
    /// <summary>Creates a layer.</summary>
    /// <param name="name">The name of its output.</param>
    /// <param name="first">The name of a map that it reads.</param>
    /// <param name="second">The name of the other map.</param>
    /// <exception cref="ArgumentNullException">A name is null.</exception>
    public AddLayer(string name, string first, string second)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        (First, Second) = (first, second);
    }

    /// <summary>The name of a map that it reads.</summary>
    public string First { get; init; }

    /// <summary>The name of the other map.</summary>
    public string Second { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Inputs => [First, Second];

    /// <inheritdoc/>
    public override string Operation => "add";

    internal override Operation Prepare(Backend backend, NetworkWeights weights, IReadOnlyList<int> channels, Fusion fusion)
    {
        CheckChannels(channels, channels[0]);
        return new Sum(channels[0], Name);
    }

    internal override string AddTo(OnnxGraph graph, NetworkWeights weights, IReadOnlyList<string> inputs, string? output) =>
        graph.Node("Add", [.. inputs], output ?? Name);

    internal static AddLayer Parse(LayerLine line) => new(line.Name, line.Input(0, 2), line.Input(1, 2));

    private sealed class Sum(int channels, string name) : Operation(channels)
    {
        internal override TensorShape Output(IReadOnlyList<TensorShape> inputs) => inputs[0] == inputs[1]
            ? inputs[0]
            : throw new ArgumentException($"Layer '{name}' adds maps of {inputs[0]} and {inputs[1]}.");

        internal override void Run(Backend backend, IReadOnlyList<Tensor> inputs, in StepRun run, Tensor output) =>
            backend.Add(inputs[0], inputs[1], output);
    }
}
