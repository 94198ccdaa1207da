namespace Wct.Net.Tests.Photo;

/// <summary>Photo mode by its definition: plain loops over every window, in double precision.</summary>
internal static class PlainPhoto
{
    /// <param name="content">[height, width, 3].</param>
    /// <param name="stylized">[3, height, width].</param>
    /// <param name="width">Pixels per row.</param>
    /// <param name="radius">Windows have 2·radius + 1 rows and columns, clipped at the borders.</param>
    /// <param name="epsilon">Added to variances.</param>
    /// <param name="share">The share of the content's detail that is added.</param>
    /// <returns>[3, height, width].</returns>
    internal static double[] Filter(byte[] content, float[] stylized, int width, int radius, double epsilon, double share)
    {
        int pixels = content.Length / 3;
        double[] guide = new double[pixels], result = new double[3 * pixels];
        for (int i = 0; i < pixels; i++)
            guide[i] = (0.299 * content[3 * i] + 0.587 * content[3 * i + 1] + 0.114 * content[3 * i + 2]) / 255;
        double[] smooth = Guided(guide, guide, width, radius, epsilon);
        for (int c = 0; c < 3; c++)
        {
            double[] channel = [.. stylized.Skip(c * pixels).Take(pixels)];
            double[] filtered = Guided(guide, channel, width, radius, epsilon);
            for (int i = 0; i < pixels; i++)
                result[c * pixels + i] = Math.Clamp(filtered[i] + share * (guide[i] - smooth[i]), 0, 1);
        }

        return result;
    }

    private static double[] Guided(double[] guide, double[] input, int width, int radius, double epsilon)
    {
        double[] slopes = new double[guide.Length], offsets = new double[guide.Length];
        for (int i = 0; i < guide.Length; i++)
        {
            int[] window = Window(i, width, guide.Length / width, radius);
            double guideMean = window.Average(j => guide[j]), mean = window.Average(j => input[j]);
            double variance = window.Average(j => (guide[j] - guideMean) * (guide[j] - guideMean));
            double covariance = window.Average(j => (guide[j] - guideMean) * (input[j] - mean));
            slopes[i] = covariance / (variance + epsilon);
            offsets[i] = mean - slopes[i] * guideMean;
        }

        double[] result = new double[guide.Length];
        for (int i = 0; i < guide.Length; i++)
        {
            int[] window = Window(i, width, guide.Length / width, radius);
            result[i] = window.Average(j => slopes[j]) * guide[i] + window.Average(j => offsets[j]);
        }

        return result;
    }

    private static int[] Window(int pixel, int width, int height, int radius)
    {
        int x = pixel % width, y = pixel / width;
        int left = Math.Max(0, x - radius), columns = Math.Min(width - 1, x + radius) - left + 1;
        int top = Math.Max(0, y - radius), rows = Math.Min(height - 1, y + radius) - top + 1;
        int[] window = new int[rows * columns];
        for (int i = 0; i < window.Length; i++)
            window[i] = (top + i / columns) * width + left + i % columns;
        return window;
    }
}
