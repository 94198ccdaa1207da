using Wct.Kernels;

namespace Wct;

/// <summary>Converts pixels of any layout to the layouts of image files: gray, RGB, or RGB with alpha that is not premultiplied.</summary>
internal static class LayoutConversion
{
    /// <summary>The layout in which a file stores these pixels: <see cref="PixelLayout.Gray8"/>, <see cref="PixelLayout.Rgb24"/> or
    /// <see cref="PixelLayout.Rgba32"/>.</summary>
    internal static PixelLayout InFiles(this PixelLayout layout) => layout switch
    {
        PixelLayout.Gray8 => layout,
        _ => layout.HasAlpha() ? PixelLayout.Rgba32 : PixelLayout.Rgb24,
    };

    /// <summary>Converts to the layout that <see cref="InFiles"/> gives; no information is lost.</summary>
    /// <param name="pixels">[n, components].</param>
    /// <param name="layout">The layout of <paramref name="pixels"/>.</param>
    /// <param name="converted">[n, components].</param>
    internal static void ToFiles(ReadOnlySpan<byte> pixels, PixelLayout layout, Span<byte> converted)
    {
        pixels.CopyTo(converted);
        ChannelOffsets offsets = layout.Offsets();
        for (int i = 0; offsets.Red > offsets.Blue && i < pixels.Length; i += offsets.BytesPerPixel)
            (converted[i], converted[i + 2]) = (converted[i + 2], converted[i]);
        if (layout.IsPremultiplied())
            Premultiplied.Divide(converted[..pixels.Length]);
    }

    /// <summary>Converts to <see cref="PixelLayout.Rgb24"/>: repeats gray, and blends transparent pixels with white.</summary>
    /// <param name="pixels">[n, components].</param>
    /// <param name="layout">The layout of <paramref name="pixels"/>.</param>
    /// <param name="rgb">[n, 3].</param>
    internal static void ToRgb(ReadOnlySpan<byte> pixels, PixelLayout layout, Span<byte> rgb)
    {
        switch (layout)
        {
            case PixelLayout.Gray8: Repeat(pixels, rgb); break;
            case PixelLayout.Rgba32: BlendWithWhite(pixels, rgb); break;
            case PixelLayout.Rgb24 or PixelLayout.Bgr24: ToFiles(pixels, layout, rgb); break;
            default:
                byte[] straight = new byte[pixels.Length];
                ToFiles(pixels, layout, straight);
                BlendWithWhite(straight, rgb);
                break;
        }
    }

    private static void Repeat(ReadOnlySpan<byte> grays, Span<byte> rgb)
    {
        for (int i = 0; i < grays.Length; i++)
            rgb.Slice(3 * i, 3).Fill(grays[i]);
    }

    // For each component c with alpha a: rounds (a·c + (255 - a)·255) / 255 to the nearest.
    private static void BlendWithWhite(ReadOnlySpan<byte> rgba, Span<byte> rgb)
    {
        for (int i = 0; i < rgba.Length / 4; i++)
        {
            int alpha = rgba[4 * i + 3], white = (255 - alpha) * 255 + 127;
            for (int c = 0; c < 3; c++)
                rgb[3 * i + c] = (byte)((alpha * rgba[4 * i + c] + white) / 255);
        }
    }
}
