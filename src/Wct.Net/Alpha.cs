namespace Wct.Net;

/// <summary>Reads and writes the alpha channel, the fourth byte of a pixel.</summary>
internal static class Alpha
{
    private const int BytesPerPixel = 4, Offset = 3;

    /// <summary>Copies a content's alpha; writes 255 if the content has none. Both pictures may be the same memory.</summary>
    internal static void Copy(Pixels content, Span<byte> destination, int stride)
    {
        bool present = content.Layout.HasAlpha();
        for (int y = 0; y < content.Height; y++)
        {
            ReadOnlySpan<byte> source = content.Bytes[(y * content.Stride)..];
            Span<byte> row = destination[(y * stride)..];
            for (int x = Offset; x < content.Width * BytesPerPixel; x += BytesPerPixel)
                row[x] = present ? source[x] : byte.MaxValue;
        }
    }

    /// <summary>The alpha of some pixels, one byte each.</summary>
    internal static byte[] Of(ReadOnlySpan<byte> pixels)
    {
        byte[] alpha = new byte[pixels.Length / BytesPerPixel];
        for (int i = 0; i < alpha.Length; i++)
            alpha[i] = pixels[i * BytesPerPixel + Offset];
        return alpha;
    }

    /// <summary>Stores alpha into pixels.</summary>
    internal static void Put(ReadOnlySpan<byte> alpha, Span<byte> pixels)
    {
        for (int i = 0; i < alpha.Length; i++)
            pixels[i * BytesPerPixel + Offset] = alpha[i];
    }
}
