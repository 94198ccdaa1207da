using SkiaSharp;

namespace Wct.SkiaSharp;

/// <summary>Makes bitmaps of the library's pictures.</summary>
public static class PixelImageExtensions
{
    /// <summary>Copies a picture into a bitmap.</summary>
    /// <param name="image">The picture.</param>
    /// <returns>A bitmap in sRGB: gray for a gray picture, BGRA for a picture in BGRA, and RGBA for all others. It is opaque if the picture
    /// has no alpha, and premultiplied if the picture is. The caller disposes of it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="image"/> is null.</exception>
    /// <exception cref="InsufficientMemoryException">Skia can't allocate the bitmap.</exception>
    public static SKBitmap ToBitmap(this PixelImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        SKColorType type = image.Layout switch
        {
            PixelLayout.Gray8 => SKColorType.Gray8,
            PixelLayout.Bgra32 or PixelLayout.BgraPremultiplied => SKColorType.Bgra8888,
            _ => SKColorType.Rgba8888,
        };
        SKAlphaType alpha = !image.Layout.HasAlpha() ? SKAlphaType.Opaque
            : image.Layout.IsPremultiplied() ? SKAlphaType.Premul : SKAlphaType.Unpremul;
        PixelImage source = image.Layout == PixelLayout.Bgr24 ? image.ToRgb() : image;
        SKBitmap bitmap = PixelMemory.Allocate(new SKImageInfo(image.Width, image.Height, type, alpha, SKColorSpace.CreateSrgb()));
        using SKPixmap pixmap = bitmap.PeekPixels();
        for (int y = 0; y < source.Height; y++)
        {
            Span<byte> row = PixelMemory.Row(pixmap, y);
            if (source.Layout == PixelLayout.Rgb24)
                AddAlpha(source.Row(y), row);
            else
                source.Row(y).CopyTo(row);
        }

        return bitmap;
    }

    private static void AddAlpha(ReadOnlySpan<byte> rgb, Span<byte> rgba)
    {
        for (int from = 0, to = 0; to < rgba.Length; from += 3, to += 4)
            (rgba[to], rgba[to + 1], rgba[to + 2], rgba[to + 3]) = (rgb[from], rgb[from + 1], rgb[from + 2], byte.MaxValue);
    }
}
