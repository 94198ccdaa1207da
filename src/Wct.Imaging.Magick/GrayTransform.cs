namespace Wct.Imaging.Magick;

/// <summary>Converts gray samples with a table.</summary>
/// <param name="table">The sRGB value of each sample.</param>
/// <param name="layout">Layout of the pixels. Red, green and blue of RGBA pixels are equal.</param>
internal sealed class GrayTransform(byte[] table, PixelLayout layout) : IColorTransform
{
    /// <summary>The conversion for a profile; null if it changes no value by more than 1, or if the profile has no curve.</summary>
    /// <param name="profile">An ICC profile for gray or RGB.</param>
    /// <param name="layout">Layout of the pixels.</param>
    /// <exception cref="ImageMagick.MagickException">The profile is damaged.</exception>
    internal static GrayTransform? Create(byte[] profile, PixelLayout layout)
    {
        byte[]? table = ImageMetadata.ProfileSpace(profile).SequenceEqual("RGB "u8) ? Neutral(profile) : GrayCurve.ToSrgb(profile);
        for (int i = 0; i < table?.Length; i++)
        {
            if (Math.Abs(table[i] - i) > 1)
                return new GrayTransform(table, layout);
        }

        return null;
    }

    public void Apply(Span<byte> pixels)
    {
        int size = layout.BytesPerPixel();
        for (int i = 0; i < pixels.Length; i++)
        {
            if (size < 4 || i % 4 != 3)
                pixels[i] = table[pixels[i]];
        }
    }

    public void Dispose()
    {
    }

    // What the grays of an RGB profile become. Green has the most weight in the brightness.
    private static byte[] Neutral(byte[] profile)
    {
        byte[] grays = new byte[3 * 256], table = new byte[256];
        for (int i = 0; i < grays.Length; i++)
            grays[i] = (byte)(i / 3);
        new ProfileTransform(profile, PixelLayout.Rgb24).Apply(grays);
        for (int i = 0; i < table.Length; i++)
            table[i] = grays[(3 * i) + 1];
        return table;
    }
}
