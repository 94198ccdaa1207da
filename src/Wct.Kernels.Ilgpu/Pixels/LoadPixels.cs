using ILGPU;
using ILGPU.Backends.EntryPoints;

namespace Wct.Kernels.Ilgpu.Pixels;

/// <summary>Converts interleaved bytes to a picture with values in 0..1, extended by reflection.</summary>
internal static class LoadPixels
{
    private const int ThreadBlockSize = 256;

    /// <param name="bytes">[height, width, size], without gaps.</param>
    /// <param name="image">[imageHeight, imageWidth, 3].</param>
    /// <param name="height">Rows of the bytes.</param>
    /// <param name="width">Pixels per row of the bytes.</param>
    /// <param name="imageHeight">Rows of the picture.</param>
    /// <param name="imageWidth">Pixels per row of the picture.</param>
    /// <param name="size">Bytes of a pixel.</param>
    /// <param name="red">Offset of red in a pixel, in bytes.</param>
    /// <param name="green">Offset of green in a pixel, in bytes.</param>
    /// <param name="blue">Offset of blue in a pixel, in bytes.</param>
    [KernelName("LoadPixels"), ThreadBlock(ThreadBlockSize, perItem: true)]
    internal static void Run(
        ArrayView<byte> bytes, ArrayView<float> image, int height, int width, int imageHeight, int imageWidth, int size, int red, int green,
        int blue)
    {
        long i = (long)Grid.IdxX * ThreadBlockSize + Group.IdxX;
        if (i >= (long)imageHeight * imageWidth)
            return;
        int y = Reflection.Index((int)(i / imageWidth), height), x = Reflection.Index((int)(i % imageWidth), width);
        long pixel = ((long)y * width + x) * size;
        image[3 * i] = Value(bytes[pixel + red]);
        image[3 * i + 1] = Value(bytes[pixel + green]);
        image[3 * i + 2] = Value(bytes[pixel + blue]);
    }

    // Divides in double precision, because devices round quotients of floats differently.
    private static float Value(byte value) => (float)(value / 255.0);
}
