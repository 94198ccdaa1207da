namespace Wct.Net.Tests.Transparency;

/// <summary>Creates pictures with alpha.</summary>
internal static class Cutout
{
    /// <summary>Texture with alpha 255.</summary>
    internal static PixelImage Opaque(int width, int height, PixelLayout format = PixelLayout.Rgba32, int seed = 1)
    {
        PixelImage image = Pictures.Textured(width, height, seed, format);
        for (int i = 3; i < image.Bytes.Length; i += 4)
            image.Bytes[i] = 255;
        return image;
    }

    /// <summary>An ellipse of texture with a soft edge; the pixels around it are hidden.</summary>
    internal static PixelImage Ellipse(int width, int height, PixelLayout format = PixelLayout.Rgba32, int seed = 1)
    {
        PixelImage image = Opaque(width, height, format, seed);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                double across = (x + 0.5) / width * 2 - 1, down = (y + 0.5) / height * 2 - 1;
                image.Bytes[y * image.Stride + x * 4 + 3] = (byte)Math.Clamp(
                    255 * (1 - across * across * 1.6 - down * down * 1.3) * 6, 0, 255);
            }
        }

        return image;
    }

    /// <summary>Texture with scattered hidden pixels and hidden squares.</summary>
    internal static PixelImage Holes(int width, int height, int seed, PixelLayout format = PixelLayout.Rgba32)
    {
        PixelImage image = Opaque(width, height, format, seed);
        Random random = new(seed);
        for (int i = 0; i < width * height; i++)
        {
            if (random.Next(9) == 0 || (i % width / 20 + i / width / 20) % 2 == 1)
                image.Bytes[4 * i + 3] = 0;
        }

        return image;
    }

    /// <summary>A copy with other colors in hidden pixels.</summary>
    internal static PixelImage Recolored(PixelImage image, int seed)
    {
        PixelImage other = new([.. image.Bytes], image.Width, image.Height, image.Stride, image.Layout);
        Random random = new(seed);
        for (int i = 0; i < other.Bytes.Length; i += 4)
        {
            if (other.Bytes[i + 3] == 0)
                random.NextBytes(other.Bytes.AsSpan(i, 3));
        }

        return other;
    }

    /// <summary>Premultiplies a picture with straight alpha.</summary>
    internal static PixelImage Premultiply(PixelImage image, PixelLayout format)
    {
        byte[] bytes = [.. image.Bytes];
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = i % 4 == 3 ? bytes[i] : (byte)Math.Round(bytes[i] * image.Bytes[i / 4 * 4 + 3] / 255.0);
        return new PixelImage(bytes, image.Width, image.Height, image.Stride, format);
    }
}
