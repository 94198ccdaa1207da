using ILGPU;
using ILGPU.Backends.EntryPoints;

namespace Wct.Kernels.Ilgpu.Pixels;

/// <summary>A picture of 0..1 to interleaved bytes, cropped from the top left.</summary>
internal static class StorePixels
{
    private const int GroupSize = 256;

    /// <param name="image">[any, imageWidth, 3].</param>
    /// <param name="bytes">[height, width, size], without gaps.</param>
    /// <param name="size">Bytes of a pixel: 3, or 1 for luminance.</param>
    /// <param name="red">Where red goes in it.</param>
    [KernelName("StorePixels"), Group(GroupSize)]
    internal static void Run(
        ArrayView<float> image, ArrayView<byte> bytes, int height, int width, int imageWidth, int size, int red, int green, int blue)
    {
        long i = (long)Grid.IdxX * GroupSize + Group.IdxX;
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
