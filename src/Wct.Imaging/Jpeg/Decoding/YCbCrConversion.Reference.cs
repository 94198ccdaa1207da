namespace Wct.Imaging.Jpeg.Decoding;

internal static partial class YCbCrConversion
{
    // JFIF's factors 1.402, 1.772, 0.344136 and 0.714136 with 16 fractional bits.
    private const int FractionBits = 16;
    private const int Half = 1 << (FractionBits - 1);
    private const int CrToRed = 91881;
    private const int CbToBlue = 116130;
    private const int CbToGreen = 22554;
    private const int CrToGreen = 46802;

    /// <inheritdoc cref="FromYCbCr"/>
    internal static void FromYCbCrReference(ReadOnlySpan<byte> luma, ReadOnlySpan<byte> blue, ReadOnlySpan<byte> red, Span<byte> rgb)
    {
        for (int x = 0; x < luma.Length; x++)
        {
            int y = luma[x], cb = blue[x] - 128, cr = red[x] - 128;
            rgb[3 * x] = ToByte(y + (((cr * CrToRed) + Half) >> FractionBits));
            rgb[(3 * x) + 1] = ToByte(y + ((Half - (cb * CbToGreen) - (cr * CrToGreen)) >> FractionBits));
            rgb[(3 * x) + 2] = ToByte(y + (((cb * CbToBlue) + Half) >> FractionBits));
        }
    }

    /// <inheritdoc cref="FromRgb"/>
    internal static void FromRgbReference(ReadOnlySpan<byte> red, ReadOnlySpan<byte> green, ReadOnlySpan<byte> blue, Span<byte> rgb)
    {
        for (int x = 0; x < red.Length; x++)
            (rgb[3 * x], rgb[(3 * x) + 1], rgb[(3 * x) + 2]) = (red[x], green[x], blue[x]);
    }

    /// <summary>Applies the black ink: each color is multiplied by black / 255.</summary>
    /// <param name="rgb">[width, 3]: inverted cyan, magenta and yellow; replaced by red, green and blue.</param>
    /// <param name="black">[width] or longer: inverted black.</param>
    internal static void ApplyBlack(Span<byte> rgb, ReadOnlySpan<byte> black)
    {
        for (int i = 0; i < rgb.Length; i++)
            rgb[i] = (byte)(((rgb[i] * black[i / 3]) + 127) / 255);
    }

    /// <summary>Inverts samples, which converts between the amount of a color and the amount of the complementary ink.</summary>
    internal static void Invert(Span<byte> samples)
    {
        for (int i = 0; i < samples.Length; i++)
            samples[i] = (byte)~samples[i];
    }

    private static byte ToByte(int value) => (byte)Math.Clamp(value, 0, 255);
}
