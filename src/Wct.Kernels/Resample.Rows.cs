using System.Runtime.Intrinsics;

namespace Wct.Kernels;

public static partial class Resample
{
    // Size of a chunk of rows: large enough that sums are loaded and stored rarely, and small enough that the chunk stays in the cache.
    private const int ChunkBytes = 1 << 20, MinRows = 8;

    /// <summary>Scales a picture that is read row by row, so the source is never in memory as a whole. The result has the same bytes as the
    /// method for a source in memory.</summary>
    /// <param name="read">Called for each row from top to bottom; it fills the span, [width, channels].</param>
    /// <param name="width">Pixels per row of the source, at least 1.</param>
    /// <param name="height">Rows of the source, at least 1.</param>
    /// <param name="channels">1, 3, or 4; the last of four is alpha, not premultiplied.</param>
    /// <param name="destination">[newHeight, newWidth, channels], rows <paramref name="newStride"/> bytes apart.</param>
    /// <param name="newWidth">Pixels per row of the destination, at least 1.</param>
    /// <param name="newHeight">Rows of the destination, at least 1.</param>
    /// <param name="newStride">Bytes from one row to the next, at least newWidth times channels.</param>
    /// <exception cref="ArgumentException">A size is outside its range, or the destination is too short for it.</exception>
    /// <remarks>Memory if the picture shrinks: 1 MB or eight rows of the source, and five rows in single precision. If the height grows by
    /// a factor of n: 4n rows in single precision.</remarks>
    public static void Bicubic(
        Action<Span<byte>> read, int width, int height, int channels, Span<byte> destination, int newWidth, int newHeight, int newStride)
    {
        ArgumentNullException.ThrowIfNull(read);
        long row = (long)width * channels;
        CheckPicture(int.MaxValue, width, 1, (int)Math.Min(row, int.MaxValue), channels, "source");
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        CheckPicture(destination.Length, newWidth, newHeight, newStride, channels, nameof(destination));
        ResampleTaps horizontal = new(width, newWidth), vertical = new(height, newHeight);
        if (channels == 4)
            ResampleRows<PremultipliedAlpha>(read, (int)row, height, channels, destination, newStride, horizontal, vertical);
        else
            ResampleRows<NoAlpha>(read, (int)row, height, channels, destination, newStride, horizontal, vertical);
    }

    // A row of the destination has a buffer of sums from the first chunk that contributes to it until the last one.
    private static void ResampleRows<TAlpha>(
        Action<Span<byte>> read, int rowLength, int height, int channels, Span<byte> destination, int newStride,
        ResampleTaps horizontal, ResampleTaps vertical)
        where TAlpha : struct, IAlphaHandling
    {
        // Rows are padded to whole vectors, except rows that are shorter than one vector, which the scalar path handles.
        int vector = Vector256<byte>.Count, stride = rowLength < vector ? rowLength : checked((rowLength + vector - 1) / vector * vector);
        int rows = Math.Min(height, Math.Max(MinRows, ChunkBytes / stride)), done = 0;
        byte[] chunk = new byte[checked(rows * stride)];
        Dictionary<int, float[]> sums = [];
        Stack<float[]> unused = [];
        for (int first = 0; first < height; first += rows)
        {
            int count = Math.Min(rows, height - first);
            for (int i = 0; i < count; i++)
                read(chunk.AsSpan(i * stride, rowLength));
            for (int y = done; y < vertical.Length && vertical.First(y) < first + count; y++)
            {
                ReadOnlySpan<float> weights = vertical.Weights(y);
                int start = vertical.First(y), from = Math.Max(start, first), to = Math.Min(start + weights.Length, first + count);
                if (!sums.TryGetValue(y, out float[]? sum))
                    sums[y] = sum = unused.Count > 0 ? unused.Pop() : new float[stride + Vector128<float>.Count];
                FilterVertically<TAlpha>(
                    chunk.AsSpan((from - first) * stride), stride, weights[(from - start)..(to - start)], sum.AsSpan(0, stride),
                    accumulate: from > start);
                if (to < start + weights.Length)
                    continue;
                // The horizontal pass loads up to three values past the row's end. Results from these values are not stored.
                FilterHorizontally<TAlpha>(sum, horizontal, channels, destination.Slice(y * newStride, horizontal.Length * channels));
                sums.Remove(y);
                unused.Push(sum);
                done = y + 1;
            }
        }
    }
}
