using ILGPU;
using ILGPU.Backends.EntryPoints;

namespace Wct.Kernels.Ilgpu.Pixels;

/// <summary>Interleaved bytes to a picture of 0..1, extended by reflection.</summary>
internal static class LoadPixels
{
    private const int GroupSize = 256;

    /// <param name="bytes">[height, width, size], without gaps.</param>
    /// <param name="image">[imageHeight, imageWidth, 3].</param>
    /// <param name="size">Bytes of a pixel.</param>
    /// <param name="red">Where red lies in it.</param>
    [KernelName("LoadPixels"), Group(GroupSize)]
    internal static void Run(
        ArrayView<byte> bytes, ArrayView<float> image, int height, int width, int imageHeight, int imageWidth, int size, int red, int green, int blue)
    {
        long i = (long)Grid.IdxX * GroupSize + Group.IdxX;
        if (i >= (long)imageHeight * imageWidth)
            return;
        int y = Reflection.Index((int)(i / imageWidth), height), x = Reflection.Index((int)(i % imageWidth), width);
        long pixel = ((long)y * width + x) * size;
        image[3 * i] = Value(bytes[pixel + red]);
        image[3 * i + 1] = Value(bytes[pixel + green]);
        image[3 * i + 2] = Value(bytes[pixel + blue]);
    }

    // In double: devices may round a quotient of floats either way.
    private static float Value(byte value) => (float)(value / 255.0);
}
