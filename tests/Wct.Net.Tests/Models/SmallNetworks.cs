using Wct.Net.Models;

namespace Wct.Net.Tests.Models;

/// <summary>Networks with the table's layers and a few channels, filled with seeded random weights.</summary>
internal static class SmallNetworks
{
    internal static EncoderWeights Encoder(int level, int seed = 1, int width = 2)
    {
        Random random = new(seed);
        int channels = 3;
        return new EncoderWeights(level, Vgg19.EncoderConvolutions(level).Select(name =>
            Convolution(name, name == "conv0" ? 3 : width, ref channels, random)).ToList());
    }

    internal static DecoderWeights Decoder(int level, int seed = 2, int width = 2, bool lastRelu = false)
    {
        Random random = new(seed);
        int channels = width;
        return new DecoderWeights(level, Vgg19.DecoderConvolutions(level).Select(name =>
            Convolution(name, name == "conv1_1" ? 3 : width, ref channels, random)).ToList(), lastRelu);
    }

    /// <summary>A model with levels 3, 2 and 1 that share an encoder.</summary>
    internal static WctModel Shared()
    {
        EncoderWeights encoder = Encoder(3);
        return new WctModel([.. Enumerable.Range(1, 3).Select(level =>
            new LevelModel(level, encoder, Decoder(level, seed: level)))], "made up", "MIT");
    }

    /// <summary>A model with levels 3 and 1, each with its own encoder.</summary>
    internal static WctModel Separate() => new([
        new LevelModel(3, Encoder(3, seed: 5), Decoder(3, lastRelu: true)),
        new LevelModel(1, Encoder(1, seed: 6, width: 4), Decoder(1, width: 4, lastRelu: true))]);

    internal static void AssertSame(IReadOnlyList<ConvolutionWeights> expected, IReadOnlyList<ConvolutionWeights> actual)
    {
        Assert.Equal(expected.Select(layer => layer.Name), actual.Select(layer => layer.Name));
        Assert.All(expected.Zip(actual), pair => Assert.True(pair.First.SameBits(pair.Second), pair.First.Name));
    }

    private static ConvolutionWeights Convolution(string name, int outs, ref int ins, Random random)
    {
        int kernel = name == "conv0" ? 1 : 3;
        ConvolutionWeights made = new(name, outs, ins, kernel, Values(random, outs * ins * kernel * kernel), Values(random, outs));
        ins = outs;
        return made;
    }

    // Multiples of 1/64 up to 2 are exact in half precision, so every format keeps them.
    private static float[] Values(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.Next(-128, 129) / 64f)];
}
