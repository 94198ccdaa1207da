using Wct.Kernels;
using Wct.Net.Models;
using Wct.Net.Models.Layers;
using Wct.Training.Data;
using Wct.Training.Losses;
using Wct.Training.Networks.Architectures;

namespace Wct.Training.Tasks;

/// <summary>Trains a network that makes textures of any size from noise (Ulyanov et al. 2016, "Texture Networks"). Its data are
/// <see cref="NoiseData"/>.</summary>
/// <remarks>During training, normalizations use the statistics of each texture. The finished network has their means over several
/// textures as constants (batch normalization). So what it makes doesn't depend on the size, and the noise's scale has an effect.</remarks>
public sealed class TextureTask : FeedForwardTask
{
    // The number of textures that the statistics are measured on, and their side in pixels.
    private const int MeasuredTextures = 16, MeasuredSide = 256;

    /// <summary>Prepares the networks.</summary>
    /// <param name="backend">The backend that trains.</param>
    /// <param name="style">The texture, in the size in which the network shall imitate it. Its bytes must not change while the task uses
    /// it.</param>
    /// <param name="options">Losses and layers; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range, the loss network lacks a tap, or the network to start from isn't for
    /// textures.</exception>
    public TextureTask(TrainingBackend backend, PixelImage style, TextureTaskOptions? options = null)
        : base(
            backend ?? throw new ArgumentNullException(nameof(backend)), First(options ??= new TextureTaskOptions()),
            [
                new WeightedLoss(new RelativeLoss(new GramLoss(style, options.StyleTaps))),
                new WeightedLoss(new TotalVariationLoss(), options.VariationWeight),
            ],
            options)
    {
    }

    private protected override (NetworkTable Table, NetworkWeights Weights) Finish(NetworkTable table, NetworkWeights weights)
    {
        Dictionary<string, (double[] Mean, double[] Square)> sums = [];
        long index = 0;
        foreach (PixelImage noise in new NoiseData().Samples(MeasuredTextures, MeasuredSide, SizeMultiple, _ => { }))
        {
            using Tensor input = Crop.Load(Backend, noise);
            Visit(input, index++, (layer, map) => Add(sums, layer, map));
        }

        return (
            new NetworkTable(table.Input, table.Layers.Select(layer => layer is InstanceNormalizationLayer own
                ? new BatchNormalizationLayer(own.Name, own.Input, own.Activation) { Epsilon = own.Epsilon } : layer)),
            new NetworkWeights(weights.Convolutions, weights.Normalizations.Select(own => sums.TryGetValue(own.Name, out var sum)
                ? new NormalizationWeights(own.Name, own.Styles, own.Channels, own.Scale.ToArray(), own.Shift.ToArray(), Constants(sum))
                : own)));
    }

    private void Add(Dictionary<string, (double[] Mean, double[] Square)> sums, Layer layer, Tensor map)
    {
        if (layer is not InstanceNormalizationLayer)
            return;
        int channels = map.Shape.Channels;
        if (!sums.TryGetValue(layer.Name, out (double[] Mean, double[] Square) sum))
            sums.Add(layer.Name, sum = (new double[channels], new double[channels]));
        double[] mean = new double[channels], variance = new double[channels];
        Backend.ChannelMoments(map, mean, variance);
        for (int c = 0; c < channels; c++)
        {
            sum.Mean[c] += mean[c] / MeasuredTextures;
            sum.Square[c] += (variance[c] + mean[c] * mean[c]) / MeasuredTextures;
        }
    }

    private static ChannelConstants Constants((double[] Mean, double[] Square) sum) => new(
        [.. sum.Mean.Select(mean => (float)mean)],
        [.. sum.Mean.Zip(sum.Square, (mean, square) => (float)Math.Max(0, square - mean * mean))]);

    private static StyleNetworkModel First(TextureTaskOptions options) => Start(options)
        ?? Architecture.Pyramid(Checked(options.Width), null, options.Seed);
}
