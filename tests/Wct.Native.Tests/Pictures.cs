using Wct.Net;

namespace Wct.Native.Tests;

/// <summary>Creates small synthetic pictures.</summary>
internal static class Pictures
{
    /// <summary>Creates a picture of smooth colors with some noise.</summary>
    internal static PixelImage Textured(int width, int height, int seed = 1, PixelLayout format = PixelLayout.Rgb24)
    {
        Random random = new(seed);
        PixelImage image = new(width, height, format);
        for (int i = 0; i < image.Bytes.Length; i++)
            image.Bytes[i] = (byte)(128 + 80 * Math.Sin(i % image.Stride * 0.07 + i / image.Stride * 0.13 + seed) + random.Next(40));
        return image;
    }
}
