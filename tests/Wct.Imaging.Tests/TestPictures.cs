namespace Wct.Imaging.Tests;

/// <summary>Creates pictures, and gives their pixels in the form that other programs use.</summary>
internal static class TestPictures
{
    /// <summary>Creates noise, or a smooth picture with alpha from 0 to 255.</summary>
    internal static PixelImage Make(int width, int height, PixelLayout format, int seed, bool noisy)
    {
        PixelImage bitmap = new(width, height, format);
        Random random = new(seed);
        int components = format.BytesPerPixel();
        for (int i = 0; i < bitmap.Bytes.Length; i++)
        {
            (int x, int y, int c) = (i / components % width, i / bitmap.Stride, i % components);
            bitmap.Bytes[i] = (byte)(noisy ? random.Next(256) : 127.5 + 127.5 * Math.Sin(0.05 * x * (c + 1) + 0.08 * y + seed));
        }

        return bitmap;
    }

    /// <summary>Red, green, blue of every pixel, alpha ignored.</summary>
    internal static byte[] Rgb(PixelImage bitmap)
    {
        int components = bitmap.Layout.BytesPerPixel();
        return [.. bitmap.Bytes.Chunk(components).SelectMany(p => components == 1 ? [p[0], p[0], p[0]] : p[..3])];
    }

    /// <summary>Every pixel's alpha; 255 without one.</summary>
    internal static byte[] Alpha(PixelImage bitmap) =>
        [.. bitmap.Bytes.Chunk(bitmap.Layout.BytesPerPixel()).Select(p => p.Length == 4 ? p[3] : (byte)255)];
}
