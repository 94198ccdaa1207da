namespace Wct.Imaging.Tests;

/// <summary>Pictures to write, and what other programs should find in them.</summary>
internal static class TestPictures
{
    /// <summary>Noise, or something smooth with alpha from 0 to 255.</summary>
    internal static Bitmap Make(int width, int height, PixelFormat format, int seed, bool noisy)
    {
        Bitmap bitmap = new(width, height, format);
        Random random = new(seed);
        int components = format.BytesPerPixel();
        for (int i = 0; i < bitmap.Pixels.Length; i++)
        {
            (int x, int y, int c) = (i / components % width, i / bitmap.Stride, i % components);
            bitmap.Pixels[i] = (byte)(noisy ? random.Next(256) : 127.5 + 127.5 * Math.Sin(0.05 * x * (c + 1) + 0.08 * y + seed));
        }

        return bitmap;
    }

    /// <summary>Red, green, blue of every pixel, alpha ignored.</summary>
    internal static byte[] Rgb(Bitmap bitmap)
    {
        int components = bitmap.Format.BytesPerPixel();
        return [.. bitmap.Pixels.Chunk(components).SelectMany(p => components == 1 ? [p[0], p[0], p[0]] : p[..3])];
    }

    /// <summary>Every pixel's alpha; 255 without one.</summary>
    internal static byte[] Alpha(Bitmap bitmap) =>
        [.. bitmap.Pixels.Chunk(bitmap.Format.BytesPerPixel()).Select(p => p.Length == 4 ? p[3] : (byte)255)];
}
