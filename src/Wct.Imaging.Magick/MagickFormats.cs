using ImageMagick;

namespace Wct.Imaging.Magick;

/// <summary>Adds HEIC, AVIF, WebP, TIFF, JPEG XL, JPEG 2000 and camera raw files to <see cref="ImageFormats"/>, and the conversion of
/// colors to <see cref="ColorConversion"/>.</summary>
public static class MagickFormats
{
    // The order matters: raw files of some cameras start like TIFF files.
    private static readonly MagickFileFormat[] Formats =
    [
        new("HEIC", [".heic", ".heif"], MagickFormat.Heic, Signatures.IsHeic),
        new("AVIF", [".avif"], MagickFormat.Avif, Signatures.IsAvif) { CanWriteFiles = true, LongestSide = 65535 },
        new("WebP", [".webp"], MagickFormat.WebP, Signatures.IsWebP)
        {
            Orientation = OrientationSource.Exif,
            CanWriteFiles = true,
            LongestSide = 16383,
        },
        new("camera raw", RawExtensions, MagickFormat.Dng, Signatures.IsRaw) { Orientation = OrientationSource.Decoder },
        new("TIFF", [".tif", ".tiff"], MagickFormat.Tiff, Signatures.IsTiff)
        {
            Orientation = OrientationSource.Decoder,
            CanWriteFiles = true,
            KeepsGrayProfiles = true,
        },
        new("JPEG XL", [".jxl"], MagickFormat.Jxl, Signatures.IsJpegXl) { Orientation = OrientationSource.Decoder, CanWriteFiles = true },
        new("JPEG 2000", [".jp2", ".jpf", ".jpx"], MagickFormat.Jp2, Signatures.IsJp2),
        new("JPEG 2000", [".j2k", ".j2c", ".jpc"], MagickFormat.J2k, Signatures.IsJ2k),
        // Kinds that Wct.Imaging leaves to others.
        new("Photoshop", [".psb"], MagickFormat.Psb, Signatures.IsPsb),
        new("Photoshop", [], MagickFormat.Psd, Signatures.IsPsd),
        new("BMP", [], MagickFormat.Bmp, Signatures.IsBmp),
    ];

    private static string[] RawExtensions =>
        [".dng", ".cr2", ".cr3", ".nef", ".nrw", ".arw", ".srf", ".orf", ".raf", ".rw2", ".pef", ".srw"];

    /// <summary>Whether ImageMagick's library can be used on this system. Loads it.</summary>
    /// <remarks>Without it, files of these formats are refused with an <see cref="ImageFormatException"/>, and colors aren't
    /// converted.</remarks>
    public static bool IsAvailable => MagickLibrary.State != LibraryState.Missing;

    /// <summary>Whether all other formats of ImageMagick are disabled (see <see cref="MagickOptions.RestrictLibrary"/>). Loads the
    /// library.</summary>
    /// <remarks>false if <see cref="MagickOptions.RestrictLibrary"/> is false, if the application used Magick.NET before, or if no
    /// temporary file could be written. Files are then still decoded only with the decoders of the registered formats.</remarks>
    public static bool IsRestricted => MagickLibrary.State == LibraryState.Restricted;

    /// <summary>Registers the formats and the conversion of colors, for the whole process. ImageMagick itself is loaded when the first file
    /// needs it. Further calls only change the options, as long as it isn't loaded.</summary>
    /// <param name="options">Limits; null for the defaults.</param>
    public static void Register(MagickOptions? options = null)
    {
        MagickLibrary.Options = options ?? new MagickOptions();
        foreach (MagickFileFormat format in Formats)
            ImageFormats.Register(format);
        ColorConversion.Register(ProfileConverter.Instance);
    }
}
