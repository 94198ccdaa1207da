using Wct.Imaging;

namespace Wct.Robustness.Comparison;

/// <summary>A picture in the format in which the decoders' results are compared.</summary>
/// <param name="Width">Pixels per row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Pixels">[Height, Width, 4]: red, green, blue, alpha.</param>
internal sealed record RgbaPicture(int Width, int Height, byte[] Pixels)
{
    internal static RgbaPicture Of(PixelImage bitmap)
    {
        int components = bitmap.Layout.BytesPerPixel();
        if (components == 4)
            return new RgbaPicture(bitmap.Width, bitmap.Height, bitmap.Bytes);
        byte[] pixels = new byte[bitmap.Width * bitmap.Height * 4];
        ReadOnlySpan<byte> from = bitmap.Bytes;
        int green = components == 1 ? 0 : 1, blue = components == 1 ? 0 : 2;
        for (int i = 0, at = 0; i < pixels.Length; i += 4, at += components)
            (pixels[i], pixels[i + 1], pixels[i + 2], pixels[i + 3]) = (from[at], from[at + green], from[at + blue], 255);
        return new RgbaPicture(bitmap.Width, bitmap.Height, pixels);
    }

    /// <summary>The largest difference of a color component; -1 if the sizes differ.</summary>
    internal int ColorDifference(RgbaPicture other) => Difference(other, first: 0, count: 3);

    /// <summary>The largest difference of alpha; -1 if the sizes differ.</summary>
    internal int AlphaDifference(RgbaPicture other) => Difference(other, first: 3, count: 1);

    /// <summary>The largest difference of a component; colors of pixels that are transparent in both pictures don't count.</summary>
    /// <param name="other">A picture of the same size.</param>
    internal int VisibleDifference(RgbaPicture other)
    {
        int largest = 0;
        for (int i = 0; i < Pixels.Length; i++)
        {
            if ((Pixels[i | 3] | other.Pixels[i | 3]) != 0)
                largest = Math.Max(largest, Math.Abs(Pixels[i] - other.Pixels[i]));
        }

        return largest;
    }

    /// <summary>Applies an EXIF orientation, as viewers do.</summary>
    /// <param name="orientation">1 to 8; anything else counts as 1.</param>
    internal RgbaPicture Turned(int orientation)
    {
        if (orientation is < 2 or > 8)
            return this;
        bool swaps = orientation >= 5;
        int width = swaps ? Height : Width, height = swaps ? Width : Height;
        bool flipsX = orientation is 2 or 3 or 7 or 8, flipsY = orientation is 3 or 4 or 6 or 7;
        byte[] pixels = new byte[Pixels.Length];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                (int fromX, int fromY) = swaps ? (y, x) : (x, y);
                fromX = flipsX ? Width - 1 - fromX : fromX;
                fromY = flipsY ? Height - 1 - fromY : fromY;
                Pixels.AsSpan((fromY * Width + fromX) * 4, 4).CopyTo(pixels.AsSpan((y * width + x) * 4));
            }
        }

        return new RgbaPicture(width, height, pixels);
    }

    private int Difference(RgbaPicture other, int first, int count)
    {
        if (Width != other.Width || Height != other.Height)
            return -1;
        if (Pixels.AsSpan().SequenceEqual(other.Pixels))
            return 0;
        int largest = 0;
        for (int i = 0; i < Pixels.Length; i += 4)
        {
            for (int c = first; c < first + count; c++)
                largest = Math.Max(largest, Math.Abs(Pixels[i + c] - other.Pixels[i + c]));
        }

        return largest;
    }
}
