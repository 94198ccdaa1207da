using Wct.Kernels;

namespace Wct;

/// <summary>The order and meaning of a pixel's bytes: 8 bits per component, components interleaved.</summary>
/// <remarks>The numbers are those of libwct's C interface (WCT_RGB and so on in include/wct.h).</remarks>
public enum PixelLayout
{
    /// <summary>Three bytes: red, green, blue.</summary>
    Rgb24 = 0,

    /// <summary>Four bytes: red, green, blue, alpha (not premultiplied; 255 is opaque).</summary>
    Rgba32 = 1,

    /// <summary>Three bytes: blue, green, red.</summary>
    Bgr24 = 2,

    /// <summary>Four bytes: blue, green, red, alpha (not premultiplied; 255 is opaque).</summary>
    Bgra32 = 3,

    /// <summary>One byte: luminance. Only for inputs and files, because stylized pictures have colors.</summary>
    Gray8 = 4,

    /// <summary>Four bytes: red, green, blue, each times alpha / 255, then alpha. SkiaSharp and Avalonia call this
    /// premultiplied RGBA.</summary>
    RgbaPremultiplied = 5,

    /// <summary>Four bytes: blue, green, red, each times alpha / 255, then alpha: WPF's Pbgra32, SkiaSharp's and Avalonia's premultiplied
    /// BGRA.</summary>
    BgraPremultiplied = 6,
}

/// <summary>Properties of pixel layouts.</summary>
public static class PixelLayoutExtensions
{
    /// <summary>Bytes that one pixel takes: 1, 3 or 4.</summary>
    /// <param name="layout">A defined value.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is not defined.</exception>
    public static int BytesPerPixel(this PixelLayout layout) => layout.Offsets().BytesPerPixel;

    /// <summary>Whether the fourth byte of a pixel is alpha.</summary>
    /// <param name="layout">Any value; one that is not defined has no alpha.</param>
    public static bool HasAlpha(this PixelLayout layout) => layout is PixelLayout.Rgba32 or PixelLayout.Bgra32 || layout.IsPremultiplied();

    /// <summary>Whether the stored colors are multiplied by alpha / 255.</summary>
    /// <param name="layout">Any value.</param>
    /// <remarks>
    /// Colors are divided by alpha when a picture is read, and multiplied by it when the picture is written. Both results are rounded to
    /// the nearest. A color that wasn't changed in between is stored as the same byte, and no color is larger than its alpha.
    /// </remarks>
    public static bool IsPremultiplied(this PixelLayout layout) => layout is PixelLayout.RgbaPremultiplied or PixelLayout.BgraPremultiplied;

    /// <summary>Positions of the colors in a pixel.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not defined.</exception>
    internal static ChannelOffsets Offsets(this PixelLayout layout) => layout switch
    {
        PixelLayout.Rgb24 => ChannelOffsets.Rgb,
        PixelLayout.Rgba32 or PixelLayout.RgbaPremultiplied => new(4, 0, 1, 2),
        PixelLayout.Bgr24 => new(3, 2, 1, 0),
        PixelLayout.Bgra32 or PixelLayout.BgraPremultiplied => new(4, 2, 1, 0),
        PixelLayout.Gray8 => new(1, 0, 0, 0),
        _ => throw new ArgumentOutOfRangeException(nameof(layout), layout, "not a pixel layout"),
    };
}
