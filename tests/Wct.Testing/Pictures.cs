namespace Wct.Testing;

/// <summary>Small synthetic pictures.</summary>
public static class Pictures
{
    /// <summary>Smooth colors with some noise, which have a covariance.</summary>
    public static PixelImage Textured(int width, int height, int seed = 1, PixelLayout format = PixelLayout.Rgb24)
    {
        Random random = new(seed);
        PixelImage image = new(width, height, format);
        int size = format.BytesPerPixel();
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                for (int c = 0; c < size; c++)
                    image.Bytes[y * image.Stride + x * size + c] =
                        (byte)(128 + 80 * Math.Sin(x * 0.2 * (c + 1) + y * 0.13 + seed) + random.Next(40));
            }
        }

        return image;
    }

    /// <summary>Random bytes.</summary>
    public static PixelImage Noise(int width, int height, int seed, PixelLayout format = PixelLayout.Rgb24)
    {
        PixelImage image = new(width, height, format);
        new Random(seed).NextBytes(image.Bytes);
        return image;
    }

    /// <summary>A picture of one color.</summary>
    public static PixelImage Constant(int width, int height, byte value)
    {
        PixelImage image = new(width, height);
        Array.Fill(image.Bytes, value);
        return image;
    }
}
