using Wct.Kernels;
using Wct.Net.Colors;

namespace Wct.Net.Tests.Colors;

/// <summary>Statistics of test pictures.</summary>
internal static class Counted
{
    /// <summary>Statistics of an RGB picture without gaps.</summary>
    internal static ColorStatistics Of(PixelImage image)
    {
        ColorStatistics statistics = new();
        statistics.Add(image.Bytes, image.Width, 0, image.Height, visibility: null);
        return statistics;
    }

    /// <summary>Mean and covariance by the plain definition, in two passes.</summary>
    /// <param name="pixels">[pixels][3].</param>
    internal static (double[] Mean, double[] Covariance) Plain(IReadOnlyList<double[]> pixels)
    {
        double[] mean = [.. Enumerable.Range(0, 3).Select(c => pixels.Average(pixel => pixel[c]))], covariance = new double[9];
        for (int i = 0; i < 9; i++)
        {
            covariance[i] = pixels.Sum(pixel => (pixel[i / 3] - mean[i / 3]) * (pixel[i % 3] - mean[i % 3]))
                / Math.Max(1, pixels.Count - 1);
        }

        return (mean, covariance);
    }

    /// <summary>Colors in 0..1.</summary>
    internal static double[][] Pixels(PixelImage image) => [.. image.Bytes.Chunk(3).Select(rgb => rgb.Select(v => v / 255.0).ToArray())];
}
