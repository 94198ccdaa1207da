namespace Wct.Imaging.Magick;

/// <summary>Where a file says how its pixels must be rotated and mirrored.</summary>
internal enum OrientationSource
{
    /// <summary>Nowhere, or the decoder has already applied it, as that of HEIC and AVIF. Exif data then tells what was applied.</summary>
    Applied,

    /// <summary>In the format itself. The decoder reports it.</summary>
    Decoder,

    /// <summary>In the Exif data.</summary>
    Exif,
}
