namespace Wct.Imaging;

/// <summary>What a file tells about its picture besides the pixels, to be carried into another file.</summary>
/// <remarks>
/// Not carried: other descriptions (XMP, IPTC, texts) and PNG's gAMA, cHRM and sRGB chunks, since samples are taken and written as they
/// are.
/// </remarks>
public sealed record ImageMetadata
{
    /// <summary>Bytes of the longest color profile that is carried.</summary>
    internal const int MostProfileBytes = 1 << 22;

    private const int ProfileHeader = 128, ColorSpaceAt = 16, SignatureAt = 36;

    /// <summary>
    /// The Exif block from its byte order ("II" or "MM") on: camera, time, place and so on, without a thumbnail, with orientation 1, since
    /// the pixels given are turned. Empty without one.
    /// </summary>
    public ReadOnlyMemory<byte> Exif { get; init; }

    /// <summary>The ICC color profile of the samples; empty without one.</summary>
    public ReadOnlyMemory<byte> IccProfile { get; init; }

    /// <summary>The profile where it describes pixels of a format: RGB or gray; else empty.</summary>
    internal ReadOnlySpan<byte> ProfileFor(PixelLayout layout)
    {
        ReadOnlySpan<byte> profile = IccProfile.Span;
        if (ProfileProblem(profile) is not null)
            return [];
        return profile[ColorSpaceAt..].StartsWith(layout == PixelLayout.Gray8 ? "GRAY"u8 : "RGB "u8) ? profile : [];
    }

    /// <summary>The Exif block for a file of some size; empty without one.</summary>
    internal byte[] ExifFor(int width, int height)
    {
        if (Exif.Length > ExifBlock.MostBytes)
            return [];
        byte[] exif = Exif.ToArray();
        ExifBlock.SetSize(exif, width, height);
        return exif;
    }

    /// <summary>Takes over what a file holds; what is invalid, too long, or describes other pixels than those given is left out with a
    /// note.</summary>
    /// <param name="exif">The block, or null.</param>
    /// <param name="profile">The profile, or null.</param>
    /// <param name="warnings">Told what is left out, and why.</param>
    internal static ImageMetadata Of(ReadOnlySpan<byte> exif, ReadOnlySpan<byte> profile, ImageWarnings warnings)
    {
        byte[]? block = exif.Length <= ExifBlock.MostBytes ? ExifBlock.Clean(exif) : null;
        if (!exif.IsEmpty && block is null)
            warnings.Note(exif.Length > ExifBlock.MostBytes ? $"the Exif block of {exif.Length} bytes is left out: too long"
                : "the Exif block is left out: damaged");
        string? problem = profile.IsEmpty ? null : ProfileProblem(profile);
        if (problem is not null)
            warnings.Note($"the color profile is left out: {problem}");
        return new() { Exif = block, IccProfile = problem is null ? profile.ToArray() : null };
    }

    // ICC.1, 7.2: the header's size, color space and signature.
    private static string? ProfileProblem(ReadOnlySpan<byte> profile)
    {
        if (profile.Length > MostProfileBytes)
            return $"{profile.Length} bytes, at most {MostProfileBytes} are carried";
        if (profile.Length < ProfileHeader || !profile[SignatureAt..].StartsWith("acsp"u8)
            || System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(profile) != profile.Length)
            return "damaged";
        ReadOnlySpan<byte> space = profile.Slice(ColorSpaceAt, 4);
        return space.SequenceEqual("RGB "u8) || space.SequenceEqual("GRAY"u8)
            ? null : $"it is for {System.Text.Encoding.ASCII.GetString(space).Trim()}, the pixels given are RGB or gray";
    }
}
