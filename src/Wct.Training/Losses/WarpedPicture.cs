namespace Wct.Training.Losses;

/// <summary>The weighted mean of warped results.</summary>
/// <remarks>With weights c_j of the frames j, Σ_j c_j·(x - w_j)² = C·(x - m)² + rest, with C = Σ c_j and m = Σ c_j·w_j / C. So the frames
/// take no more memory than one.</remarks>
/// <param name="width">Width in pixels.</param>
/// <param name="height">Height in pixels.</param>
internal sealed class WarpedPicture(int width, int height)
{
    private const int Colors = 3;

    /// <summary>m: [3, H, W], in 0..1; 0 where C is 0.</summary>
    internal float[] Mean { get; } = new float[Colors * width * height];

    /// <summary>C: [H, W], in 0..1.</summary>
    internal float[] Weights { get; } = new float[width * height];

    /// <summary>The part of the sum that doesn't depend on x. It is 0 where each pixel has one frame.</summary>
    internal double Rest { get; private set; }

    /// <summary>Adds a frame's weights.</summary>
    /// <param name="shares">[H, W].</param>
    internal void Add(ReadOnlySpan<byte> shares)
    {
        for (int i = 0; i < shares.Length; i++)
            Weights[i] += shares[i] / (float)byte.MaxValue;
    }

    /// <summary>Adds one channel of a frame.</summary>
    /// <param name="shares">The frame's weights, [H, W].</param>
    /// <param name="samples">[H, W], in 0..255.</param>
    /// <param name="channel">The channel's number.</param>
    internal void Add(ReadOnlySpan<byte> shares, ReadOnlySpan<float> samples, int channel)
    {
        Span<float> sums = Mean.AsSpan(channel * shares.Length, shares.Length);
        for (int i = 0; i < shares.Length; i++)
        {
            float weight = shares[i] / (float)byte.MaxValue, sample = samples[i] / byte.MaxValue;
            sums[i] += weight * sample;
            Rest += (double)weight * sample * sample;
        }
    }

    /// <summary>Divides the sums of all frames by their weights.</summary>
    internal void Complete()
    {
        for (int i = 0; i < Mean.Length; i++)
        {
            float weight = Weights[i % Weights.Length];
            if (weight == 0)
                continue;
            Mean[i] /= weight;
            Rest -= (double)weight * Mean[i] * Mean[i];
        }

        // Rounding could leave less than 0.
        Rest = Math.Max(Rest, 0);
    }

    /// <summary>Puts the mean over another picture, by its weights.</summary>
    /// <param name="picture">RGB without gaps, of the same size.</param>
    /// <returns>RGB.</returns>
    internal PixelImage Over(PixelImage picture)
    {
        PixelImage result = new(width, height);
        for (int i = 0; i < result.Bytes.Length; i++)
        {
            (int pixel, int channel) = (i / Colors, i % Colors);
            // Resized weights of several frames may add up to slightly more than 1.
            float weight = Math.Min(Weights[pixel], 1), below = picture.Bytes[i];
            result.Bytes[i] = (byte)(below + weight * (byte.MaxValue * Mean[channel * Weights.Length + pixel] - below) + 0.5f);
        }

        return result;
    }
}
