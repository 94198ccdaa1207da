using ILGPU;
using ILGPU.Backends.EntryPoints;

namespace Wct.Kernels.Ilgpu.Statistics;

/// <summary>Computes the weighted sum of each channel over a region, and the sum of the weights, in double precision: one row of sums for
/// each segment.</summary>
internal static class WeightedSums
{
    private const int ThreadBlockSize = ChannelLines.ThreadBlockSize, Channels = ChannelLines.Channels, Lines = ChannelLines.Lines;

    /// <param name="features">[any, mapWidth, channels].</param>
    /// <param name="weights">[pixels], one weight per pixel of the region.</param>
    /// <param name="sums">[segments, channels + 1]; the last sum of a segment is the sum of its weights.</param>
    /// <param name="channels">Channels of the map.</param>
    /// <param name="mapWidth">Pixels per row of the map.</param>
    /// <param name="y">The region's first row.</param>
    /// <param name="x">The region's first column.</param>
    /// <param name="width">Pixels per row of the region.</param>
    /// <param name="pixels">Pixels of the region.</param>
    /// <param name="segmentPixels">Pixels of a segment.</param>
    [KernelName("WeightedSums"), ThreadBlock(ThreadBlockSize)]
    internal static void Run(
        ArrayView<float> features, ArrayView<float> weights, ArrayView<double> sums, int channels, int mapWidth, int y, int x, int width,
        int pixels, int segmentPixels)
    {
        ArrayView<double> lines = SharedMemory.Allocate<double>(ThreadBlockSize);
        int channel = Grid.IdxX * Channels + Group.IdxX % Channels, line = Group.IdxX / Channels;
        long first = (long)Grid.IdxY * segmentPixels;
        int end = (int)Math.Min(pixels, first + segmentPixels);
        double sum = 0;
        if (channel <= channels)
        {
            for (int i = (int)first + line; i < end; i += Lines)
                sum += weights[i] * Value(features, ((long)(y + i / width) * mapWidth + x + i % width) * channels, channel, channels);
        }

        lines[Group.IdxX] = sum;
        Group.Barrier();
        if (line != 0 || channel > channels)
            return;
        sums[(long)Grid.IdxY * (channels + 1) + channel] = ChannelLines.Sum(lines, sum);
    }

    // The channel after the last one sums the weights.
    private static double Value(ArrayView<float> features, long at, int channel, int channels) =>
        channel < channels ? features[at + channel] : 1;
}
