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

    /// <summary>Creates a picture with features that are hard for codecs: gradients, saturated colors, hard edges, noise.</summary>
    internal static PixelImage Hard(int width, int height, PixelLayout format = PixelLayout.Rgb24, int seed = 1)
    {
        Random random = new(seed);
        PixelImage picture = new(width, height, format);
        int components = format.BytesPerPixel();
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                for (int c = 0; c < components; c++)
                    picture.Row(y)[(x * components) + c] = (byte)Math.Clamp(Value(x, y, c) + random.Next(-12, 13), 0, 255);
            }
        }

        return picture;
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

    /// <summary>Red, green, blue and alpha of every pixel.</summary>
    internal static byte[] Rgba(PixelImage picture) =>
        [.. picture.Bytes.Chunk(picture.Layout.BytesPerPixel()).SelectMany(p => p.Length switch
        {
            1 => [p[0], p[0], p[0], 255],
            3 => [p[0], p[1], p[2], 255],
            _ => p,
        })];

    private static int Value(int x, int y, int c) => (((x / 11) + (y / 7)) % 3) switch
    {
        0 => 128 + (int)(150 * Math.Sin((x + (c * 9)) * 0.13) * Math.Cos(y * 0.09)),
        1 => (x / 3 % 2 == 0) == (c == (y / 5 % 3)) ? 255 : 0,
        _ => ((3 * x) + (5 * y) + (40 * c)) % 256,
    };
}
