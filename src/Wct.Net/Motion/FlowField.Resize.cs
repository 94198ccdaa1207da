using Wct.Kernels;

namespace Wct.Net;

// The field of pictures that were resized.
public sealed partial class FlowField
{
    // Sums per vector: u and v of the known ones, and their weights.
    private const int Sums = 3;

    /// <summary>The field between the two pictures after resizing them: the vectors are resampled by a linear filter, and scaled as the
    /// sides are.</summary>
    /// <param name="width">The new width, at least 1.</param>
    /// <param name="height">The new height, at least 1.</param>
    /// <returns>This field if it has the size already. A vector is unknown if more than half of those that it is computed from, by weight,
    /// are unknown.</returns>
    /// <exception cref="ArgumentException">A side is below 1, or the vectors need more numbers than an array holds.</exception>
    public FlowField Resize(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if ((width, height) == (Width, Height))
            return this;
        if (2L * width * height > Array.MaxLength)
            throw new ArgumentException(
                $"{width}x{height} vectors have {2L * width * height} numbers, an array holds {Array.MaxLength}.", nameof(height));
        ResampleTaps across = ResampleTaps.Linear(Width, width), down = ResampleTaps.Linear(Height, height);
        float[] vectors = new float[2 * width * height], row = new float[Sums * Width];
        float scaleX = (float)width / Width, scaleY = (float)height / Height;
        for (int y = 0, i = 0; y < height; y++)
        {
            FilterColumns(down, y, row);
            for (int x = 0; x < width; x++, i += 2)
            {
                (float u, float v, float known) = (0, 0, 0);
                ReadOnlySpan<float> weights = across.Weights(x);
                for (int k = 0; k < weights.Length; k++)
                {
                    int from = Sums * (across.First(x) + k);
                    u += weights[k] * row[from];
                    v += weights[k] * row[from + 1];
                    known += weights[k] * row[from + 2];
                }

                (vectors[i], vectors[i + 1]) = known < 0.5f ? (float.NaN, float.NaN) : (scaleX * u / known, scaleY * v / known);
            }
        }

        return new FlowField(vectors, width, height);
    }

    // Computes the sums over the rows of each column.
    private void FilterColumns(ResampleTaps down, int y, Span<float> sums)
    {
        sums.Clear();
        ReadOnlySpan<float> weights = down.Weights(y);
        for (int k = 0; k < weights.Length; k++)
        {
            for (int x = 0; x < Width; x++)
            {
                (float u, float v) = At(x, down.First(y) + k);
                if (float.IsNaN(u))
                    continue;
                sums[Sums * x] += weights[k] * u;
                sums[Sums * x + 1] += weights[k] * v;
                sums[Sums * x + 2] += weights[k];
            }
        }
    }
}
