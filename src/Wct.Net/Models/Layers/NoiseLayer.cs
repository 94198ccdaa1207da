using Wct.Kernels;
using Wct.Net.Onnx;
using Wct.Net.Pipeline;

namespace Wct.Net.Models.Layers;

/// <summary>Noise with the sides of a map, or with smaller ones: uniform in 0 to 1, times the run's noise scale. The run's seed, the
/// layer's name and the position in the map choose each number.</summary>
/// <remarks>Ulyanov et al. 2016, "Texture Networks", section 3: the generator's inputs are noise at several scales.</remarks>
public sealed record NoiseLayer : UnaryLayer
{
    private const int MostChannels = 1024, LargestDivisor = 1024;

    /// <summary>Creates a layer.</summary>
    /// <param name="name">The name of its output.</param>
    /// <param name="input">The name of the map whose sides it has; its numbers aren't read.</param>
    /// <param name="channels">Channels of the noise, 1 to 1024.</param>
    /// <exception cref="ArgumentNullException">A name is null.</exception>
    public NoiseLayer(string name, string input, int channels)
        : base(name, input) => Channels = channels;

    /// <summary>Channels of the noise, 1 to 1024.</summary>
    public int Channels { get; init; }

    /// <summary>The map's sides are divided by this: a power of two up to 1024. Sides of maps must be multiples of it.</summary>
    public int Divisor { get; init; } = 1;

    /// <inheritdoc/>
    public override string Operation => "noise";

    internal override string? Problem =>
        Channels is < 1 or > MostChannels ? $"it has {Channels} channels, there must be 1 to {MostChannels}"
        : Divisor is < 1 or > LargestDivisor || !int.IsPow2(Divisor) ? $"the divisor is {Divisor}, it must be a power of two up to 1024"
        : null;

    internal override Operation Prepare(Backend backend, NetworkWeights weights, IReadOnlyList<int> channels, Fusion fusion) =>
        new Noise(Channels, Divisor, Name);

    /// <summary>Noise is an input of the graph, because ONNX's own generators give other numbers in each runtime.</summary>
    internal override string AddTo(OnnxGraph graph, NetworkWeights weights, IReadOnlyList<string> inputs, string? output)
    {
        graph.Input(Name, Channels, $"{Name}.H", $"{Name}.W");
        return Name;
    }

    private protected override IEnumerable<LayerSetting> Settings =>
        [LayerSetting.Of("channels", Channels), .. Divisor == 1 ? (LayerSetting[])[] : [LayerSetting.Of("divisor", Divisor)]];

    internal static NoiseLayer Parse(LayerLine line) => new(line.Name, line.OnlyInput, line.Whole("channels", 1))
    {
        Divisor = line.Whole("divisor", 1),
    };

    private sealed class Noise(int channels, int divisor, string name) : Operation(channels)
    {
        internal override string WholeOnly => "makes noise for the whole picture";

        // The host makes the noise.
        internal override bool IsReplayable => false;

        internal override TensorShape Output(IReadOnlyList<TensorShape> inputs)
        {
            TensorShape shape = inputs[0];
            return shape.Height % divisor == 0 && shape.Width % divisor == 0
                ? new TensorShape(Channels, shape.Height / divisor, shape.Width / divisor)
                : throw new ArgumentException($"Layer '{name}' divides the sides of {shape} by {divisor}; they must be multiples of it.");
        }

        internal override void Run(Backend backend, IReadOnlyList<Tensor> inputs, in StepRun run, Tensor output) =>
            NoiseMap.Fill(backend, output, run.Settings.Seed, name, run.Settings.NoiseScale);
    }
}
