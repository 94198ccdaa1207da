namespace Wct.Net.Models;

/// <summary>Creates networks of any width with random weights, for tests and speed measurements, which depend only on the shapes.</summary>
public static class RandomModel
{
    // So that two layers of this width, with 3x3 weights, have fewer elements than an array can hold.
    private const int LargestWidth = 15_000;

    /// <summary>VGG-19's channels at the five levels.</summary>
    public static IReadOnlyList<int> FullWidths { get; } = [64, 128, 256, 512, 512];

    /// <summary>Channels of networks that are 16 times smaller.</summary>
    public static IReadOnlyList<int> CompactWidths { get; } = [16, 32, 64, 128, 128];

    /// <summary>Creates a model with one encoder for all levels and one decoder per level.</summary>
    /// <param name="widths">Channels of the blocks, from relu1_1 to relu5_1: one to five, each at least 1. Fewer widths give a model with
    /// fewer levels.</param>
    /// <param name="seed">Any number. The same seed gives the same weights.</param>
    /// <exception cref="ArgumentNullException"><paramref name="widths"/> is null.</exception>
    /// <exception cref="ArgumentException">There are no widths, more than five, or one below 1.</exception>
    /// <remarks>
    /// He et al. 2015: the variance is 2 / (9·input channels), so that features keep their magnitude. Decoded pictures are centered at
    /// middle gray and fill the range.
    /// </remarks>
    public static WctModel Create(IReadOnlyList<int> widths, int seed)
    {
        ArgumentNullException.ThrowIfNull(widths);
        if (widths.Count is 0 or > Vgg19.DeepestLevel || widths.Any(width => width < 1))
            throw new ArgumentException(
                $"The widths are {string.Join(", ", widths)}; one to five are possible, each at least 1.", nameof(widths));
        if (widths.Any(width => width > LargestWidth))
            throw new ArgumentException(
                $"The widths are {string.Join(", ", widths)}; at most {LargestWidth} channels are possible.", nameof(widths));
        Random random = new(seed);
        List<ConvolutionWeights> convolutions = [Input()];
        foreach (string name in Vgg19.EncoderConvolutions(widths.Count).Skip(1))
            convolutions.Add(Normal(random, name, widths[Block(name)], convolutions[^1].OutChannels, 3, 2, 0));
        EncoderWeights encoder = new(widths.Count, convolutions);
        return new WctModel(
            Enumerable.Range(1, widths.Count).Select(level => new LevelModel(level, encoder, Decoder(random, level, widths))),
            $"random, seed {seed}");
    }

    private static DecoderWeights Decoder(Random random, int level, IReadOnlyList<int> widths)
    {
        List<ConvolutionWeights> convolutions = [];
        int channels = widths[level - 1];
        string[] names = Vgg19.DecoderConvolutions(level);
        for (int i = 0; i < names.Length - 1; i++)
        {
            // A block's _1 convolution, the last one of the block in a decoder, leads to the width of the next shallower block.
            bool leaves = names[i].EndsWith("_1", StringComparison.Ordinal);
            int width = widths[leaves ? Block(names[i]) - 1 : Block(names[i])];
            convolutions.Add(Normal(random, names[i], width, channels, 3, 2, 0));
            channels = width;
        }

        convolutions.Add(Normal(random, names[^1], 3, channels, 3, 1, 0.5f));
        return new DecoderWeights(level, convolutions, lastRelu: false);
    }

    private static int Block(string name) => name["conv".Length] - '1';

    // RGB in 0..1 to BGR in -2..2, the magnitude of the later features.
    private static ConvolutionWeights Input() =>
        new(Vgg19.InputConvolution, 3, 3, 1, [0, 0, 4, 0, 4, 0, 4, 0, 0], [-2, -2, -2]);

    /// <summary>Creates a convolution whose weights are normally distributed, with a variance of gain / (kernel²·input channels).</summary>
    /// <param name="random">The source of the weights.</param>
    /// <param name="name">The layer's name.</param>
    /// <param name="outChannels">Output channels.</param>
    /// <param name="inChannels">Input channels.</param>
    /// <param name="kernel">Side of the kernel.</param>
    /// <param name="gain">The variance of the outputs for inputs with a mean square of 1.</param>
    /// <param name="bias">The bias of each channel.</param>
    internal static ConvolutionWeights Normal(
        Random random, string name, int outChannels, int inChannels, int kernel, double gain, float bias)
    {
        float[] weights = new float[outChannels * inChannels * kernel * kernel];
        double deviation = Math.Sqrt(gain / (kernel * kernel * inChannels));
        for (int i = 0; i < weights.Length; i++)
            weights[i] = (float)(
                deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        float[] biases = new float[outChannels];
        Array.Fill(biases, bias);
        return new ConvolutionWeights(name, outChannels, inChannels, kernel, weights, biases);
    }
}
