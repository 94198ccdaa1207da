using Wct.Kernels;
using Wct.Net.Models.Layers;

namespace Wct.Net.Models;

/// <summary>VGG-19's layers up to relu5_1, as the universal style transfer networks use them.</summary>
/// <remarks>
/// A level L in 1..5 is named after its tap, relu{L}_1. Widths come with the weights, so full-size and compact networks share these tables.
/// </remarks>
public static class Vgg19
{
    /// <summary>The deepest level.</summary>
    public const int DeepestLevel = 5;

    /// <summary>The input of an encoder: [3, H, W], RGB, 0..1.</summary>
    public const string Image = "image";

    /// <summary>The input of a decoder: the features at a level's tap.</summary>
    public const string Features = "features";

    /// <summary>The 1x1 convolution at the beginning of an encoder, without ReLU: RGB in 0..1 to the network's normalized BGR.</summary>
    public const string InputConvolution = "conv0";

    // Number of convolutions per block. Of the last block, only the tap is used.
    private static readonly int[] BlockLengths = [2, 2, 4, 4, 1];

    private static readonly NetworkTable Whole = new(Image, Blocks());

    /// <summary>The convolution whose ReLU is the tap of a level: "conv3_1" for level 3.</summary>
    /// <param name="level">Level in 1..5.</param>
    /// <exception cref="ArgumentOutOfRangeException">The level is not in 1..5.</exception>
    public static string Tap(int level)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(level, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, DeepestLevel);
        return $"conv{level}_1";
    }

    /// <summary>An encoder from the image to conv{level}_1.</summary>
    /// <param name="level">Level in 1..5.</param>
    /// <exception cref="ArgumentOutOfRangeException">The level is not in 1..5.</exception>
    public static NetworkTable Encoder(int level) => Whole.UpTo(Tap(level));

    /// <summary>A decoder from relu{level}_1 to the image: the encoder's layers in reverse order, with poolings replaced by
    /// upsamplings.</summary>
    /// <param name="level">Level in 1..5.</param>
    /// <param name="lastRelu">Whether a ReLU also follows the last convolution.</param>
    /// <exception cref="ArgumentOutOfRangeException">The level is not in 1..5.</exception>
    public static NetworkTable Decoder(int level, bool lastRelu)
    {
        List<Layer> layers = [];
        foreach (Layer layer in Encoder(level).Layers.Reverse().SkipLast(1))
        {
            string input = layers.Count == 0 ? Features : layers[^1].Name;
            layers.Add(layer is ConvolutionLayer convolution
                ? convolution with { Input = input }
                : new UpsampleLayer(layer.Name.Replace("pool", "up", StringComparison.Ordinal), input));
        }

        layers[^1] = (ConvolutionLayer)layers[^1] with { Activation = lastRelu ? Activation.Relu : Activation.None };
        return new NetworkTable(Features, layers);
    }

    /// <summary>Names of an encoder's convolutions in order: conv0, conv1_1 .. conv{level}_1.</summary>
    /// <param name="level">Level in 1..5.</param>
    /// <exception cref="ArgumentOutOfRangeException">The level is not in 1..5.</exception>
    public static string[] EncoderConvolutions(int level) => [.. Encoder(level).Convolutions];

    /// <summary>Names of a decoder's convolutions in order: conv{level}_1 .. conv1_1.</summary>
    /// <param name="level">Level in 1..5.</param>
    /// <exception cref="ArgumentOutOfRangeException">The level is not in 1..5.</exception>
    public static string[] DecoderConvolutions(int level) => [.. Decoder(level, lastRelu: false).Convolutions];

    private static IEnumerable<Layer> Blocks()
    {
        string last = InputConvolution;
        yield return new ConvolutionLayer(last, Image);
        for (int block = 1; block <= BlockLengths.Length; block++)
        {
            for (int i = 1; i <= BlockLengths[block - 1]; i++)
            {
                string input = last;
                yield return new ConvolutionLayer(last = $"conv{block}_{i}", input, Activation.Relu);
            }

            if (block < BlockLengths.Length)
            {
                string input = last;
                yield return new MaxPoolLayer(last = $"pool{block}", input);
            }
        }
    }
}
