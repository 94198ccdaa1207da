using ImageMagick;

namespace Wct.Imaging.Magick;

/// <summary>A format that ImageMagick decodes and encodes.</summary>
/// <param name="name">The format's name in messages.</param>
/// <param name="extensions">Its extensions.</param>
/// <param name="format">The decoder. ImageMagick never chooses it.</param>
/// <param name="matches">Recognizes files.</param>
internal sealed class MagickFileFormat(string name, string[] extensions, MagickFormat format, MagickFileFormat.Matcher matches)
    : ImageFormat
{
    /// <summary>Whether a file with these first bytes is in the format.</summary>
    internal delegate bool Matcher(ReadOnlySpan<byte> head);

    public override string Name => name;

    public override IReadOnlyList<string> Extensions => extensions;

    public override bool CanWrite => CanWriteFiles;

    /// <summary>Whether files can be written.</summary>
    internal bool CanWriteFiles { get; init; }

    /// <summary>Where a file's orientation is.</summary>
    internal OrientationSource Orientation { get; init; }

    /// <summary>Whether written files can have a profile for gray. Gray pixels of WebP and AVIF are stored as RGB, which such a profile
    /// doesn't describe, and the decoder of JPEG XL ignores it in lossy files.</summary>
    internal bool KeepsGrayProfiles { get; init; }

    /// <summary>Longest side that can be written, in pixels.</summary>
    internal int LongestSide { get; init; } = int.MaxValue;

    public override bool Matches(ReadOnlySpan<byte> head) => matches(head);

    public override ImageReader OpenReader(Stream stream, string source, ImageReadOptions options)
    {
        byte[] file = new FileBytes(stream, source).ReadToEnd(options.MaxMemory ?? MagickLibrary.MaxMemory);
        bool raw = format == MagickFormat.Tiff && TiffKind.IsRaw(file);
        MagickDecoder decoder = new(source, options);
        DecodedImage decoded = decoder.Decode(file, raw ? MagickFormat.Dng : format, Orientation);
        return new MagickReader(stream, source, decoded, decoder.Warnings);
    }

    /// <exception cref="ArgumentException">A side is too long for the format, or encoding takes more memory than the limit.</exception>
    /// <exception cref="PlatformNotSupportedException">ImageMagick's library is missing.</exception>
    public override ImageWriter CreateWriter(
        Stream stream, string extension, int width, int height, PixelLayout layout, ImageWriteOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, LongestSide);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, LongestSide);
        if (MagickLibrary.State == LibraryState.Missing)
            throw new PlatformNotSupportedException($"Writing a {name} file {MagickLibrary.MissingProblem}.");
        return new MagickWriter(
            stream, width, height, layout, MagickEncoder.For(format, options), options.Metadata, KeepsGrayProfiles);
    }
}
