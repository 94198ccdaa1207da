namespace Wct.Imaging.Tests.Jpeg;

/// <summary>Creates pictures with features that are hard for codecs: gradients, saturated colors, hard edges, noise.</summary>
internal static class TestPicture
{
    /// <summary>Creates a picture that depends only on the arguments.</summary>
    internal static PixelImage Create(int width, int height, PixelLayout format = PixelLayout.Rgb24, int seed = 1)
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

    private static int Value(int x, int y, int c) => (((x / 11) + (y / 7)) % 3) switch
    {
        0 => 128 + (int)(150 * Math.Sin((x + (c * 9)) * 0.13) * Math.Cos(y * 0.09)),
        1 => (x / 3 % 2 == 0) == (c == (y / 5 % 3)) ? 255 : 0,
        _ => ((3 * x) + (5 * y) + (40 * c)) % 256,
    };
}
