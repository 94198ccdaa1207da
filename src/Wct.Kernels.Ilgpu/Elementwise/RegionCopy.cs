using ILGPU;
using ILGPU.Backends.EntryPoints;

namespace Wct.Kernels.Ilgpu.Elementwise;

/// <summary>Copies a region of one map into another.</summary>
internal static class RegionCopy
{
    private const int ThreadBlockSize = 256;

    /// <param name="source">[H, W, C].</param>
    /// <param name="destination">[H', W', C]; unchanged outside of the region.</param>
    /// <param name="sourceY">The region's first row in the source.</param>
    /// <param name="height">Rows of the region.</param>
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
