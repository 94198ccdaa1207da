namespace Wct;

/// <summary>Converts between premultiplied and straight colors. Alpha is the fourth byte of a pixel; the order of the others doesn't
/// matter.</summary>
/// <remarks>
/// Both directions round to the nearest. Division turns a premultiplied color c in 0..a into min(255, (255c + a/2) / a), and
/// multiplication turns that back into c. If alpha is 0, the color is 0. A premultiplied result never exceeds its alpha.
/// </remarks>
internal static class Premultiplied
{
    private const int BytesPerPixel = 4, Colors = 3, Opaque = 255;

    /// <summary>Divides the colors by alpha.</summary>
    /// <param name="pixels">[n, 4].</param>
    internal static void Divide(Span<byte> pixels)
    {
        for (int i = 0; i + Colors < pixels.Length; i += BytesPerPixel)
        {
            int alpha = pixels[i + Colors];
            if (alpha == Opaque)
                continue;
            for (int c = i; c < i + Colors; c++)
                pixels[c] = alpha == 0 ? (byte)0 : (byte)Math.Min(Opaque, (pixels[c] * Opaque + alpha / 2) / alpha);
        }
    }

    /// <summary>Multiplies the colors by alpha.</summary>
    /// <param name="pixels">[n, 4].</param>
    internal static void Multiply(Span<byte> pixels)
    {
        for (int i = 0; i + Colors < pixels.Length; i += BytesPerPixel)
        {
            int alpha = pixels[i + Colors];
            if (alpha == Opaque)
                continue;
            for (int c = i; c < i + Colors; c++)
                pixels[c] = (byte)((pixels[c] * alpha + Opaque / 2) / Opaque);
        }
    }

    /// <summary>Multiplies the colors of a picture by alpha. Gaps between its rows are not changed.</summary>
    internal static void Multiply(Span<byte> pixels, int width, int height, int stride)
    {
        for (int y = 0; y < height; y++)
            Multiply(pixels.Slice(checked(y * stride), width * BytesPerPixel));
    }
}
