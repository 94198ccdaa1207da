using System.Runtime.InteropServices;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Advanced;
using SixLabors.ImageSharp.PixelFormats;
using Wct.Net;

namespace Wct.ImageSharp;

/// <summary>Makes pictures and masks of the library of ImageSharp's images.</summary>
public static class ImageConversions
{
    /// <summary>Copies an image into memory of the library, for example for asynchronous methods.</summary>
    /// <param name="image">The image; its first frame is used.</param>
    /// <returns>A picture in the image's own layout for Rgb24, Rgba32, Bgr24, Bgra32 and L8. All others are converted to
    /// <see cref="PixelLayout.Rgb24"/>, or <see cref="PixelLayout.Rgba32"/> if they have alpha.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="image"/> is null.</exception>
    /// <exception cref="ArgumentException">The pixel type has only alpha, or the picture needs more bytes than an array holds.</exception>
    public static PixelImage ToPixelImage(this Image image)
    {
        ArgumentNullException.ThrowIfNull(image);
        PictureCopy copy = new();
        image.AcceptVisitor(copy);
        return copy.Picture!;
    }

    /// <summary>Makes a mask of an image: the share of a style in each pixel of a content, or of each pixel in a style.</summary>
    /// <param name="image">In gray (L8 or L16), where black is no share and white is all, or with alpha only (A8); its first frame is
    /// used.</param>
    /// <exception cref="ArgumentNullException"><paramref name="image"/> is null.</exception>
    /// <exception cref="ArgumentException">The image has another pixel type, which the message names, or more pixels than an array
    /// holds.</exception>
    public static StyleMask ToStyleMask(this Image image)
    {
        ArgumentNullException.ThrowIfNull(image);
        MaskCopy copy = new();
        image.AcceptVisitor(copy);
        return copy.Mask!;
    }

    private sealed class PictureCopy : IImageVisitor
    {
        internal PixelImage? Picture { get; private set; }

        public void Visit<TPixel>(Image<TPixel> image)
            where TPixel : unmanaged, IPixel<TPixel>
        {
            FrameType<TPixel>.CheckColors("image", nameof(image));
            Frame<TPixel> frame = Frame<TPixel>.Of(image);
            PixelImage copy = new(image.Width, image.Height, FrameType<TPixel>.Direct ?? FrameType<TPixel>.Layout);
            if (FrameType<TPixel>.Direct is null)
            {
                new FrameReader<TPixel>(frame).ReadRows(copy.Bytes);
            }
            else
            {
                for (int y = 0; y < image.Height; y++)
                    MemoryMarshal.AsBytes(frame.Row(y)).CopyTo(copy.Row(y));
            }

            Picture = copy;
        }
    }

    private sealed class MaskCopy : IImageVisitor
    {
        internal StyleMask? Mask { get; private set; }

        public void Visit<TPixel>(Image<TPixel> image)
            where TPixel : unmanaged, IPixel<TPixel>
        {
            bool isAlpha = typeof(TPixel) == typeof(A8);
            if (!isAlpha && typeof(TPixel) != typeof(L8) && typeof(TPixel) != typeof(L16))
                throw new ArgumentException(
                    $"The image's pixel type is {typeof(TPixel).Name}; a mask is gray (L8, L16) or alpha only (A8).", nameof(image));
            Frame<TPixel> frame = Frame<TPixel>.Of(image);
            long length = (long)image.Width * image.Height;
            if (length > Array.MaxLength)
                throw new ArgumentException(
                    $"The image of {image.Width}x{image.Height} has {length} pixels; at most {Array.MaxLength} are possible.",
                    nameof(image));
            byte[] shares = new byte[length];
            for (int y = 0; y < image.Height; y++)
            {
                Span<byte> row = shares.AsSpan(y * image.Width, image.Width);
                if (isAlpha)
                    MemoryMarshal.AsBytes(frame.Row(y)).CopyTo(row);
                else
                    PixelOperations<TPixel>.Instance.ToL8(frame.Configuration, frame.Row(y), MemoryMarshal.Cast<byte, L8>(row));
            }

            Mask = new StyleMask(shares, image.Width, image.Height);
        }
    }
}
