using Wct.Kernels;

namespace Wct.Net;

/// <summary>How a pixel's bytes are laid out: 8 bits per component, components interleaved.</summary>
public enum PixelFormat
{
    /// <summary>Red, green, blue.</summary>
    Rgb24,

    /// <summary>Red, green, blue, alpha (not premultiplied).</summary>
    Rgba32,

    /// <summary>Blue, green, red.</summary>
    Bgr24,

    /// <summary>Blue, green, red, alpha (not premultiplied).</summary>
    Bgra32,

    /// <summary>Luminance. A stylised picture has colours, so this is for inputs.</summary>
    Gray8,
}

/// <summary>Facts about pixel formats.</summary>
public static class PixelFormatExtensions
{
    /// <summary>Bytes that one pixel takes: 1, 3 or 4.</summary>
    public static int BytesPerPixel(this PixelFormat format) => format.Layout().BytesPerPixel;

    /// <summary>Whether the fourth byte of a pixel is alpha.</summary>
    public static bool HasAlpha(this PixelFormat format) => format is PixelFormat.Rgba32 or PixelFormat.Bgra32;

    internal static PixelLayout Layout(this PixelFormat format) => format switch
    {
        PixelFormat.Rgb24 => PixelLayout.Rgb,
        PixelFormat.Rgba32 => PixelLayout.Rgba,
        PixelFormat.Bgr24 => PixelLayout.Bgr,
        PixelFormat.Bgra32 => PixelLayout.Bgra,
        PixelFormat.Gray8 => PixelLayout.Gray,
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "not a pixel format"),
    };
}
