namespace Wct.Kernels;

/// <summary>Positions of red, green and blue in an interleaved 8-bit pixel, in bytes from the pixel's start.</summary>
/// <param name="BytesPerPixel">1 (all three at offset 0: luminance), 3 or 4.</param>
/// <param name="Red">Offset of red.</param>
/// <param name="Green">Offset of green.</param>
/// <param name="Blue">Offset of blue.</param>
internal readonly record struct ChannelOffsets(int BytesPerPixel, int Red, int Green, int Blue)
{
    /// <summary>Red, green, blue.</summary>
    internal static ChannelOffsets Rgb => new(3, 0, 1, 2);
}
