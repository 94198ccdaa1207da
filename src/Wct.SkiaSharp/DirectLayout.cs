using SkiaSharp;

namespace Wct.SkiaSharp;

/// <summary>Finds bitmaps whose memory the library can read as it is.</summary>
internal static class DirectLayout
{
    private const int BytesPerPixel = 4, Alpha = 3;

    /// <summary>The layout of the memory; null if the library has none, or if the colors aren't those of sRGB.</summary>
    internal static PixelLayout? Of(PixelMemory memory)
    {
        SKImageInfo info = memory.Info;
        if (info.ColorSpace is { IsSrgb: false })
            return null;
        return (info.ColorType, info.AlphaType) switch
        {
            (SKColorType.Gray8, _) => PixelLayout.Gray8,
            (SKColorType.Rgba8888, SKAlphaType.Premul) => PixelLayout.RgbaPremultiplied,
            (SKColorType.Bgra8888, SKAlphaType.Premul) => PixelLayout.BgraPremultiplied,
            (SKColorType.Rgba8888, SKAlphaType.Unpremul) => PixelLayout.Rgba32,
            (SKColorType.Bgra8888, SKAlphaType.Unpremul) => PixelLayout.Bgra32,
            (SKColorType.Rgba8888 or SKColorType.Rgb888x, _) when IsOpaque(memory) => PixelLayout.Rgba32,
            (SKColorType.Bgra8888, _) when IsOpaque(memory) => PixelLayout.Bgra32,
            _ => null,
        };
    }

    // Opaque bitmaps may have any number in the fourth byte, which the library would read as alpha.
    private static bool IsOpaque(PixelMemory memory)
    {
        for (int y = 0; y < memory.Info.Height; y++)
        {
            ReadOnlySpan<byte> row = PixelMemory.Row(memory.Pixmap, y);
            for (int x = Alpha; x < row.Length; x += BytesPerPixel)
            {
                if (row[x] != byte.MaxValue)
                    return false;
            }
        }

        return true;
    }
}
