using Wct.Kernels;
using Wct.Net.Onnx;
using Wct.Net.Pipeline;

namespace Wct.Net.Models.Layers;

/// <summary>An activation function of its own, for example after a sum.</summary>
public sealed record ActivationLayer : UnaryLayer
{
    /// <summary>Creates a layer.</summary>
    /// <param name="name">The name of its output.</param>
    /// <param name="input">The name of the map that it reads.</param>
    /// <param name="activation">The function.</param>
    /// <exception cref="ArgumentNullException">A name is null.</exception>
    public ActivationLayer(string name, string input, Activation activation)
        : base(name, input) => Activation = activation;

    /// <summary>The function.</summary>
    public Activation Activation { get; init; }

    /// <inheritdoc/>
    public override string Operation => "activation";

    internal override string? Problem => Activation == Activation.None ? "it has no function" : null;

    internal override Operation Prepare(Backend backend, NetworkWeights weights, IReadOnlyList<int> channels, Fusion fusion) =>
        new Activating(channels[0], Activation);

    internal override string AddTo(OnnxGraph graph, NetworkWeights weights, IReadOnlyList<string> inputs, string? output) =>
        graph.Activate(inputs[0], Activation, output ?? Name);

    private protected override IEnumerable<LayerSetting> Settings => [LayerSetting.Of("activation", Activation)];

    internal static ActivationLayer Parse(LayerLine line) => new(line.Name, line.OnlyInput, line.Activation("activation"));

    private sealed class Activating(int channels, Activation activation) : Operation(channels)
    {
        internal override bool CanOverwrite => true;

        internal override TensorShape Output(IReadOnlyList<TensorShape> inputs) => inputs[0];

        internal override void Run(Backend backend, IReadOnlyList<Tensor> inputs, in StepRun run, Tensor output) =>
            backend.Activate(inputs[0], activation, output);
    }
}
