using Wct.Kernels;
using Wct.Net.Onnx;
using Wct.Net.Pipeline;

namespace Wct.Net.Models.Layers;

/// <summary>Batch normalization of a trained network, and then an activation: y = activation(scale·(x - mean)/√(variance + ε) + shift).
/// Mean and variance are constants that training collected.</summary>
/// <remarks>Ioffe and Szegedy 2015, "Batch Normalization", section 3.1.</remarks>
public sealed record BatchNormalizationLayer : NormalizationLayer
{
    /// <summary>Creates a layer.</summary>
    /// <param name="name">The name of its output.</param>
    /// <param name="input">The name of the map that it reads.</param>
    /// <param name="activation">Applied to its output.</param>
    /// <exception cref="ArgumentNullException">A name is null.</exception>
    public BatchNormalizationLayer(string name, string input, Activation activation = default)
        : base(name, input, activation)
    {
    }

    /// <inheritdoc/>
    public override string Operation => "batch_normalization";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Weights => [$"{Name}.scale", $"{Name}.shift", $"{Name}.mean", $"{Name}.variance"];

    internal override Operation Prepare(Backend backend, NetworkWeights weights, IReadOnlyList<int> channels, Fusion fusion)
    {
        NormalizationWeights own = weights.Normalization(Name);
        CheckChannels(channels, own.Channels);
        return new Normalizing(own, own.Constants(Name), Epsilon, Activation);
    }

    internal override string AddTo(OnnxGraph graph, NetworkWeights weights, IReadOnlyList<string> inputs, string? output)
    {
        NormalizationWeights own = weights.Normalization(Name);
        ChannelConstants constants = own.Constants(Name);
        float[][] values = [own.Scale.ToArray(), own.Shift.ToArray(), constants.Mean.ToArray(), constants.Variance.ToArray()];
        for (int i = 0; i < values.Length; i++)
            graph.Constant(Weights[i], [own.Channels], values[i]);
        return AddTo(graph, "BatchNormalization", inputs[0], output);
    }

    internal static BatchNormalizationLayer Parse(LayerLine line) => new(line.Name, line.OnlyInput, line.Activation("activation"))
    {
        Epsilon = line.Number("epsilon", NormalizationWeights.DefaultEpsilon),
    };

    private sealed class Normalizing(NormalizationWeights weights, ChannelConstants constants, double epsilon, Activation activation)
        : Operation(weights.Channels)
    {
        // The numbers depend on the run's style weights.
        internal override bool IsReplayable => weights.Styles == 1;

        internal override bool CanOverwrite => true;

        internal override TensorShape Output(IReadOnlyList<TensorShape> inputs) => inputs[0];

        internal override void Run(Backend backend, IReadOnlyList<Tensor> inputs, in StepRun run, Tensor output)
        {
            double[] mean = ToDoubles(constants.Mean), factor = ToDoubles(constants.Variance), offset = new double[Channels];
            weights.Mix(run.Settings.Styles, factor, offset, epsilon);
            backend.Normalize(inputs[0], mean, factor, offset, activation, output);
        }

        private static double[] ToDoubles(ReadOnlyMemory<float> values) => Array.ConvertAll(values.ToArray(), value => (double)value);
    }
}
