using Wct.Imaging;

namespace Wct.Training.Evaluation;

/// <summary>Measures how similar two pictures are, from their bytes.</summary>
public static class PictureQuality
{
    // As in Wang et al. 2004: a Gaussian window of 11 pixels, σ = 1.5, and constants for a range of 255.
    private const int Window = 11;
    private const double Sigma = 1.5, C1 = 0.01 * 255 * 0.01 * 255, C2 = 0.03 * 255 * 0.03 * 255;

    private static readonly double[] Weights = Gaussian();

    /// <summary>Peak signal to noise ratio over all three colors, in dB; infinite for equal pictures.</summary>
    /// <param name="expected">RGB.</param>
    /// <param name="actual">RGB, of the same size.</param>
    public static double Psnr(PixelImage expected, PixelImage actual)
    {
        Check(expected, actual);
        double sum = 0;
        for (int i = 0; i < expected.Bytes.Length; i++)
            sum += Math.Pow(expected.Bytes[i] - actual.Bytes[i], 2);
        return 10 * Math.Log10(255 * 255 / (sum / expected.Bytes.Length));
    }

    /// <summary>Structural similarity of the luminances, in -1..1, averaged over all whole windows.</summary>
    /// <param name="expected">RGB, with sides of at least 11 pixels.</param>
    /// <param name="actual">RGB, of the same size.</param>
    /// <remarks>Wang et al. 2004, "Image Quality Assessment: From Error Visibility to Structural Similarity", equation 13.</remarks>
    public static double Ssim(PixelImage expected, PixelImage actual)
    {
        Check(expected, actual);
        int width = expected.Width;
        ArgumentOutOfRangeException.ThrowIfLessThan(Math.Min(width, expected.Height), Window);
        double[] x = Luma(expected), y = Luma(actual);
        double[] mx = Blur(x, width), my = Blur(y, width), xx = Blur(Product(x, x), width), yy = Blur(Product(y, y), width),
            xy = Blur(Product(x, y), width);
        double sum = 0;
        for (int i = 0; i < mx.Length; i++)
        {
            double vx = xx[i] - mx[i] * mx[i], vy = yy[i] - my[i] * my[i], covariance = xy[i] - mx[i] * my[i];
            sum += (2 * mx[i] * my[i] + C1) * (2 * covariance + C2) / ((mx[i] * mx[i] + my[i] * my[i] + C1) * (vx + vy + C2));
        }

        return sum / mx.Length;
    }

    private static void Check(PixelImage expected, PixelImage actual)
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(actual);
        if (expected.Width != actual.Width || expected.Height != actual.Height || expected.Layout != PixelLayout.Rgb24
            || actual.Layout != PixelLayout.Rgb24)
            throw new ArgumentException(
                $"'actual' is {actual.Width}x{actual.Height} {actual.Layout}, 'expected' {expected.Width}x{expected.Height} "
                    + $"{expected.Layout}; two RGB pictures of a size are compared.");
    }

    // ITU-R BT.601, as in JPEG.
    private static double[] Luma(PixelImage picture) =>
        [.. picture.Bytes.Chunk(3).Select(pixel => 0.299 * pixel[0] + 0.587 * pixel[1] + 0.114 * pixel[2])];

    private static double[] Product(double[] a, double[] b) => [.. a.Zip(b, (p, q) => p * q)];

    // Blurs horizontally, then vertically. The result has only pixels whose window is inside the picture.
    private static double[] Blur(double[] plane, int width)
    {
        int height = plane.Length / width, narrow = width - Window + 1, low = height - Window + 1;
        double[] across = new double[narrow * height], result = new double[narrow * low];
        for (int i = 0; i < across.Length; i++)
        {
            for (int k = 0; k < Window; k++)
                across[i] += Weights[k] * plane[i / narrow * width + i % narrow + k];
        }

        for (int i = 0; i < result.Length; i++)
        {
            for (int k = 0; k < Window; k++)
                result[i] += Weights[k] * across[i + k * narrow];
        }

        return result;
    }

    private static double[] Gaussian()
    {
        double[] weights = [.. Enumerable.Range(0, Window).Select(i => Math.Exp(-Math.Pow(i - Window / 2, 2) / (2 * Sigma * Sigma)))];
        return [.. weights.Select(weight => weight / weights.Sum())];
    }
}
