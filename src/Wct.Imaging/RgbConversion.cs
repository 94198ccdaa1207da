namespace Wct.Imaging;

/// <summary>Pixels of any format as red, green, blue.</summary>
internal static class RgbConversion
{
    /// <summary>Repeats gray, and lays what is transparent over white.</summary>
    /// <param name="pixels">[n, components].</param>
    /// <param name="rgb">[n, 3].</param>
    internal static void Convert(ReadOnlySpan<byte> pixels, PixelFormat format, Span<byte> rgb)
    {
        switch (format)
        {
            case PixelFormat.Gray8: Repeat(pixels, rgb); break;
            case PixelFormat.Rgba32: LayOverWhite(pixels, rgb); break;
            default: pixels.CopyTo(rgb); break;
        }
    }

    private static void Repeat(ReadOnlySpan<byte> grays, Span<byte> rgb)
    {
        for (int i = 0; i < grays.Length; i++)
            rgb.Slice(3 * i, 3).Fill(grays[i]);
    }

    // Per component c with alpha a: the nearest to (a c + (255 - a) 255) / 255.
    private static void LayOverWhite(ReadOnlySpan<byte> rgba, Span<byte> rgb)
    {
        for (int i = 0; i < rgba.Length / 4; i++)
        {
            int alpha = rgba[4 * i + 3], white = (255 - alpha) * 255 + 127;
            for (int c = 0; c < 3; c++)
                rgb[3 * i + c] = (byte)((alpha * rgba[4 * i + c] + white) / 255);
        }
    }
}
