using ILGPU;
using ILGPU.Backends.EntryPoints;

namespace Wct.Kernels.Ilgpu.Pixels;

/// <summary>Converts a picture with values in 0..1, cropped to its top left, to interleaved bytes.</summary>
internal static class StorePixels
{
    private const int ThreadBlockSize = 256;

    /// <param name="image">[any, imageWidth, 3].</param>
    /// <param name="bytes">[height, width, size], without gaps.</param>
    /// <param name="height">Rows of the bytes.</param>
    /// <param name="width">Pixels per row of the bytes.</param>
    /// <param name="imageWidth">Pixels per row of the picture.</param>
    /// <param name="size">Bytes of a pixel: 1 (luminance), 3, or 4. Of four bytes, one is not written.</param>
    /// <param name="red">Offset of red in a pixel, in bytes.</param>
    /// <param name="green">Offset of green in a pixel, in bytes.</param>
    /// <param name="blue">Offset of blue in a pixel, in bytes.</param>
    [KernelName("StorePixels"), ThreadBlock(ThreadBlockSize, perItem: true)]
    internal static void Run(
        ArrayView<float> image, ArrayView<byte> bytes, int height, int width, int imageWidth, int size, int red, int green, int blue)
    {
        long i = (long)Grid.IdxX * ThreadBlockSize + Group.IdxX;
        if (i >= (long)height * width)
            return;
        long at = (i / width * imageWidth + i % width) * 3;
        float r = Clamp(image[at]), g = Clamp(image[at + 1]), b = Clamp(image[at + 2]);
        if (size == 1)
        {
            // ITU-R BT.601, as in JPEG.
            bytes[i] = Round(0.299f * r + 0.587f * g + 0.114f * b);
            return;
        }

        bytes[i * size + red] = Round(r);
        bytes[i * size + green] = Round(g);
        bytes[i * size + blue] = Round(b);
    }

    private static float Clamp(float value) => Math.Min(1f, Math.Max(0f, value));

    private static byte Round(float value) => (byte)(int)(255f * value + 0.5f);
}
