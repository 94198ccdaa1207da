using System.Diagnostics;
using System.Runtime.CompilerServices;
using Wct.Net.Transparency;

namespace Wct.Net.Colors;

/// <summary>Counts the colors of a picture's visible pixels: their histograms, mean and covariance.</summary>
/// <remarks>All sums are integers. The result doesn't depend on the order in which rows are added.</remarks>
internal sealed class ColorStatistics
{
    private const int Channels = RgbRow.Channels, Values = 256;

    // [3, 256].
    private readonly long[] _histogram = new long[Channels * Values];

    // Sums of red·green, red·blue and green·blue. The sums of single channels follow from the histograms.
    private long _redGreen, _redBlue, _greenBlue;

    /// <summary>The number of visible pixels.</summary>
    internal long Pixels { get; private set; }

    /// <summary>[3], 0..1; zero if there is no pixel. Computed at each call.</summary>
    internal double[] Mean => [.. Enumerable.Range(0, Channels).Select(c => Pixels == 0 ? 0 : (double)Sum(c) / Pixels / byte.MaxValue)];

    /// <summary>[3, 3] for colors in 0..1, divided by max(1, pixels - 1). Computed at each call.</summary>
    internal double[] Covariance
    {
        get
        {
            double[] covariance = new double[Channels * Channels];
            for (int i = 0; i < Channels; i++)
            {
                for (int j = 0; j < Channels; j++)
                {
                    // N·Σxy - Σx·Σy is exact, so a picture of one color has the covariance zero.
                    Int128 scatter = (Int128)Pixels * Product(i, j) - (Int128)Sum(i) * Sum(j);
                    double scale = (double)Math.Max(1, Pixels) * Math.Max(1, Pixels - 1) * byte.MaxValue * byte.MaxValue;
                    covariance[i * Channels + j] = (double)scatter / scale;
                }
            }

            return covariance;
        }
    }

    /// <summary>The number of visible pixels with each value, [256].</summary>
    /// <param name="channel">0 for red, 1 for green, 2 for blue.</param>
    internal ReadOnlySpan<long> Histogram(int channel) => _histogram.AsSpan(channel * Values, Values);

    /// <summary>Counts some rows.</summary>
    /// <param name="rgb">[count, width, 3].</param>
    /// <param name="width">Pixels per row.</param>
    /// <param name="first">The first row's index in the picture.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="visibility">The picture's visible pixels; null if all are visible.</param>
    internal void Add(ReadOnlySpan<byte> rgb, int width, int first, int count, Visibility? visibility)
    {
        Debug.Assert(rgb.Length == (long)width * count * Channels, "The bytes don't match the rows.");
        int stride = width * Channels;
        for (int y = 0; y < count; y++)
        {
            ReadOnlySpan<byte> row = rgb.Slice(y * stride, stride);
            if (visibility is null || !visibility.AnyHidden(first + y, 1))
                Add(row);
            else
                AddVisible(row, first + y, visibility);
        }
    }

    /// <summary>Adds the counts of other pixels, which another thread may have counted.</summary>
    internal void Add(ColorStatistics other)
    {
        for (int i = 0; i < _histogram.Length; i++)
            _histogram[i] += other._histogram[i];
        _redGreen += other._redGreen;
        _redBlue += other._redBlue;
        _greenBlue += other._greenBlue;
        Pixels += other.Pixels;
    }

    // Adds each sequence of visible pixels.
    private void AddVisible(ReadOnlySpan<byte> row, int y, Visibility visibility)
    {
        int start = 0, width = row.Length / Channels;
        for (int x = 0; x < width; x++)
        {
            if (!visibility.IsHidden(y, x))
                continue;
            Add(row[(start * Channels)..(x * Channels)]);
            start = x + 1;
        }

        Add(row[(start * Channels)..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Add(ReadOnlySpan<byte> row)
    {
        Span<long> red = _histogram.AsSpan(0, Values), green = _histogram.AsSpan(Values, Values);
        Span<long> blue = _histogram.AsSpan(2 * Values, Values);
        long redGreen = 0, redBlue = 0, greenBlue = 0;
        for (int i = 0; i + 2 < row.Length; i += Channels)
        {
            byte r = row[i], g = row[i + 1], b = row[i + 2];
            red[r]++;
            green[g]++;
            blue[b]++;
            redGreen += r * g;
            redBlue += r * b;
            greenBlue += g * b;
        }

        _redGreen += redGreen;
        _redBlue += redBlue;
        _greenBlue += greenBlue;
        Pixels += row.Length / Channels;
    }

    private long Sum(int channel)
    {
        long sum = 0;
        ReadOnlySpan<long> histogram = Histogram(channel);
        for (int value = 0; value < Values; value++)
            sum += value * histogram[value];
        return sum;
    }

    private long Product(int i, int j)
    {
        if (i != j)
            return (i + j) switch { 1 => _redGreen, 2 => _redBlue, _ => _greenBlue };
        long sum = 0;
        ReadOnlySpan<long> histogram = Histogram(i);
        for (int value = 0; value < Values; value++)
            sum += value * value * histogram[value];
        return sum;
    }
}
