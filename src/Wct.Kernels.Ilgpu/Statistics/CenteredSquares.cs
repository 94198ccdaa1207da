using ILGPU;
using ILGPU.Backends.EntryPoints;

namespace Wct.Kernels.Ilgpu.Statistics;

/// <summary>Sums the squares of each centered channel over a region in double precision: one sum for each segment of the region's
/// pixels.</summary>
internal static class CenteredSquares
{
    private const int ThreadBlockSize = ChannelLines.ThreadBlockSize, Channels = ChannelLines.Channels, Lines = ChannelLines.Lines;

    /// <param name="features">[any, mapWidth, channels].</param>
    /// <param name="mean">[channels].</param>
    /// <param name="sums">[segments, channels].</param>
    /// <param name="channels">Channels of the map.</param>
    /// <param name="mapWidth">Pixels per row of the map.</param>
    /// <param name="y">The region's first row.</param>
    /// <param name="x">The region's first column.</param>
    /// <param name="width">Pixels per row of the region.</param>
    /// <param name="pixels">Pixels of the region.</param>
    /// <param name="segmentPixels">Pixels of a segment.</param>
    [KernelName("CenteredSquares"), ThreadBlock(ThreadBlockSize)]
    internal static void Run(
        ArrayView<float> features, ArrayView<double> mean, ArrayView<double> sums, int channels, int mapWidth, int y, int x, int width,
        int pixels, int segmentPixels)
    {
        ArrayView<double> lines = SharedMemory.Allocate<double>(ThreadBlockSize);
        int channel = Grid.IdxX * Channels + Group.IdxX % Channels, line = Group.IdxX / Channels;
        long first = (long)Grid.IdxY * segmentPixels;
        int end = (int)Math.Min(pixels, first + segmentPixels);
        double sum = 0;
        if (channel < channels)
        {
            double center = mean[channel];
            for (int i = (int)first + line; i < end; i += Lines)
            {
                double value = features[((long)(y + i / width) * mapWidth + x + i % width) * channels + channel] - center;
                sum += value * value;
            }
        }

        lines[Group.IdxX] = sum;
        Group.Barrier();
        if (line != 0 || channel >= channels)
            return;
        sums[(long)Grid.IdxY * channels + channel] = ChannelLines.Sum(lines, sum);
    }
}
