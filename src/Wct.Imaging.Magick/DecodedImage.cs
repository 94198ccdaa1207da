using ImageMagick;

namespace Wct.Imaging.Magick;

/// <summary>A decoded picture.</summary>
/// <param name="Image">The pixels: RGB or gray. The receiver disposes of it.</param>
/// <param name="Metadata">Exif data, and the profile that the pixels have; no profile if they are sRGB.</param>
/// <param name="IsGray">Whether red, green and blue are equal in all pixels.</param>
/// <param name="Orientation">How the pixels must be rotated and mirrored, 1 to 8 as in Exif.</param>
internal sealed record DecodedImage(MagickImage Image, ImageMetadata Metadata, bool IsGray, int Orientation);
