using Wct.Net.Pipeline.Tiling;

namespace Wct.Net;

/// <summary>Softens the edges of a mask by moving averages along rows and columns.</summary>
/// <remarks>Sums are exact until the last step, so masks that add up to 255 also do so afterwards. The mask is processed in strips of
/// columns, so that the sums of a large mask take little memory.</remarks>
internal static class Feathering
{
    /// <summary>The largest number of pixels for which a row's sums fit into 32 bits.</summary>
    internal const int Largest = 4000;

    // Narrower strips would compute most sums of a row again, for the pixels beside the strip.
    private const int LeastColumns = 128, MostStripPixels = 1 << 25;

    /// <summary>Averages each row and each column twice; borders are repeated.</summary>
    /// <param name="shares">[height, width].</param>
    /// <param name="width">Pixels per row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="pixels">How far the ramp of a hard edge reaches to each side, 1 to <see cref="Largest"/>.</param>
    /// <returns>[height, width].</returns>
    internal static byte[] Run(ReadOnlySpan<byte> shares, int width, int height, int pixels)
    {
        // The reach of two windows adds up.
        int second = pixels / 2, first = pixels - second;
        int columns = Math.Max(1, Math.Min(Math.Min(width, MostStripPixels / height), Math.Max(LeastColumns, pixels)));
        long window = (2L * first + 1) * (2L * second + 1), all = window * window;
        uint[] strip = new uint[checked(height * columns)];
        long[] line = new long[Math.Max(Math.Min(width, columns + 2 * pixels), height)], sums = new long[line.Length];
        byte[] result = new byte[shares.Length];
        for (int x = 0; x < width; x += columns)
        {
            Interval own = new(x, Math.Min(x + columns, width)), inner = own.Grown(second, 1, width),
                outer = inner.Grown(first, 1, width);
            for (int y = 0; y < height; y++)
            {
                ReadOnlySpan<byte> row = shares.Slice(y * width + outer.First, outer.Length);
                for (int i = 0; i < row.Length; i++)
                    line[i] = row[i];
                Sum(line, outer, sums, inner, first);
                Sum(sums, inner, line, own, second);
                for (int i = 0; i < own.Length; i++)
                    strip[y * columns + i] = (uint)line[i];
            }

            for (int i = 0; i < own.Length; i++)
            {
                Interval rows = new(0, height);
                for (int y = 0; y < height; y++)
                    line[y] = strip[y * columns + i];
                Sum(line, rows, sums, rows, first);
                Sum(sums, rows, line, rows, second);
                for (int y = 0; y < height; y++)
                    result[y * width + x + i] = (byte)((line[y] + all / 2) / all);
            }
        }

        return result;
    }

    // Sums over windows around some pixels. Values beyond the known ones are repeated; these are known up to the mask's border.
    private static void Sum(ReadOnlySpan<long> values, Interval known, Span<long> sums, Interval wanted, int radius)
    {
        int last = known.Length - 1, offset = wanted.First - known.First;
        long sum = 0;
        for (int i = offset - radius; i <= offset + radius; i++)
            sum += values[Math.Clamp(i, 0, last)];
        for (int i = 0; i < wanted.Length; i++)
        {
            sums[i] = sum;
            int center = offset + i;
            sum += values[Math.Min(center + radius + 1, last)] - values[Math.Max(center - radius, 0)];
        }
    }
}
