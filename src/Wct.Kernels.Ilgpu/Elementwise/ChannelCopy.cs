using ILGPU;
using ILGPU.Backends.EntryPoints;

namespace Wct.Kernels.Ilgpu.Elementwise;

/// <summary>Copies neighboring channels of one map to channels of another.</summary>
internal static class ChannelCopy
{
    private const int ThreadBlockSize = 256;

    /// <param name="source">[pixels, sourceChannels].</param>
    /// <param name="destination">[pixels, destinationChannels]; the other channels are unchanged.</param>
    /// <param name="sourceChannels">Channels of the source.</param>
    /// <param name="destinationChannels">Channels of the destination.</param>
    /// <param name="first">The first channel to read.</param>
    /// <param name="firstDestination">The first channel to write.</param>
    /// <param name="count">Number of channels to copy.</param>
    /// <param name="pixels">Pixels of each map.</param>
    [KernelName("ChannelCopy"), ThreadBlock(ThreadBlockSize, perItem: true)]
    internal static void Run(
        ArrayView<float> source, ArrayView<float> destination, int sourceChannels, int destinationChannels, int first,
        int firstDestination, int count, int pixels)
    {
        long i = (long)Grid.IdxX * ThreadBlockSize + Group.IdxX;
        if (i >= (long)pixels * count)
            return;
        long pixel = i / count, channel = i % count;
        destination[pixel * destinationChannels + firstDestination + channel] = source[pixel * sourceChannels + first + channel];
    }
}
