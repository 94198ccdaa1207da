using System.Runtime.Intrinsics;

namespace Wct.Kernels;

public static partial class Resample
{
    // Rows that are read at a time: enough that sums stay in registers for a while, few enough for the caches.
    private const int ChunkBytes = 1 << 20, FewestRows = 8;

    /// <summary>Scales a picture that is read by rows: gives the bytes that the other method gives, without having the whole source in
    /// memory.</summary>
    /// <param name="read">Called with room for the next row, [width, channels], from the top to the bottom.</param>
    /// <param name="width">Pixels per row of the source, at least 1.</param>
    /// <param name="height">Rows of the source, at least 1.</param>
    /// <param name="channels">1, 3, or 4; the last of four is alpha, not premultiplied.</param>
    /// <param name="destination">[newHeight, newWidth, channels], rows <paramref name="newStride"/> bytes apart.</param>
    /// <param name="newWidth">Pixels per row of the destination, at least 1.</param>
    /// <param name="newHeight">Rows of the destination, at least 1.</param>
    /// <param name="newStride">Bytes from one row to the next, at least newWidth times channels.</param>
    /// <exception cref="ArgumentException">A size is outside its range, or the destination is too short for it.</exception>
    /// <remarks>Memory, where the picture becomes smaller: a megabyte or eight rows of the source, and five of them in single precision.
    /// Where it becomes n times as high, 4n rows in single precision.</remarks>
    public static void Bicubic(
        Action<Span<byte>> read, int width, int height, int channels, Span<byte> destination, int newWidth, int newHeight, int newStride)
    {
        ArgumentNullException.ThrowIfNull(read);
        long row = (long)width * channels;
        CheckPicture(int.MaxValue, width, 1, (int)Math.Min(row, int.MaxValue), channels, "source");
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        CheckPicture(destination.Length, newWidth, newHeight, newStride, channels, nameof(destination));
        ResampleTaps across = new(width, newWidth), down = new(height, newHeight);
        if (channels == 4)
            Stream<PremultipliedWeight>(read, (int)row, height, channels, destination, newStride, across, down);
        else
            Stream<PlainWeight>(read, (int)row, height, channels, destination, newStride, across, down);
    }

    // Each row of the destination has a sum, from the first chunk that counts for it to the last.
    private static void Stream<TWeight>(
        Action<Span<byte>> read, int rowLength, int height, int channels, Span<byte> destination, int newStride,
        ResampleTaps across, ResampleTaps down)
        where TWeight : struct, IComponentWeight
    {
        // Rows are padded to whole vectors, except for those that are shorter than one and take another way.
        int vector = Vector256<byte>.Count, stride = rowLength < vector ? rowLength : checked((rowLength + vector - 1) / vector * vector);
        int rows = Math.Min(height, Math.Max(FewestRows, ChunkBytes / stride)), done = 0;
        byte[] chunk = new byte[checked(rows * stride)];
        Dictionary<int, float[]> sums = [];
        Stack<float[]> spare = [];
        for (int first = 0; first < height; first += rows)
        {
            int count = Math.Min(rows, height - first);
            for (int i = 0; i < count; i++)
                read(chunk.AsSpan(i * stride, rowLength));
            for (int y = done; y < down.Length && down.First(y) < first + count; y++)
            {
                ReadOnlySpan<float> weights = down.Weights(y);
                int start = down.First(y), from = Math.Max(start, first), to = Math.Min(start + weights.Length, first + count);
                if (!sums.TryGetValue(y, out float[]? sum))
                    sums[y] = sum = spare.Count > 0 ? spare.Pop() : new float[stride + Vector128<float>.Count];
                Down<TWeight>(
                    chunk.AsSpan((from - first) * stride), stride, weights[(from - start)..(to - start)], sum.AsSpan(0, stride),
                    goesOn: from > start);
                if (to < start + weights.Length)
                    continue;
                // Going across loads up to three values behind the row's end, which count for nothing.
                Across<TWeight>(sum, across, channels, destination.Slice(y * newStride, across.Length * channels));
                sums.Remove(y);
                spare.Push(sum);
                done = y + 1;
            }
        }
    }
}
