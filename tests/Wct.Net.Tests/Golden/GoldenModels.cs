using Wct.Net.Models;

namespace Wct.Net.Tests.Golden;

/// <summary>The networks of tests/golden/networks.py, generated from the same seeds.</summary>
internal static class GoldenModels
{
    /// <summary>Creates the network that the stored files call by this name.</summary>
    internal static WctModel Create(string name) => name switch
    {
        "default" => WctModel.LoadDefault(),
        "compact" => Create(10_000, [4, 5, 6, 7, 8], sharedEncoder: false, lastRelu: true),
        "sequential" => Create(20_000, [6, 9, 12], sharedEncoder: true, lastRelu: false),
        "wide" => Create(30_000, [16, 16, 32, 32, 24], sharedEncoder: true, lastRelu: false),
        _ => throw new ArgumentException($"No model '{name}'.", nameof(name)),
    };

    private static WctModel Create(int seed, int[] widths, bool sharedEncoder, bool lastRelu)
    {
        EncoderWeights? one = sharedEncoder ? Encoder(seed, widths.Length, widths) : null;
        return new WctModel(Enumerable.Range(1, widths.Length).Reverse().Select(level => new LevelModel(
            level, one ?? Encoder(seed + 1000 * level, level, widths), Decoder(seed + 1000 * level + 100, level, widths, lastRelu))));
    }

    private static EncoderWeights Encoder(int seed, int level, int[] widths)
    {
        float[] mix = new float[9];
        for (int i = 0; i < 9; i++)
            mix[i] = (float)((i is 2 or 4 or 6 ? 4.0 : 0.0) + GoldenNumbers.Number(seed, i, 0.5));
        List<ConvolutionWeights> layers = [new(Vgg19.InputConvolution, 3, 3, 1, mix, Biases(seed, 3, -2))];
        foreach (string name in Vgg19.EncoderConvolutions(level).Skip(1))
            layers.Add(Layer(seed + layers.Count, name, widths[name[4] - '1'], layers[^1].OutChannels, 2.6, 0));
        return new EncoderWeights(level, layers);
    }

    private static DecoderWeights Decoder(int seed, int level, int[] widths, bool lastRelu)
    {
        List<ConvolutionWeights> layers = [];
        foreach (string name in Vgg19.DecoderConvolutions(level))
        {
            (int block, bool leaves, bool last) = (name[4] - '0', name.EndsWith("_1", StringComparison.Ordinal), name == "conv1_1");
            int outputs = last ? 3 : widths[leaves ? block - 2 : block - 1],
                inputs = layers.Count == 0 ? widths[level - 1] : layers[^1].OutChannels;
            layers.Add(Layer(seed + layers.Count + 1, name, outputs, inputs, last ? 0.5 : 2.6, last ? 0.5 : 0));
        }

        return new DecoderWeights(level, layers, lastRelu);
    }

    // A weight is the difference between its own number and that of the next input channel.
    private static ConvolutionWeights Layer(int seed, string name, int outputs, int inputs, double gain, double bias)
    {
        double limit = Math.Sqrt(gain / (6.0 * inputs));
        float[] weights = new float[outputs * inputs * 9];
        for (int i = 0; i < weights.Length; i++)
        {
            (int output, int input, int tap) = (i / 9 / inputs, i / 9 % inputs, i % 9);
            int next = (output * inputs + (input + 1) % inputs) * 9 + tap;
            weights[i] = (float)(GoldenNumbers.Number(seed, i, limit) - GoldenNumbers.Number(seed, next, limit));
        }

        return new ConvolutionWeights(name, outputs, inputs, 3, weights, Biases(seed, outputs, bias));
    }

    private static float[] Biases(int seed, int count, double middle)
    {
        float[] biases = new float[count];
        for (int i = 0; i < count; i++)
            biases[i] = (float)(middle + GoldenNumbers.Number(seed + 500_000, i, 0.1));
        return biases;
    }
}
