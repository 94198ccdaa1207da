using ILGPU;
using ILGPU.Backends.EntryPoints;

namespace Wct.Kernels.Ilgpu.Pixels;

/// <summary>Packs samples in 0..1 into three bytes each, and unpacks them.</summary>
internal static class PackedTransfer
{
    private const int ThreadBlockSize = 256, Levels = 1 << 24;

    /// <param name="image">[any, imageWidth, 3].</param>
    /// <param name="samples">[any, pictureWidth, 3 colors, 3 bytes], the lowest byte first.</param>
    /// <param name="imageWidth">Pixels per row of the image.</param>
    /// <param name="pictureWidth">Pixels per row of the packed picture.</param>
    /// <param name="imageY">The region's first row in the image.</param>
    /// <param name="imageX">The region's first column in the image.</param>
    /// <param name="pictureY">The region's first row in the packed picture.</param>
    /// <param name="pictureX">The region's first column in the packed picture.</param>
    /// <param name="height">Rows of the region.</param>
    /// <param name="width">Pixels per row of the region.</param>
    [KernelName("Pack"), ThreadBlock(ThreadBlockSize, perItem: true)]
    internal static void Pack(
        ArrayView<float> image, ArrayView<byte> samples, int imageWidth, int pictureWidth, int imageY, int imageX, int pictureY,
        int pictureX, int height, int width)
    {
        long i = (long)Grid.IdxX * ThreadBlockSize + Group.IdxX, rowLength = 3L * width;
        if (i >= height * rowLength)
            return;
        long row = i / rowLength, within = i % rowLength;
        int sample = Sample(image[((imageY + row) * imageWidth + imageX) * 3 + within]);
        long at = (((pictureY + row) * pictureWidth + pictureX) * 3 + within) * 3;
        samples[at] = (byte)sample;
        samples[at + 1] = (byte)(sample >> 8);
        samples[at + 2] = (byte)(sample >> 16);
    }

    /// <param name="samples">[any, pictureWidth, 3 colors, 3 bytes], the lowest byte first.</param>
    /// <param name="image">[height, width, 3]; the region fills it.</param>
    /// <param name="pictureWidth">Pixels per row of the packed picture.</param>
    /// <param name="pictureY">The region's first row in the packed picture.</param>
    /// <param name="pictureX">The region's first column in the packed picture.</param>
    /// <param name="height">Rows of the region.</param>
    /// <param name="width">Pixels per row of the region.</param>
    [KernelName("Unpack"), ThreadBlock(ThreadBlockSize, perItem: true)]
    internal static void Unpack(
        ArrayView<byte> samples, ArrayView<float> image, int pictureWidth, int pictureY, int pictureX, int height, int width)
    {
        long i = (long)Grid.IdxX * ThreadBlockSize + Group.IdxX, rowLength = 3L * width;
        if (i >= height * rowLength)
            return;
        long at = (((pictureY + i / rowLength) * pictureWidth + pictureX) * 3 + i % rowLength) * 3;
        image[i] = (samples[at] | samples[at + 1] << 8 | samples[at + 2] << 16) * (1f / Levels);
    }

    // Rounds to the nearest, half to even; NaN becomes 0. It rounds with integers, because devices round floats differently.
    private static int Sample(float value)
    {
        float scaled = (value > 0f ? Math.Min(1f, value) : 0f) * Levels;
        int whole = (int)scaled;
        float rest = scaled - whole;
        if (rest > 0.5f || (rest == 0.5f && (whole & 1) != 0))
            whole++;
        return Math.Min(Levels - 1, whole);
    }
}
