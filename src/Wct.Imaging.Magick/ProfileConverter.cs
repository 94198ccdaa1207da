using ImageMagick;

namespace Wct.Imaging.Magick;

/// <summary>Converts colors with ICC profiles (Little CMS in ImageMagick) while files are read.</summary>
internal sealed class ProfileConverter : IColorConverter
{
    internal static readonly ProfileConverter Instance = new();

    private ProfileConverter()
    {
    }

    public IColorTransform? Create(ReadOnlyMemory<byte> profile, PixelLayout layout)
    {
        // ImageMagick's own reader of a profile's color space never ends if the number of tags is wrong, so it isn't asked.
        ReadOnlySpan<byte> space = ImageMetadata.ProfileSpace(profile.Span);
        bool rgb = space.SequenceEqual("RGB "u8), gray = space.SequenceEqual("GRAY"u8);
        // Gray pixels with alpha are RGBA here, and their profile is for gray.
        if ((!rgb && !gray) || (gray && layout == PixelLayout.Rgb24) || MagickLibrary.State == LibraryState.Missing)
            return null;
        try
        {
            byte[] bytes = profile.ToArray();
            return gray || layout == PixelLayout.Gray8 ? GrayTransform.Create(bytes, layout)
                : ProfileTransform.IsSrgb(bytes) ? null : new ProfileTransform(bytes, layout);
        }
        catch (MagickException)
        {
            // The pixels stay as they are, and the result carries the profile, as without a converter.
            return null;
        }
    }
}
