using Wct.Kernels;

namespace Wct.Net;

/// <summary>Resizes pictures in any layout.</summary>
internal static class Resizing
{
    /// <summary>Resizes a picture in memory. Premultiplied colors are divided by alpha.</summary>
    /// <exception cref="ArgumentException">The result needs more bytes than an array holds.</exception>
    internal static PixelImage To(Pixels picture, int width, int height)
    {
        if (picture.Layout.IsPremultiplied())
        {
            // Resampling weights colors by alpha, so they must be straight.
            PixelImage straight = new(picture.Width, picture.Height, picture.Layout.InFiles());
            for (int y = 0; y < picture.Height; y++)
            {
                LayoutConversion.ToFiles(
                    picture.Bytes.Slice(checked(y * picture.Stride), straight.Stride), picture.Layout, straight.Row(y));
            }

            return To(straight, width, height);
        }

        PixelImage resized = new(width, height, picture.Layout);
        Resample.Bicubic(
            picture.Bytes, picture.Width, picture.Height, picture.Stride, picture.Layout.BytesPerPixel(), resized.Bytes, width, height,
            resized.Stride);
        return resized;
    }

    /// <summary>Resizes a picture that is read row by row. All of its rows are read.</summary>
    /// <exception cref="ArgumentException">The result needs more bytes than an array holds.</exception>
    internal static PixelImage To(IPixelReader picture, int width, int height)
    {
        if (picture.Layout.IsPremultiplied())
        {
            PixelImage whole = new(picture.Width, picture.Height, picture.Layout);
            picture.ReadRows(whole.Bytes);
            return To((Pixels)whole, width, height);
        }

        PixelImage resized = new(width, height, picture.Layout);
        Resample.Bicubic(
            picture.ReadRows, picture.Width, picture.Height, picture.Layout.BytesPerPixel(), resized.Bytes, width, height, resized.Stride);
        return resized;
    }
}
