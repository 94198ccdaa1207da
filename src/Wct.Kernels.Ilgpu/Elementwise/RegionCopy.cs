using ILGPU;
using ILGPU.Backends.EntryPoints;

namespace Wct.Kernels.Ilgpu.Elementwise;

/// <summary>Copies a region of one map into another.</summary>
internal static class RegionCopy
{
    private const int ThreadBlockSize = 256;

    /// <param name="source">[any, sourceWidth, channels].</param>
    /// <param name="destination">[any, destinationWidth, channels]; unchanged outside of the region.</param>
    /// <param name="channels">Channels of both maps.</param>
    /// <param name="sourceWidth">Pixels per row of the source.</param>
    /// <param name="destinationWidth">Pixels per row of the destination.</param>
    /// <param name="sourceY">The region's first row in the source.</param>
    /// <param name="sourceX">The region's first column in the source.</param>
    /// <param name="destinationY">The region's first row in the destination.</param>
    /// <param name="destinationX">The region's first column in the destination.</param>
    /// <param name="height">Rows of the region.</param>
    /// <param name="width">Pixels per row of the region.</param>
    [KernelName("RegionCopy"), ThreadBlock(ThreadBlockSize, perItem: true)]
    internal static void Run(
        ArrayView<float> source, ArrayView<float> destination, int channels, int sourceWidth, int destinationWidth, int sourceY,
        int sourceX, int destinationY, int destinationX, int height, int width)
    {
        long i = (long)Grid.IdxX * ThreadBlockSize + Group.IdxX, rowLength = (long)width * channels;
        if (i >= height * rowLength)
            return;
        long row = i / rowLength, within = i % rowLength;
        destination[((destinationY + row) * destinationWidth + destinationX) * channels + within] =
            source[((sourceY + row) * sourceWidth + sourceX) * channels + within];
    }
}
