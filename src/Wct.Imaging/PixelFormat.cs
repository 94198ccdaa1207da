namespace Wct.Imaging;

/// <summary>How a pixel's bytes are laid out: 8 bits per component, components interleaved.</summary>
public enum PixelFormat
{
    /// <summary>One byte: luminance.</summary>
    Gray8,

    /// <summary>Three bytes: red, green, blue.</summary>
    Rgb24,

    /// <summary>Four bytes: red, green, blue, alpha (not premultiplied; 255 is opaque).</summary>
    Rgba32,
}

/// <summary>Facts about pixel formats.</summary>
public static class PixelFormatExtensions
{
    /// <summary>Bytes that one pixel takes: 1, 3 or 4.</summary>
    public static int BytesPerPixel(this PixelFormat format) => format switch
    {
        PixelFormat.Gray8 => 1,
        PixelFormat.Rgb24 => 3,
        PixelFormat.Rgba32 => 4,
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "not a pixel format"),
    };
}
