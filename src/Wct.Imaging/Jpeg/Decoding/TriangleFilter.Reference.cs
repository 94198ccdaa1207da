namespace Wct.Imaging.Jpeg.Decoding;

internal static partial class TriangleFilter
{
    /// <inheritdoc cref="Widen"/>
    internal static void WidenReference(ReadOnlySpan<byte> samples, Span<ushort> sums)
    {
        for (int x = 0; x < samples.Length; x++)
            sums[x] = samples[x];
    }

    /// <inheritdoc cref="Columns"/>
    internal static void ColumnsReference(ReadOnlySpan<byte> near, ReadOnlySpan<byte> far, Span<ushort> sums)
    {
        for (int x = 0; x < near.Length; x++)
            sums[x] = (ushort)((3 * near[x]) + far[x]);
    }

    /// <inheritdoc cref="Quarter"/>
    internal static void QuarterReference(ReadOnlySpan<ushort> sums, Span<byte> samples, int bias)
    {
        for (int x = 0; x < sums.Length; x++)
            samples[x] = (byte)((sums[x] + bias) >> 2);
    }

    /// <summary>As <see cref="DoubleWidth"/>, for the old samples from <paramref name="from"/> up to <paramref name="to"/>.</summary>
    internal static void DoubleWidthReference(
        ReadOnlySpan<ushort> sums, Span<byte> samples, int leftBias, int rightBias, int shift, int from, int to)
    {
        for (int x = from; x < to; x++)
        {
            int triple = 3 * sums[x];
            samples[2 * x] = (byte)((triple + sums[Math.Max(x - 1, 0)] + leftBias) >> shift);
            samples[(2 * x) + 1] = (byte)((triple + sums[Math.Min(x + 1, sums.Length - 1)] + rightBias) >> shift);
        }
    }
}
