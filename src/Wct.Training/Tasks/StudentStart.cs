using Wct.Net.Models;

namespace Wct.Training.Tasks;

/// <summary>Creates the starting weights of a student, a small encoder that is distilled from a larger one.</summary>
public static class StudentStart
{
    // Mean and standard deviation of photos. conv0 normalizes the input to mean 0 and standard deviation 1, so that the weights of the
    // first layer have the same scale as those of other layers.
    private const float Mean = 0.45f, Deviation = 0.25f;

    private const int Colors = 3, Taps = 9;

    /// <summary>Creates random weights (He et al. 2015).</summary>
    /// <param name="widths">Channels at relu1_1, relu2_1 and so on: one to five numbers.</param>
    /// <param name="seed">Seed of the random numbers.</param>
    /// <returns>An encoder with one level per width.</returns>
    public static EncoderWeights Random(IReadOnlyList<int> widths, int seed)
    {
        EncoderWeights random = RandomModel.Create(widths, seed).Levels[0].Encoder;
        return new EncoderWeights(random.Deepest, [Input(), .. random.Convolutions.Skip(1)]);
    }

    /// <summary>Copies a teacher's strongest filters: in each layer, those with the largest sums of absolute weights. A filter keeps only
    /// the input channels that were kept in the previous layer. It is scaled so that its norm doesn't change. Layers that the teacher lacks
    /// are random.</summary>
    /// <param name="teacher">The teacher.</param>
    /// <param name="widths">Channels at relu1_1, relu2_1 and so on: one to five numbers. A layer that is wider than the teacher's is
    /// random, and so are all layers after it.</param>
    /// <param name="seed">Seed of the random layers.</param>
    /// <returns>An encoder with one level per width.</returns>
    /// <remarks>Filters are ranked as in H. Li et al. 2017, "Pruning Filters for Efficient ConvNets".</remarks>
    public static EncoderWeights Strongest(EncoderWeights teacher, IReadOnlyList<int> widths, int seed)
    {
        ArgumentNullException.ThrowIfNull(teacher);
        EncoderWeights random = Random(widths, seed);
        List<ConvolutionWeights> layers = [Input()];
        int[]? kept = [0, 1, 2];
        for (int i = 1; i < random.Convolutions.Count; i++)
        {
            ConvolutionWeights own = random.Convolutions[i];
            ConvolutionWeights? strong = i < teacher.Convolutions.Count ? teacher.Convolutions[i] : null;
            if (i == 1 && strong is not null)
                strong = Unfold(FoldedInput.Fold(teacher.Convolutions[0], strong));
            if (strong is null || kept is null || own.OutChannels > strong.OutChannels)
            {
                layers.Add(own);
                kept = null;
                continue;
            }

            int[] strongest = Largest(strong, own.OutChannels);
            layers.Add(SelectChannels(strong, strongest, kept));
            kept = strongest;
        }

        return new EncoderWeights(random.Deepest, layers);
    }

    /// <summary>Replaces three filters of the first layer with copies of red, green and blue, so that relu1_1 contains the
    /// picture.</summary>
    /// <param name="encoder">The encoder, with at least four channels at relu1_1. The three filters that the next layer uses least are
    /// replaced, and that layer's weights for them become zero.</param>
    /// <returns>A changed copy.</returns>
    /// <remarks>Colors are in 0..1, so the ReLU doesn't change them.</remarks>
    /// <exception cref="ArgumentException">There are fewer than four channels, or conv0 mixes colors.</exception>
    public static EncoderWeights KeepingColors(EncoderWeights encoder)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ConvolutionWeights input = encoder.Convolutions[0], first = encoder.Convolutions[1];
        if (first.OutChannels <= Colors)
            throw new ArgumentException(
                $"relu1_1 has {first.OutChannels} channels; at least {Colors + 1} are needed.", nameof(encoder));
        ConvolutionWeights? second = encoder.Convolutions.Count > 2 ? encoder.Convolutions[2] : null;
        int[] planes = [.. Enumerable.Range(0, Colors).Select(color => Plane(input, color))];
        if (planes.Contains(-1) || planes.Distinct().Count() < Colors)
            throw new ArgumentException("conv0 mixes colors; it may only shift, scale and reorder them.", nameof(encoder));
        int[] least = [.. Enumerable.Range(0, first.OutChannels).OrderBy(
            channel => second is null ? 0 : SumOfAbsoluteWeights(second, channel)).Take(Colors)];
        float[] weights = first.Weights.ToArray(), bias = first.Bias.ToArray();
        for (int color = 0; color < Colors; color++)
        {
            // conv0 outputs (x - μ)/σ. Its output channels may be in any color order.
            int plane = planes[color];
            float scale = input.Weights.Span[plane * Colors + color];
            Span<float> filter = weights.AsSpan(least[color] * Colors * Taps, Colors * Taps);
            filter.Clear();
            filter[plane * Taps + Taps / 2] = 1 / scale;
            bias[least[color]] = -input.Bias.Span[plane] / scale;
        }

        List<ConvolutionWeights> layers = [input, WithWeights(first, weights, bias), .. encoder.Convolutions.Skip(2)];
        if (second is not null)
        {
            float[] kept = second.Weights.ToArray();
            for (int i = 0; i < kept.Length; i++)
                kept[i] = least.Contains(i / Taps % second.InChannels) ? 0 : kept[i];
            layers[2] = WithWeights(second, kept, second.Bias.ToArray());
        }

        return new EncoderWeights(encoder.Deepest, layers);
    }

    // Returns the plane of conv0's output that depends on a color; -1 if none or several do.
    private static int Plane(ConvolutionWeights input, int color)
    {
        int[] planes = [.. Enumerable.Range(0, Colors).Where(plane => input.Weights.Span[plane * Colors + color] != 0)];
        return planes.Length == 1 ? planes[0] : -1;
    }

    private static float SumOfAbsoluteWeights(ConvolutionWeights layer, int channel)
    {
        ReadOnlySpan<float> weights = layer.Weights.Span;
        float sum = 0;
        for (int i = 0; i < weights.Length; i++)
            sum += i / Taps % layer.InChannels == channel ? Math.Abs(weights[i]) : 0;
        return sum;
    }

    private static ConvolutionWeights WithWeights(ConvolutionWeights layer, float[] weights, float[] bias) =>
        new(layer.Name, layer.OutChannels, layer.InChannels, layer.KernelSize, weights, bias);

    private static ConvolutionWeights Input() => new(
        Vgg19.InputConvolution, 3, 3, 1, [1 / Deviation, 0, 0, 0, 1 / Deviation, 0, 0, 0, 1 / Deviation],
        [-Mean / Deviation, -Mean / Deviation, -Mean / Deviation]);

    // Rewrites a convolution of the picture as a convolution of conv0's output: W·x = (W·σ)·((x - μ)/σ) + W·μ.
    private static ConvolutionWeights Unfold(ConvolutionWeights folded)
    {
        float[] weights = folded.Weights.ToArray(), bias = folded.Bias.ToArray();
        for (int i = 0; i < weights.Length; i++)
        {
            bias[i / (weights.Length / bias.Length)] += weights[i] * Mean;
            weights[i] *= Deviation;
        }

        return new ConvolutionWeights(folded.Name, folded.OutChannels, folded.InChannels, folded.KernelSize, weights, bias);
    }

    private static float SumOfSquares(ReadOnlySpan<float> values)
    {
        float sum = 0;
        foreach (float value in values)
            sum += value * value;
        return sum;
    }

    private static int[] Largest(ConvolutionWeights layer, int count)
    {
        int length = layer.Weights.Length / layer.OutChannels;
        return [.. Enumerable.Range(0, layer.OutChannels)
            .OrderByDescending(o => layer.Weights.Slice(o * length, length).ToArray().Sum(Math.Abs)).Take(count).Order()];
    }

    private static ConvolutionWeights SelectChannels(ConvolutionWeights layer, int[] outChannels, int[] inChannels)
    {
        float[] weights = new float[outChannels.Length * inChannels.Length * Taps];
        for (int o = 0; o < outChannels.Length; o++)
        {
            ReadOnlySpan<float> row = layer.Weights.Span.Slice(outChannels[o] * layer.InChannels * Taps, layer.InChannels * Taps);
            Span<float> kept = weights.AsSpan(o * inChannels.Length * Taps, inChannels.Length * Taps);
            for (int i = 0; i < inChannels.Length; i++)
                row.Slice(inChannels[i] * Taps, Taps).CopyTo(kept[(i * Taps)..]);
            float scale = MathF.Sqrt(SumOfSquares(row) / Math.Max(float.Epsilon, SumOfSquares(kept)));
            for (int i = 0; i < kept.Length; i++)
                kept[i] *= scale;
        }

        return new ConvolutionWeights(
            layer.Name, outChannels.Length, inChannels.Length, 3, weights, Array.ConvertAll(outChannels, o => layer.Bias.Span[o]));
    }
}
