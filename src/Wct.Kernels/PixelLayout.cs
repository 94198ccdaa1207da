namespace Wct.Kernels;

/// <summary>Where red, green and blue lie in an interleaved 8-bit pixel, in bytes from the pixel's start.</summary>
/// <param name="BytesPerPixel">1 (all three at offset 0: luminance), 3 or 4.</param>
/// <param name="Red">Offset of red.</param>
/// <param name="Green">Offset of green.</param>
/// <param name="Blue">Offset of blue.</param>
public readonly record struct PixelLayout(int BytesPerPixel, int Red, int Green, int Blue)
{
    /// <summary>One byte of luminance, used for all three colors.</summary>
    public static PixelLayout Gray => new(1, 0, 0, 0);

    /// <summary>Red, green, blue.</summary>
    public static PixelLayout Rgb => new(3, 0, 1, 2);

    /// <summary>Red, green, blue, and a fourth byte that is left alone.</summary>
    public static PixelLayout Rgba => new(4, 0, 1, 2);

    /// <summary>Blue, green, red.</summary>
    public static PixelLayout Bgr => new(3, 2, 1, 0);

    /// <summary>Blue, green, red, and a fourth byte that is left alone.</summary>
    public static PixelLayout Bgra => new(4, 2, 1, 0);
}
