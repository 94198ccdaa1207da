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

    /// <summary>Luminance. A stylized picture has colors, so this is for inputs.</summary>
    Gray8,

    /// <summary>Red, green, blue, each times alpha / 255, then alpha: what SkiaSharp and Avalonia call premultiplied RGBA.</summary>
    RgbaPremultiplied,

    /// <summary>Blue, green, red, each times alpha / 255, then alpha: WPF's Pbgra32, SkiaSharp's and Avalonia's premultiplied
    /// BGRA.</summary>
    BgraPremultiplied,
}

/// <summary>Facts about pixel formats.</summary>
public static class PixelFormatExtensions
{
    /// <summary>Bytes that one pixel takes: 1, 3 or 4.</summary>
    /// <exception cref="InvalidEnumArgumentException">No pixel format.</exception>
    public static int BytesPerPixel(this PixelFormat format) => format switch
    {
        PixelFormat.Rgb24 or PixelFormat.Bgr24 => 3,
        PixelFormat.Rgba32 or PixelFormat.Bgra32 or PixelFormat.RgbaPremultiplied or PixelFormat.BgraPremultiplied => 4,
        PixelFormat.Gray8 => 1,
        _ => throw new InvalidEnumArgumentException(nameof(format), (int)format, typeof(PixelFormat)),
    };

    /// <summary>Whether the fourth byte of a pixel is alpha.</summary>
    public static bool HasAlpha(this PixelFormat format) => format is PixelFormat.Rgba32 or PixelFormat.Bgra32 || format.IsPremultiplied();

    /// <summary>Whether colors are stored times alpha / 255.</summary>
    /// <remarks>
    /// They are divided when a picture is read and multiplied when it is written, rounded to the nearest both times: a color that comes
    /// back
    /// unchanged is stored as the same byte, and no color is larger than its alpha.
    /// </remarks>
    public static bool IsPremultiplied(this PixelFormat format) => format is PixelFormat.RgbaPremultiplied or PixelFormat.BgraPremultiplied;
}
