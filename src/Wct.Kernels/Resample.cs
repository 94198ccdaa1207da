using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Wct.Kernels;

/// <summary>Resizes pictures with 8 bits per component.</summary>
public static partial class Resample
{
    /// <summary>Scales a picture to any size with a bicubic filter that avoids aliasing.</summary>
    /// <param name="source">[height, width, channels], rows <paramref name="stride"/> bytes apart.</param>
    /// <param name="width">Pixels per row of the source, at least 1.</param>
    /// <param name="height">Rows of the source, at least 1.</param>
    /// <param name="stride">Bytes from one row to the next, at least width times channels.</param>
    /// <param name="channels">1, 3, or 4; the last of four is alpha, not premultiplied.</param>
    /// <param name="destination">[newHeight, newWidth, channels], rows <paramref name="newStride"/> bytes apart; no overlap.</param>
    /// <param name="newWidth">Pixels per row of the destination, at least 1.</param>
    /// <param name="newHeight">Rows of the destination, at least 1.</param>
    /// <param name="newStride">Bytes from one row to the next, at least newWidth times channels.</param>
    /// <exception cref="ArgumentException">A size is outside its range, a span is too short for it, or the spans overlap.</exception>
    /// <remarks>
    /// Separable filter with Keys' cubic (1981, a = -1/2). When the picture shrinks, the filter is widened by the reduction factor, so that
    /// it averages all source pixels that a new pixel covers. Sample centers are at half pixels, and weights are normalized at the border,
    /// as in Pillow's BICUBIC. Sums are in single precision and are rounded to the nearest level. Colors are weighted by alpha, so
    /// transparent pixels don't bleed into their neighbors. If alpha becomes 0, colors become 0. Memory: one row of the source in single
    /// precision.
    /// </remarks>
    public static void Bicubic(
        ReadOnlySpan<byte> source, int width, int height, int stride, int channels,
        Span<byte> destination, int newWidth, int newHeight, int newStride)
    {
        CheckPicture(source.Length, width, height, stride, channels, nameof(source));
        CheckPicture(destination.Length, newWidth, newHeight, newStride, channels, nameof(destination));
        if (source.Overlaps(destination))
            throw new ArgumentException("'destination' overlaps 'source'.", nameof(destination));

        ResampleTaps horizontal = new(width, newWidth), vertical = new(height, newHeight);
        if (channels == 4)
            FilterRows<PremultipliedAlpha>(source, width * channels, stride, channels, destination, newStride, horizontal, vertical);
        else
            FilterRows<NoAlpha>(source, width * channels, stride, channels, destination, newStride, horizontal, vertical);
    }

    /// <summary>Filters vertically first, then horizontally. In the vertical pass, all bytes of a row share a weight and fill whole
    /// vectors. The horizontal pass then processes only the rows of the destination.</summary>
    private static void FilterRows<TAlpha>(
        ReadOnlySpan<byte> source, int rowLength, int stride, int channels, Span<byte> destination, int newStride,
        ResampleTaps horizontal, ResampleTaps vertical)
        where TAlpha : struct, IAlphaHandling
    {
        // The horizontal pass loads four components of every pixel. Up to three of them are past the row's end.
        float[] row = new float[rowLength + Vector128<float>.Count];
        for (int y = 0; y < vertical.Length; y++)
        {
            ReadOnlySpan<float> weights = vertical.Weights(y);
            ReadOnlySpan<byte> rows = source[(int)((long)vertical.First(y) * stride)..];
            FilterVertically<TAlpha>(rows, stride, weights, row.AsSpan(0, rowLength), accumulate: false);
            FilterHorizontally<TAlpha>(row, horizontal, channels, destination.Slice(y * newStride, horizontal.Length * channels));
        }
    }

    /// <summary>Filters vertically: row[i] = sum over k of weights[k] * rows[k][i].</summary>
    /// <param name="rows">The first row; further ones follow at <paramref name="stride"/>.</param>
    /// <param name="stride">Bytes from one row to the next.</param>
    /// <param name="weights">One weight per row.</param>
    /// <param name="row">Receives the sums.</param>
    /// <param name="accumulate">Whether to add to the values in <paramref name="row"/>. Its length must then be less than one vector or a
    /// multiple of one, because the overlapping last step would add twice.</param>
    private static void FilterVertically<TAlpha>(
        ReadOnlySpan<byte> rows, int stride, ReadOnlySpan<float> weights, Span<float> row, bool accumulate)
        where TAlpha : struct, IAlphaHandling
    {
        int last = row.Length - Vector256<byte>.Count;
        if (last < 0)
        {
            FilterShortRow<TAlpha>(rows, stride, weights, row, accumulate);
            return;
        }

        ref byte from = ref MemoryMarshal.GetReference(rows);
        ref float to = ref MemoryMarshal.GetReference(row);
        for (int i = 0; ; i = Math.Min(i + Vector256<byte>.Count, last))
        {
            Vector256<float> a = default, b = default, c = default, d = default;
            if (accumulate)
            {
                (a, b) = (Vector256.LoadUnsafe(ref to, (nuint)i), Vector256.LoadUnsafe(ref to, (nuint)i + 8));
                (c, d) = (Vector256.LoadUnsafe(ref to, (nuint)i + 16), Vector256.LoadUnsafe(ref to, (nuint)i + 24));
            }

            for (int k = 0; k < weights.Length; k++)
            {
                Vector256<byte> bytes = Vector256.LoadUnsafe(ref from, (nuint)((long)k * stride + i));
                Vector256<ushort> low = Vector256.WidenLower(bytes), high = Vector256.WidenUpper(bytes);
                Vector256<float> weight = Vector256.Create(weights[k]);
                a = Vector256.MultiplyAddEstimate(weight, TAlpha.Premultiply(Single(Vector256.WidenLower(low))), a);
                b = Vector256.MultiplyAddEstimate(weight, TAlpha.Premultiply(Single(Vector256.WidenUpper(low))), b);
                c = Vector256.MultiplyAddEstimate(weight, TAlpha.Premultiply(Single(Vector256.WidenLower(high))), c);
                d = Vector256.MultiplyAddEstimate(weight, TAlpha.Premultiply(Single(Vector256.WidenUpper(high))), d);
            }

            a.StoreUnsafe(ref to, (nuint)i);
            b.StoreUnsafe(ref to, (nuint)i + 8);
            c.StoreUnsafe(ref to, (nuint)i + 16);
            d.StoreUnsafe(ref to, (nuint)i + 24);

            // The last step overlaps the previous one, so that it ends at the row's end. RGBA pixels stay aligned, because both lengths are
            // multiples of four.
            if (i == last)
                break;
        }
    }

    /// <summary>The vertical filter for rows shorter than one vector.</summary>
    private static void FilterShortRow<TAlpha>(
        ReadOnlySpan<byte> rows, int stride, ReadOnlySpan<float> weights, Span<float> row, bool accumulate)
        where TAlpha : struct, IAlphaHandling
    {
        if (!accumulate)
            row.Clear();
        Span<float> wide = stackalloc float[Vector256<byte>.Count];
        for (int k = 0; k < weights.Length; k++)
        {
            for (int i = 0; i < row.Length; i++)
                wide[i] = rows[k * stride + i];
            for (int i = 0; i < row.Length; i += Vector256<float>.Count)
                TAlpha.Premultiply(Vector256.Create<float>(wide[i..])).CopyTo(wide[i..]);
            for (int i = 0; i < row.Length; i++)
                row[i] += weights[k] * wide[i];
        }
    }

    /// <summary>Filters horizontally. Each step handles four consecutive components; for pixels with fewer channels the extra ones belong
    /// to the next pixel and are not stored.</summary>
    private static void FilterHorizontally<TAlpha>(float[] row, ResampleTaps taps, int channels, Span<byte> destination)
        where TAlpha : struct, IAlphaHandling
    {
        ref float from = ref MemoryMarshal.GetArrayDataReference(row);
        for (int x = 0; x < taps.Length; x++)
        {
            ReadOnlySpan<float> weights = taps.Weights(x);
            Vector128<float> sum = Vector128<float>.Zero;
            nuint at = (nuint)((long)taps.First(x) * channels);
            for (int k = 0; k < weights.Length; k++, at += (nuint)channels)
                sum = Vector128.MultiplyAddEstimate(Vector128.Create(weights[k]), Vector128.LoadUnsafe(ref from, at), sum);

            Vector128<float> levels = Vector128.Max(TAlpha.Unpremultiply(sum), Vector128<float>.Zero);
            Vector128<int> rounded = Vector128.ConvertToInt32(Vector128.Min(levels, Vector128.Create(255f)) + Vector128.Create(0.5f));
            for (int c = 0; c < channels; c++)
                destination[x * channels + c] = (byte)rounded[c];
        }
    }

    private static Vector256<float> Single(Vector256<uint> small) => Vector256.ConvertToSingle(small.AsInt32());

    private static void CheckPicture(int length, int width, int height, int stride, int channels, string name)
    {
        if (channels is not (1 or 3 or 4))
            throw new ArgumentException($"'channels' is {channels}; it must be 1, 3 or 4.", nameof(channels));
        if (width < 1 || height < 1)
            throw new ArgumentException($"'{name}' is {width}x{height}, sides must be at least 1.", name);
        long row = (long)width * channels, needed = ((long)height - 1) * stride + row;
        if (stride < row)
            throw new ArgumentException($"'{name}' has a stride of {stride} bytes, a row needs {row}.", name);
        if (length < needed)
            throw new ArgumentException($"'{name}' has {length} bytes, {width}x{height} pixels need {needed}.", name);
    }
}
