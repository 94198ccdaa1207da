using Wct.Kernels;
using Wct.Net.Onnx;
using Wct.Net.Pipeline;

namespace Wct.Net.Models.Layers;

/// <summary>Instance normalization with a scale and a shift per channel, and then an activation:
/// y = activation(scale·(x - mean)/√(variance + ε) + shift). Mean and variance are those of the channel over the whole map.</summary>
/// <remarks>Ulyanov et al. 2016, "Instance Normalization". Weights with several styles make it conditional: scale and shift are the
/// styles' own, mixed by the run's style weights (Dumoulin et al. 2017, "A Learned Representation For Artistic Style").</remarks>
public sealed record InstanceNormalizationLayer : NormalizationLayer
{
    /// <summary>Creates a layer.</summary>
    /// <param name="name">The name of its output.</param>
    /// <param name="input">The name of the map that it reads.</param>
    /// <param name="activation">Applied to its output.</param>
    /// <exception cref="ArgumentNullException">A name is null.</exception>
    public InstanceNormalizationLayer(string name, string input, Activation activation = default)
        : base(name, input, activation)
    {
    }

    /// <inheritdoc/>
    public override string Operation => "instance_normalization";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Weights => [$"{Name}.scale", $"{Name}.shift"];

    internal override Operation Prepare(Backend backend, NetworkWeights weights, IReadOnlyList<int> channels, Fusion fusion)
    {
        NormalizationWeights own = weights.Normalization(Name);
        CheckChannels(channels, own.Channels);
        return new Normalizing(own, Epsilon, Activation);
    }

    internal override string AddTo(OnnxGraph graph, NetworkWeights weights, IReadOnlyList<string> inputs, string? output)
    {
        NormalizationWeights own = weights.Normalization(Name);
        graph.Constant(Weights[0], [own.Channels], own.Scale.ToArray());
        graph.Constant(Weights[1], [own.Channels], own.Shift.ToArray());
        return AddTo(graph, "InstanceNormalization", inputs[0], output);
    }

    internal static InstanceNormalizationLayer Parse(LayerLine line) => new(line.Name, line.OnlyInput, line.Activation("activation"))
    {
        Epsilon = line.Number("epsilon", NormalizationWeights.DefaultEpsilon),
    };

    private sealed class Normalizing(NormalizationWeights weights, double epsilon, Activation activation) : Operation(weights.Channels)
    {
        internal override string WholeOnly => "normalizes over the whole picture";

        // The host computes the factors from the statistics.
        internal override bool IsReplayable => false;

        internal override bool CanOverwrite => true;

        internal override TensorShape Output(IReadOnlyList<TensorShape> inputs) => inputs[0];

        internal override void Run(Backend backend, IReadOnlyList<Tensor> inputs, in StepRun run, Tensor output)
        {
            double[] mean = new double[Channels], factor = new double[Channels], offset = new double[Channels];
            backend.ChannelMoments(inputs[0], mean, factor);
            weights.Mix(run.Settings.Styles, factor, offset, epsilon);
            backend.Normalize(inputs[0], mean, factor, offset, activation, output);
        }
    }
}
