using ImageMagick;

namespace Wct.Imaging.Magick;

/// <summary>Finds the profile of decoded pixels. Pixels that aren't RGB or gray are converted here; the others are converted row by row
/// (<see cref="ProfileTransform"/>).</summary>
internal static class StoredColors
{
    private const int MakerAt = 4;

    /// <summary>Makes the pixels RGB or gray.</summary>
    /// <param name="image">The pixels. CMYK, Lab and linear ones are converted to sRGB.</param>
    /// <param name="file">The whole file.</param>
    /// <param name="format">Its format.</param>
    /// <param name="convert">Whether CMYK and Lab pixels are converted with the file's profile. Otherwise formulas are used.</param>
    /// <returns>The ICC profile of the pixels; empty if they are sRGB or nothing is known.</returns>
    internal static byte[] Resolve(MagickImage image, byte[] file, MagickFormat format, bool convert)
    {
        // The decoder of raw files gives sRGB. The file's profile is that of another picture in it.
        byte[] profile = format == MagickFormat.Dng ? [] : image.GetColorProfile()?.ToByteArray() ?? [];
        if (profile.Length == 0 && format is MagickFormat.Heic or MagickFormat.Avif)
            profile = IsoColors.Profile(file).ToArray();
        switch (image.ColorSpace)
        {
            case ColorSpace.sRGB or ColorSpace.Gray:
                return profile;
            case ColorSpace.RGB or ColorSpace.LinearGray when IsMadeByDecoder(profile):
                // The samples are those that the profile describes. The decoder's name for them would convert them once more.
                return profile;
            case ColorSpace.CMYK or ColorSpace.Lab when convert && Fits(profile, image.ColorSpace):
                image.BlackPointCompensation = true;
                image.RenderingIntent = RenderingIntent.Relative;
                if (!image.TransformColorSpace(ColorProfiles.SRGB))
                    goto default;
                return [];
            default:
                image.ColorSpace = image.ColorSpace == ColorSpace.LinearGray ? ColorSpace.Gray : ColorSpace.sRGB;
                return [];
        }
    }

    /// <summary>Whether all pixels are gray. Some decoders give gray pixels as RGB; a profile for gray tells that they may be.</summary>
    internal static bool IsGray(MagickImage image, ImageMetadata metadata) => image.ColorSpace is ColorSpace.Gray or ColorSpace.LinearGray
        || (ImageMetadata.ProfileSpace(metadata.IccProfile.Span).SequenceEqual("GRAY"u8) && image.DetermineColorType()
            is ColorType.Grayscale or ColorType.GrayscaleAlpha or ColorType.Bilevel);

    private static bool Fits(byte[] profile, ColorSpace space) =>
        ImageMetadata.ProfileSpace(profile).SequenceEqual(space == ColorSpace.CMYK ? "CMYK"u8 : "Lab "u8);

    // Colors of a JPEG XL file that are described by numbers are decoded as they are, and the decoder makes a profile of these numbers,
    // with its name in it. Those of lossy files with any other profile are decoded as linear light of sRGB. The profile is then another
    // one than that of the pixels.
    private static bool IsMadeByDecoder(byte[] profile) => profile.AsSpan(Math.Min(MakerAt, profile.Length)).StartsWith("jxl "u8);
}
