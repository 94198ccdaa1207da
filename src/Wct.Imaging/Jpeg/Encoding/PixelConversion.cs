namespace Wct.Imaging.Jpeg.Encoding;

/// <summary>Converts rows of pixels to rows of components (JFIF 1.02, page 3).</summary>
internal static class PixelConversion
{
    // JFIF's factors with 16 fractional bits; each row of them sums to 1 or to 0.
    private const int FractionBits = 16;
    private const int Half = 1 << (FractionBits - 1);
    private const int Center = 128 << FractionBits;

    /// <summary>Converts RGB to YCbCr.</summary>
    /// <param name="rgb">[width, 3].</param>
    /// <param name="luma">[width] or longer.</param>
    /// <param name="blue">[width] or longer: Cb.</param>
    /// <param name="red">[width] or longer: Cr.</param>
    internal static void ToYCbCr(ReadOnlySpan<byte> rgb, Span<byte> luma, Span<byte> blue, Span<byte> red)
    {
        for (int x = 0; x < rgb.Length / 3; x++)
        {
            int r = rgb[3 * x], g = rgb[(3 * x) + 1], b = rgb[(3 * x) + 2];
            luma[x] = (byte)(((19595 * r) + (38470 * g) + (7471 * b) + Half) >> FractionBits);
            // One less than a half: at full blue or red, a half would round up to 256.
            blue[x] = (byte)((Center + (32768 * b) - (11059 * r) - (21709 * g) + Half - 1) >> FractionBits);
            red[x] = (byte)((Center + (32768 * r) - (27439 * g) - (5329 * b) + Half - 1) >> FractionBits);
        }
    }

    /// <summary>Halves two rows in both directions by averaging.</summary>
    /// <param name="upper">[2n].</param>
    /// <param name="lower">[2n].</param>
    /// <param name="halved">[n].</param>
    internal static void Halve(ReadOnlySpan<byte> upper, ReadOnlySpan<byte> lower, Span<byte> halved)
    {
        for (int x = 0; x < halved.Length; x++)
        {
            int sum = upper[2 * x] + upper[(2 * x) + 1] + lower[2 * x] + lower[(2 * x) + 1];
            // Rounds down and up in alternation, so that the picture gets neither darker nor brighter.
            halved[x] = (byte)((sum + 1 + (x & 1)) >> 2);
        }
    }
}
