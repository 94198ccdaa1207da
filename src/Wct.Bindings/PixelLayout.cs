using System.ComponentModel;

namespace Wct.Bindings;

/// <summary>The order and meaning of a pixel's bytes: 8 bits per component, components interleaved.</summary>
public enum PixelLayout
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

/// <summary>Facts about pixel layouts.</summary>
public static class PixelLayoutExtensions
{
    /// <summary>Bytes per pixel: 1, 3 or 4.</summary>
    /// <exception cref="InvalidEnumArgumentException">The value is not defined.</exception>
    public static int BytesPerPixel(this PixelLayout layout) => layout switch
    {
        PixelLayout.Rgb24 or PixelLayout.Bgr24 => 3,
        PixelLayout.Rgba32 or PixelLayout.Bgra32 or PixelLayout.RgbaPremultiplied or PixelLayout.BgraPremultiplied => 4,
        PixelLayout.Gray8 => 1,
        _ => throw new InvalidEnumArgumentException(nameof(layout), (int)layout, typeof(PixelLayout)),
    };

    /// <summary>Whether the fourth byte of a pixel is alpha.</summary>
    public static bool HasAlpha(this PixelLayout layout) => layout is PixelLayout.Rgba32 or PixelLayout.Bgra32 || layout.IsPremultiplied();

    /// <summary>Whether colors are stored times alpha / 255.</summary>
    /// <remarks>
    /// Colors are divided by alpha when a picture is read and multiplied when it is written, rounded to the nearest both times. A color
    /// that comes back unchanged is stored as the same byte, and no color is larger than its alpha.
    /// </remarks>
    public static bool IsPremultiplied(this PixelLayout layout) => layout is PixelLayout.RgbaPremultiplied or PixelLayout.BgraPremultiplied;
}
