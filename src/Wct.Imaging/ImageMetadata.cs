using System.Buffers.Binary;

namespace Wct.Imaging;

/// <summary>The Exif data and the color profile of a file, which can be written into another file.</summary>
/// <remarks>
/// Other metadata (XMP, IPTC, texts) is not copied. If PNG's chunks cICP, gAMA and cHRM describe other colors than sRGB, they become a
/// color profile.
/// </remarks>
public sealed record ImageMetadata
{
    /// <summary>Size in bytes of the largest color profile that is copied.</summary>
    internal const int MaxProfileBytes = 1 << 22;

    private const int ProfileHeader = 128, ColorSpaceAt = 16, SignatureAt = 36, TagCountBytes = 4, TagBytes = 12;

    /// <summary>
    /// The Exif block (camera, time, place and so on), starting with its byte order ("II" or "MM"); empty if there is none. The block of a
    /// reader has no thumbnail, and its orientation is 1, because the orientation is applied to the pixels.
    /// </summary>
    public ReadOnlyMemory<byte> Exif { get; init; }

    /// <summary>The ICC color profile of the samples; empty if there is none.</summary>
    public ReadOnlyMemory<byte> IccProfile { get; init; }

    /// <summary>The profile, if its color space (RGB or gray) is that of the pixel layout; otherwise empty.</summary>
    internal ReadOnlySpan<byte> ProfileFor(PixelLayout layout)
    {
        ReadOnlySpan<byte> profile = IccProfile.Span;
        if (ProfileProblem(profile) is not null)
            return [];
        return profile[ColorSpaceAt..].StartsWith(layout == PixelLayout.Gray8 ? "GRAY"u8 : "RGB "u8) ? profile : [];
    }

    /// <summary>The Exif block with a picture's size set; empty if there is none, or if it is too long.</summary>
    internal byte[] ExifFor(int width, int height)
    {
        if (Exif.Length > ExifBlock.MaxBytes)
            return [];
        byte[] exif = Exif.ToArray();
        ExifBlock.SetSize(exif, width, height);
        return exif;
    }

    /// <summary>Creates the metadata of a file. Leaves out a block or profile that is damaged or too long, or a profile for another color
    /// space, with a note.</summary>
    /// <param name="exif">The Exif block; empty if there is none.</param>
    /// <param name="profile">The color profile; empty if there is none.</param>
    /// <param name="warnings">Receives a note about what is left out, and why.</param>
    internal static ImageMetadata Of(ReadOnlySpan<byte> exif, ReadOnlySpan<byte> profile, ImageWarnings warnings)
    {
        byte[]? block = exif.Length <= ExifBlock.MaxBytes ? ExifBlock.Clean(exif) : null;
        if (!exif.IsEmpty && block is null)
            warnings.Note(exif.Length > ExifBlock.MaxBytes ? $"the Exif block of {exif.Length} bytes is left out: too long"
                : "the Exif block is left out: damaged");
        string? problem = profile.IsEmpty ? null : ProfileProblem(profile);
        if (problem is not null)
            warnings.Note($"the color profile is left out: {problem}");
        return new() { Exif = block, IccProfile = problem is null ? profile.ToArray() : null };
    }

    /// <summary>The color space of a profile, four letters such as "RGB " or "CMYK"; empty if the profile is damaged.</summary>
    /// <param name="profile">An ICC profile. Its size, signature and number of tags are checked (ICC.1, 7.2 and 7.3), because readers of
    /// profiles that trust the number of tags never end.</param>
    internal static ReadOnlySpan<byte> ProfileSpace(ReadOnlySpan<byte> profile)
    {
        if (profile.Length < ProfileHeader + TagCountBytes || !profile[SignatureAt..].StartsWith("acsp"u8)
            || BinaryPrimitives.ReadUInt32BigEndian(profile) != profile.Length)
            return [];
        uint tags = BinaryPrimitives.ReadUInt32BigEndian(profile[ProfileHeader..]);
        return tags > (profile.Length - ProfileHeader - TagCountBytes) / TagBytes ? [] : profile.Slice(ColorSpaceAt, 4);
    }

    // Returns why a profile isn't carried, or null.
    private static string? ProfileProblem(ReadOnlySpan<byte> profile)
    {
        if (profile.Length > MaxProfileBytes)
            return $"{profile.Length} bytes, at most {MaxProfileBytes} are carried";
        ReadOnlySpan<byte> space = ProfileSpace(profile);
        return space.IsEmpty ? "damaged"
            : space.SequenceEqual("RGB "u8) || space.SequenceEqual("GRAY"u8) ? null
            : $"it is for {System.Text.Encoding.ASCII.GetString(space).Trim()}, the pixels given are RGB or gray";
    }
}
