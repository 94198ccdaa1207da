using System.Runtime.InteropServices;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace Wct.ImageSharp;

/// <summary>Makes ImageSharp's images of the library's pictures.</summary>
public static class PixelImageExtensions
{
    /// <summary>Copies a picture into an image.</summary>
    /// <param name="image">The picture.</param>
    /// <returns>An image of the same pixel type (L8 for gray); Rgba32 for premultiplied pictures, whose colors are divided by alpha. The
    /// caller disposes of it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="image"/> is null.</exception>
    public static Image ToImage(this PixelImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return image.Layout switch
        {
            PixelLayout.Gray8 => Copy<L8>(image),
            PixelLayout.Rgb24 => Copy<Rgb24>(image),
            PixelLayout.Bgr24 => Copy<Bgr24>(image),
            PixelLayout.Bgra32 => Copy<Bgra32>(image),
            _ => Copy<Rgba32>(image),
        };
    }

    private static Image<TPixel> Copy<TPixel>(PixelImage image)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        Image<TPixel> copy = new(image.Width, image.Height);
        Frame<TPixel> frame = Frame<TPixel>.Of(copy);
        for (int y = 0; y < image.Height; y++)
        {
            Span<byte> row = MemoryMarshal.AsBytes(frame.Row(y));
            if (image.Layout.IsPremultiplied())
                LayoutConversion.ToFiles(image.Row(y), image.Layout, row);
            else
                image.Row(y).CopyTo(row);
        }

        return copy;
    }
}
