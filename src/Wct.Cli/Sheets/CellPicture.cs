using Wct.Kernels;
using Wct.Net;

namespace Wct.Cli.Sheets;

/// <summary>Resizes pictures so that their longer side has a given length.</summary>
internal static class CellPicture
{
    /// <summary>Resizes a picture that is read row by row.</summary>
    /// <param name="picture">The picture; all of its rows are read.</param>
    /// <param name="longerSide">Length of the result's longer side in pixels, at least 1.</param>
    /// <returns>The picture in layout <see cref="PixelLayout.Rgb24"/>. Transparent pixels are blended with white.</returns>
    internal static PixelImage Of(IPixelReader picture, int longerSide)
    {
        PixelLayout layout = picture.Layout;
        byte[] row = new byte[layout == PixelLayout.Rgb24 ? 0 : checked(picture.Width * layout.BytesPerPixel())];
        PixelImage resized = Empty(picture.Width, picture.Height, longerSide);
        Resample.Bicubic(
            Read, picture.Width, picture.Height, 3, resized.Bytes, resized.Width, resized.Height, resized.Stride);
        return resized;

        void Read(Span<byte> rgb)
        {
            picture.ReadRows(layout == PixelLayout.Rgb24 ? rgb : row);
            if (layout != PixelLayout.Rgb24)
                LayoutConversion.ToRgb(row, layout, rgb);
        }
    }

    /// <summary>Resizes a picture in memory.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="longerSide">Length of the result's longer side in pixels, at least 1.</param>
    /// <returns>The picture in layout <see cref="PixelLayout.Rgb24"/>. Transparent pixels are blended with white.</returns>
    internal static PixelImage Of(Pixels picture, int longerSide)
    {
        if (picture.Layout != PixelLayout.Rgb24)
        {
            int bytes = picture.Width * picture.Layout.BytesPerPixel();
            PixelImage rgb = new(picture.Width, picture.Height);
            for (int y = 0; y < rgb.Height; y++)
                LayoutConversion.ToRgb(picture.Bytes.Slice(checked(y * picture.Stride), bytes), picture.Layout, rgb.Row(y));
            return Of(rgb, longerSide);
        }

        PixelImage resized = Empty(picture.Width, picture.Height, longerSide);
        Resample.Bicubic(
            picture.Bytes, picture.Width, picture.Height, picture.Stride, 3,
            resized.Bytes, resized.Width, resized.Height, resized.Stride);
        return resized;
    }

    private static PixelImage Empty(int width, int height, int longerSide)
    {
        int longer = Math.Max(width, height);
        return new PixelImage(Scale(width, longer, longerSide), Scale(height, longer, longerSide));
    }

    // The length of a side, rounded and at least 1, if the longer of both sides is scaled to 'size'.
    private static int Scale(int length, int longer, int size) =>
        (int)Math.Max(1, ((long)length * size + longer / 2) / longer);
}
