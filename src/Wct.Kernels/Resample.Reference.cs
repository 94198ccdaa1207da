namespace Wct.Kernels;

public static partial class Resample
{
    /// <summary>Keys' cubic with a = -1/2. It is 1 at 0, and 0 at all other integers and beyond ±2.</summary>
    /// <param name="x">Distance from the sample, in samples.</param>
    internal static double Cubic(double x)
    {
        const double A = -0.5;
        x = Math.Abs(x);
        if (x < 1)
            return ((A + 2) * x - (A + 3)) * x * x + 1;
        return x < 2 ? (((x - 5) * x + 8) * x - 4) * A : 0;
    }

    /// <summary>Scalar reference of <see cref="Bicubic(ReadOnlySpan{byte}, int, int, int, int, Span{byte}, int, int, int)"/>: each new
    /// pixel is a weighted sum over all old pixels, in double precision.</summary>
    internal static void BicubicReference(
        ReadOnlySpan<byte> source, int width, int height, int stride, int channels,
        Span<byte> destination, int newWidth, int newHeight, int newStride)
    {
        Span<double> sums = stackalloc double[4];
        for (int newY = 0; newY < newHeight; newY++)
        {
            for (int newX = 0; newX < newWidth; newX++)
            {
                sums.Clear();
                double total = 0;
                for (int y = 0; y < height; y++)
                {
                    double vertical = Weight(y, height, newY, newHeight);
                    for (int x = 0; x < width && vertical != 0; x++)
                    {
                        double weight = vertical * Weight(x, width, newX, newWidth);
                        int pixel = y * stride + x * channels;
                        double alpha = channels == 4 ? source[pixel + 3] / 255.0 : 1;
                        total += weight;
                        for (int c = 0; c < channels; c++)
                            sums[c] += weight * (c == 3 ? 255 : source[pixel + c]) * alpha;
                    }
                }

                double divisor = channels == 4 ? sums[3] / 255 : total;
                bool transparent = channels == 4 && sums[3] / total < 0.5;
                for (int c = 0; c < channels; c++)
                {
                    double value = transparent ? 0 : sums[c] / (c == 3 ? total : divisor);
                    destination[newY * newStride + newX * channels + c] = (byte)Math.Floor(Math.Clamp(value, 0, 255) + 0.5);
                }
            }
        }
    }

    private static double Weight(int index, int length, int newIndex, int newLength)
    {
        double scale = (double)length / newLength;
        return Cubic((index + 0.5 - (newIndex + 0.5) * scale) / Math.Max(1, scale));
    }
}
