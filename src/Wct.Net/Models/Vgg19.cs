namespace Wct.Net.Models;

/// <summary>The order of VGG-19's layers up to relu5_1, as the universal style transfer networks use it.</summary>
/// <remarks>
/// A level L in 1..5 is named after its tap, relu{L}_1. Widths are not fixed here: they come with the weights, so full-size and
/// compact networks share this table.
/// </remarks>
public static class Vgg19
{
    /// <summary>The deepest level.</summary>
    public const int DeepestLevel = 5;

    /// <summary>The 1x1 convolution in front of an encoder: RGB in 0..1 to the network's normalized BGR, no ReLU.</summary>
    public const string InputConvolution = "conv0";

    // Convolutions per block; of the last block only the tap is used.
    private static readonly int[] BlockLengths = [2, 2, 4, 4, 1];

    private static readonly Layer[] Table = [.. Blocks()];

    /// <summary>The convolution whose ReLU is the tap of a level: "conv3_1" for level 3.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The level is not in 1..5.</exception>
    public static string Tap(int level)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(level, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, DeepestLevel);
        return $"conv{level}_1";
    }

    /// <summary>The layers of an encoder from conv0 to conv{level}_1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The level is not in 1..5.</exception>
    public static IReadOnlyList<Layer> Encoder(int level) =>
        [new Layer(LayerKind.Convolution, InputConvolution, Relu: false), .. UpTo(level)];

    /// <summary>The layers of a decoder from relu{level}_1 to the image: the encoder's mirrored, poolings turned into
    /// upsamplings.</summary>
    /// <param name="level">Level in 1..5.</param>
    /// <param name="lastRelu">Whether a ReLU follows the last convolution too.</param>
    /// <exception cref="ArgumentOutOfRangeException">The level is not in 1..5.</exception>
    public static IReadOnlyList<Layer> Decoder(int level, bool lastRelu)
    {
        Layer[] layers = UpTo(level);
        Array.Reverse(layers);
        for (int i = 0; i < layers.Length; i++)
        {
            if (layers[i].Kind == LayerKind.MaxPool)
                layers[i] = new Layer(LayerKind.Upsample, layers[i].Name.Replace("pool", "up", StringComparison.Ordinal), Relu: false);
        }

        layers[^1] = layers[^1] with { Relu = lastRelu };
        return layers;
    }

    /// <summary>Names of an encoder's convolutions in order: conv0, conv1_1 .. conv{level}_1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The level is not in 1..5.</exception>
    public static string[] EncoderConvolutions(int level) => Convolutions(Encoder(level));

    /// <summary>Names of a decoder's convolutions in order: conv{level}_1 .. conv1_1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The level is not in 1..5.</exception>
    public static string[] DecoderConvolutions(int level) => Convolutions(Decoder(level, lastRelu: false));

    private static string[] Convolutions(IReadOnlyList<Layer> layers) =>
        [.. layers.Where(layer => layer.Kind == LayerKind.Convolution).Select(layer => layer.Name)];

    private static Layer[] UpTo(int level)
    {
        string tap = Tap(level);
        return Table[..(Array.FindIndex(Table, layer => layer.Name == tap) + 1)];
    }

    private static IEnumerable<Layer> Blocks()
    {
        for (int block = 1; block <= BlockLengths.Length; block++)
        {
            for (int i = 1; i <= BlockLengths[block - 1]; i++)
                yield return new Layer(LayerKind.Convolution, $"conv{block}_{i}", Relu: true);
            if (block < BlockLengths.Length)
                yield return new Layer(LayerKind.MaxPool, $"pool{block}", Relu: false);
        }
    }
}
