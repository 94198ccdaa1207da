using System.Runtime.CompilerServices;

namespace Wct.Net.Colors;

/// <summary>Gives each color channel of a style the histogram of the content's channel.</summary>
/// <remarks>Histogram specification (Gonzalez and Woods, "Digital Image Processing"). A value's rank is the middle of the
/// ranks of its pixels, so equal histograms give tables that change nothing.</remarks>
internal sealed class HistogramRecoloring
{
    private const int Channels = RgbRow.Channels, Values = 256;

    // [3, 256].
    private readonly byte[] _tables = new byte[Channels * Values];

    /// <summary>Computes the tables.</summary>
    /// <param name="style">Colors of the style.</param>
    /// <param name="content">Colors of the content. If one of the two has no visible pixel, the tables change nothing.</param>
    /// <param name="strength">In [0, 1], the share of the content's histogram; 0 gives tables that change nothing.</param>
    internal HistogramRecoloring(ColorStatistics style, ColorStatistics content, double strength)
    {
        bool hasPixels = style.Pixels > 0 && content.Pixels > 0;
        Span<byte> values = stackalloc byte[Values];
        for (int c = 0; c < Channels; c++)
        {
            Span<byte> table = _tables.AsSpan(c * Values, Values);
            for (int value = 0; value < Values; value++)
                values[value] = (byte)value;
            if (hasPixels)
                Match(style.Histogram(c), style.Pixels, content.Histogram(c), content.Pixels, values);
            for (int value = 0; value < Values; value++)
                table[value] = (byte)(strength * values[value] + (1 - strength) * value + 0.5);
        }
    }

    /// <summary>The new value of each value, [256], ascending.</summary>
    /// <param name="channel">0 for red, 1 for green, 2 for blue.</param>
    internal ReadOnlySpan<byte> Table(int channel) => _tables.AsSpan(channel * Values, Values);

    /// <summary>Replaces colors.</summary>
    /// <param name="rgb">[pixels, 3].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Apply(Span<byte> rgb)
    {
        ReadOnlySpan<byte> red = Table(0), green = Table(1), blue = Table(2);
        for (int i = 0; i + 2 < rgb.Length; i += Channels)
        {
            rgb[i] = red[rgb[i]];
            rgb[i + 1] = green[rgb[i + 1]];
            rgb[i + 2] = blue[rgb[i + 2]];
        }
    }

    private static void Match(
        ReadOnlySpan<long> style, long stylePixels, ReadOnlySpan<long> content, long contentPixels, Span<byte> table)
    {
        int match = 0, previous = -1;
        long below = 0, contentUpTo = content[0];
        for (int value = 0; value < Values; value++)
        {
            if (style[value] == 0)
                continue;
            // The match is the first value whose cumulative share exceeds (below + style[value] / 2) / stylePixels.
            Int128 rank = (Int128)(2 * below + style[value]) * contentPixels;
            while ((Int128)contentUpTo * 2 * stylePixels <= rank)
                contentUpTo += content[++match];
            table[value] = (byte)match;
            below += style[value];
            Interpolate(table, previous, value);
            previous = value;
        }

        Interpolate(table, previous, Values);
    }

    // The style has no pixel with a value between the two. Black and white, if the style lacks them, keep their values.
    private static void Interpolate(Span<byte> table, int below, int above)
    {
        int first = Math.Max(below, 0), last = Math.Min(above, Values - 1), low = table[first], high = table[last];
        for (int value = first + 1; value < last; value++)
            table[value] = (byte)(low + ((value - first) * (high - low) + (last - first) / 2) / (last - first));
    }
}
