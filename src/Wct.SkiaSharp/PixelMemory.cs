using SkiaSharp;

namespace Wct.SkiaSharp;

/// <summary>The pixels of a bitmap or an image in memory. An image that is encoded, or on a GPU, is copied to memory first.</summary>
internal sealed unsafe class PixelMemory : IDisposable
{
    // Null if the pixels are the bitmap's or the image's own.
    private readonly SKImage? _copy;

    private PixelMemory(SKPixmap pixmap, SKImage? copy, string kind, string name) =>
        (Pixmap, Info, Kind, Name, _copy) = (pixmap, pixmap.Info, kind, name, copy);

    /// <summary>Describes the memory, and keeps its owner alive.</summary>
    internal SKPixmap Pixmap { get; }

    /// <summary>Size, color type, alpha type and color space.</summary>
    internal SKImageInfo Info { get; }

    /// <summary>"bitmap" or "image", for messages.</summary>
    internal string Kind { get; }

    /// <summary>The name of the parameter, for exceptions.</summary>
    internal string Name { get; }

    /// <summary>All bytes from the first to the last pixel.</summary>
    /// <exception cref="ArgumentException">There are more than 2^31 - 1.</exception>
    internal Span<byte> Bytes
    {
        get
        {
            long length = (Info.Height - 1L) * Pixmap.RowBytes + (long)Info.Width * Info.BytesPerPixel;
            return length <= int.MaxValue
                ? new Span<byte>((void*)Pixmap.GetPixels(), (int)length)
                : throw new ArgumentException($"The {Kind} takes {length} bytes; at most {int.MaxValue} are possible.", Name);
        }
    }

    /// <summary>The memory of a bitmap.</summary>
    /// <exception cref="ArgumentException">It has no pixels.</exception>
    /// <exception cref="ObjectDisposedException">The bitmap was disposed of. Skia itself would end the process.</exception>
    internal static PixelMemory Of(SKBitmap bitmap, string name)
    {
        ObjectDisposedException.ThrowIf(bitmap.Handle == 0, bitmap);
        SKImageInfo info = bitmap.Info;
        SKPixmap? pixmap = bitmap.PeekPixels();
        if (pixmap is not null && !info.IsEmpty)
            return new PixelMemory(pixmap, copy: null, "bitmap", name);
        pixmap?.Dispose();
        throw new ArgumentException($"The bitmap has no pixels: {info.Width}x{info.Height}, {info.ColorType}.", name);
    }

    /// <summary>The memory of an image, or of its decoded copy.</summary>
    /// <exception cref="ArgumentException">Skia can't decode or copy it.</exception>
    /// <exception cref="ObjectDisposedException">The image was disposed of. Skia itself would end the process.</exception>
    internal static PixelMemory Of(SKImage image, string name)
    {
        ObjectDisposedException.ThrowIf(image.Handle == 0, image);
        if (image.PeekPixels() is { } own)
            return new PixelMemory(own, copy: null, "image", name);
        SKImage? copy = image.ToRasterImage(ensurePixelData: true);
        if (copy?.PeekPixels() is { } pixmap)
            return new PixelMemory(pixmap, ReferenceEquals(copy, image) ? null : copy, "image", name);
        if (!ReferenceEquals(copy, image))
            copy?.Dispose();
        string where = image.IsTextureBacked ? "on a GPU" : "encoded";
        throw new ArgumentException(
            $"Skia can't read the pixels of the image ({image.Width}x{image.Height}, {image.ColorType}), which is {where}.", name);
    }

    /// <summary>Allocates a bitmap.</summary>
    /// <exception cref="InsufficientMemoryException">Skia can't.</exception>
    internal static SKBitmap Allocate(SKImageInfo info)
    {
        SKBitmap bitmap = new();
        if (bitmap.TryAllocPixels(info))
            return bitmap;
        bitmap.Dispose();
        throw new InsufficientMemoryException(
            $"Skia can't allocate a bitmap of {info.Width}x{info.Height} pixels of the color type {info.ColorType}.");
    }

    /// <summary>A row of a bitmap.</summary>
    internal static Span<byte> Row(SKPixmap pixmap, int y) =>
        new((void*)pixmap.GetPixels(0, y), checked(pixmap.Width * pixmap.BytesPerPixel));

    /// <inheritdoc/>
    public void Dispose()
    {
        Pixmap.Dispose();
        _copy?.Dispose();
    }
}
