using Wct.Kernels;

namespace Wct.Net.Recipes;

/// <summary>Reads masks from pictures, row by row.</summary>
internal static class MaskPicture
{
    private const int BandRows = 64;

    /// <summary>Reads the shares from a gray picture. Colors count by their luminance, and shares are multiplied by alpha.</summary>
    internal static StyleMask Gray(IPixelReader picture)
    {
        byte[] shares = new byte[checked(picture.Width * picture.Height)];
        Read(picture, (rows, at) => ToGray(rows.Bytes, rows.Layout, shares.AsSpan(at, rows.Width * rows.Height)));
        return StyleMask.Owning(shares, picture.Width, picture.Height);
    }

    /// <summary>Reads the regions from a picture in which each has its own color.</summary>
    /// <param name="picture">The picture. Alpha is ignored.</param>
    /// <param name="colors">The colors of the regions.</param>
    /// <returns>A mask per color.</returns>
    internal static StyleMask[] Labels(IPixelReader picture, IReadOnlyList<(byte Red, byte Green, byte Blue)> colors)
    {
        byte[][] shares = [.. colors.Select(_ => new byte[checked(picture.Width * picture.Height)])];
        Read(picture, (rows, at) =>
        {
            for (int i = 0; i < shares.Length; i++)
                StyleMask.OfLabel(rows, colors[i].Red, colors[i].Green, colors[i].Blue).Shares.CopyTo(shares[i].AsSpan(at));
        });
        return [.. shares.Select(own => StyleMask.Owning(own, picture.Width, picture.Height))];
    }

    /// <summary>Resizes a mask.</summary>
    internal static StyleMask Resized(StyleMask mask, int width, int height)
    {
        if ((mask.Width, mask.Height) == (width, height))
            return mask;
        PixelImage resized = Resizing.To(new Pixels(mask.Shares, mask.Width, mask.Height, 0, PixelLayout.Gray8), width, height);
        return StyleMask.Owning(resized.Bytes, width, height);
    }

    // 'use' gets some rows, and the number of pixels before them.
    private static void Read(IPixelReader picture, Action<PixelImage, int> use)
    {
        for (int y = 0; y < picture.Height; y += BandRows)
        {
            PixelImage rows = new(picture.Width, Math.Min(BandRows, picture.Height - y), picture.Layout);
            picture.ReadRows(rows.Bytes);
            use(rows, y * picture.Width);
        }
    }

    private static void ToGray(ReadOnlySpan<byte> pixels, PixelLayout layout, Span<byte> grays)
    {
        const int Alpha = 3;
        if (layout == PixelLayout.Gray8)
        {
            pixels.CopyTo(grays);
            return;
        }

        byte[] straight = new byte[pixels.Length];
        LayoutConversion.ToFiles(pixels, layout, straight);
        int size = layout.BytesPerPixel();
        for (int i = 0; i < grays.Length; i++)
        {
            ReadOnlySpan<byte> pixel = straight.AsSpan(i * size, size);
            // ITU-R BT.601 in thousandths, rounded to the nearest. Three equal components keep their value.
            int gray = (299 * pixel[0] + 587 * pixel[1] + 114 * pixel[2] + 500) / 1000;
            grays[i] = (byte)(layout.HasAlpha() ? (gray * pixel[Alpha] + 127) / 255 : gray);
        }
    }
}
