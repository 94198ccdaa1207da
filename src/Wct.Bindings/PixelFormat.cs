using System.ComponentModel;

namespace Wct.Bindings;

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
    /// <exception cref="InvalidEnumArgumentException">No pixel format.</exception>
    public static int BytesPerPixel(this PixelFormat format) => format switch
    {
        PixelFormat.Rgb24 or PixelFormat.Bgr24 => 3,
        PixelFormat.Rgba32 or PixelFormat.Bgra32 => 4,
        PixelFormat.Gray8 => 1,
        _ => throw new InvalidEnumArgumentException(nameof(format), (int)format, typeof(PixelFormat)),
    };

    /// <summary>Whether the fourth byte of a pixel is alpha.</summary>
    public static bool HasAlpha(this PixelFormat format) => format is PixelFormat.Rgba32 or PixelFormat.Bgra32;
}
