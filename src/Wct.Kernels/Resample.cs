using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Wct.Kernels;

/// <summary>Changes the size of pictures of 8 bits per component.</summary>
public static partial class Resample
{
    /// <summary>Scales a picture to any size, smoothly and without aliasing.</summary>
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
    /// Separable convolution with Keys' cubic (1981, a = -1/2), widened by the factor of reduction so that it averages over all pixels
    /// that fall together, sample centers at half pixels, weights at the border normalized: as Pillow's BICUBIC does. Sums in single
    /// precision, rounded to the nearest level. With alpha, colors count in proportion to it, so what is transparent lends no color to
    /// its surroundings; where alpha becomes 0, the colors do too. Memory: one row of the source in single precision.
    /// </remarks>
    public static void Bicubic(
        ReadOnlySpan<byte> source, int width, int height, int stride, int channels,
        Span<byte> destination, int newWidth, int newHeight, int newStride)
    {
        CheckPicture(source.Length, width, height, stride, channels, nameof(source));
        CheckPicture(destination.Length, newWidth, newHeight, newStride, channels, nameof(destination));
        if (source.Overlaps(destination))
            throw new ArgumentException("'destination' overlaps 'source'.", nameof(destination));

        ResampleTaps across = new(width, newWidth), down = new(height, newHeight);
        if (channels == 4)
            Rows<PremultipliedWeight>(source, width * channels, stride, channels, destination, newStride, across, down);
        else
            Rows<PlainWeight>(source, width * channels, stride, channels, destination, newStride, across, down);
    }

    /// <summary>
    /// Down first, across second: going down, neighboring bytes of a row share their weights and fill vectors, and with it out of the
    /// way, going across has only the rows of the destination left to do.
    /// </summary>
    private static void Rows<TWeight>(
        ReadOnlySpan<byte> source, int rowLength, int stride, int channels, Span<byte> destination, int newStride,
        ResampleTaps across, ResampleTaps down)
        where TWeight : struct, IComponentWeight
    {
        // Going across loads four components of every pixel, up to three of which lie behind the row's end.
        float[] row = new float[rowLength + Vector128<float>.Count];
        for (int y = 0; y < down.Length; y++)
        {
            ReadOnlySpan<float> weights = down.Weights(y);
            ReadOnlySpan<byte> rows = source[(int)((long)down.First(y) * stride)..];
            Down<TWeight>(rows, stride, weights, row.AsSpan(0, rowLength), goesOn: false);
            Across<TWeight>(row, across, channels, destination.Slice(y * newStride, across.Length * channels));
        }
    }

    /// <summary>Adds up rows: row[i] = sum over k of weights[k] * rows[k][i].</summary>
    /// <param name="goesOn">Whether the sum is added to what the row holds. Then it is shorter than a vector, or a multiple of it: a step
    /// that slides back would add twice.</param>
    private static void Down<TWeight>(ReadOnlySpan<byte> rows, int stride, ReadOnlySpan<float> weights, Span<float> row, bool goesOn)
        where TWeight : struct, IComponentWeight
    {
        int last = row.Length - Vector256<byte>.Count;
        if (last < 0)
        {
            DownNarrow<TWeight>(rows, stride, weights, row, goesOn);
            return;
        }

        ref byte from = ref MemoryMarshal.GetReference(rows);
        ref float to = ref MemoryMarshal.GetReference(row);
        for (int i = 0; ; i = Math.Min(i + Vector256<byte>.Count, last))
        {
            Vector256<float> a = default, b = default, c = default, d = default;
            if (goesOn)
            {
                (a, b) = (Vector256.LoadUnsafe(ref to, (nuint)i), Vector256.LoadUnsafe(ref to, (nuint)i + 8));
                (c, d) = (Vector256.LoadUnsafe(ref to, (nuint)i + 16), Vector256.LoadUnsafe(ref to, (nuint)i + 24));
            }

            for (int k = 0; k < weights.Length; k++)
            {
                Vector256<byte> bytes = Vector256.LoadUnsafe(ref from, (nuint)((long)k * stride + i));
                Vector256<ushort> low = Vector256.WidenLower(bytes), high = Vector256.WidenUpper(bytes);
                Vector256<float> weight = Vector256.Create(weights[k]);
                a = Vector256.MultiplyAddEstimate(weight, TWeight.Weigh(Single(Vector256.WidenLower(low))), a);
                b = Vector256.MultiplyAddEstimate(weight, TWeight.Weigh(Single(Vector256.WidenUpper(low))), b);
                c = Vector256.MultiplyAddEstimate(weight, TWeight.Weigh(Single(Vector256.WidenLower(high))), c);
                d = Vector256.MultiplyAddEstimate(weight, TWeight.Weigh(Single(Vector256.WidenUpper(high))), d);
            }

            a.StoreUnsafe(ref to, (nuint)i);
            b.StoreUnsafe(ref to, (nuint)i + 8);
            c.StoreUnsafe(ref to, (nuint)i + 16);
            d.StoreUnsafe(ref to, (nuint)i + 24);

            // The last step slides back to end at the row's end. Pixels of four channels stay whole: both lengths are multiples of four.
            if (i == last)
                break;
        }
    }

    /// <summary>Rows shorter than a vector.</summary>
    private static void DownNarrow<TWeight>(ReadOnlySpan<byte> rows, int stride, ReadOnlySpan<float> weights, Span<float> row, bool goesOn)
        where TWeight : struct, IComponentWeight
    {
        if (!goesOn)
            row.Clear();
        Span<float> wide = stackalloc float[Vector256<byte>.Count];
        for (int k = 0; k < weights.Length; k++)
        {
            for (int i = 0; i < row.Length; i++)
                wide[i] = rows[k * stride + i];
            for (int i = 0; i < row.Length; i += Vector256<float>.Count)
                TWeight.Weigh(Vector256.Create<float>(wide[i..])).CopyTo(wide[i..]);
            for (int i = 0; i < row.Length; i++)
                row[i] += weights[k] * wide[i];
        }
    }

    /// <summary>Adds up a row's pixels, four components side by side, of which those that a pixel lacks are its neighbor's.</summary>
    private static void Across<TWeight>(float[] row, ResampleTaps taps, int channels, Span<byte> destination)
        where TWeight : struct, IComponentWeight
    {
        ref float from = ref MemoryMarshal.GetArrayDataReference(row);
        for (int x = 0; x < taps.Length; x++)
        {
            ReadOnlySpan<float> weights = taps.Weights(x);
            Vector128<float> sum = Vector128<float>.Zero;
            nuint at = (nuint)((long)taps.First(x) * channels);
            for (int k = 0; k < weights.Length; k++, at += (nuint)channels)
                sum = Vector128.MultiplyAddEstimate(Vector128.Create(weights[k]), Vector128.LoadUnsafe(ref from, at), sum);

            Vector128<float> levels = Vector128.Max(TWeight.Unweigh(sum), Vector128<float>.Zero);
            Vector128<int> rounded = Vector128.ConvertToInt32(Vector128.Min(levels, Vector128.Create(255f)) + Vector128.Create(0.5f));
            for (int c = 0; c < channels; c++)
                destination[x * channels + c] = (byte)rounded[c];
        }
    }

    private static Vector256<float> Single(Vector256<uint> small) => Vector256.ConvertToSingle(small.AsInt32());

    private static void CheckPicture(int length, int width, int height, int stride, int channels, string name)
    {
        if (channels is not (1 or 3 or 4))
            throw new ArgumentException($"{channels} channels, 1, 3 and 4 are possible.", nameof(channels));
        if (width < 1 || height < 1)
            throw new ArgumentException($"'{name}' is {width}x{height}, sides start at 1.", name);
        long row = (long)width * channels, needed = ((long)height - 1) * stride + row;
        if (stride < row)
            throw new ArgumentException($"'{name}' has a stride of {stride} bytes, a row needs {row}.", name);
        if (length < needed)
            throw new ArgumentException($"'{name}' has {length} bytes, {width}x{height} pixels need {needed}.", name);
    }
}
