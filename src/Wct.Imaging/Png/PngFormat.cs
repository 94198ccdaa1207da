namespace Wct.Imaging.Png;

/// <summary>Portable Network Graphics.</summary>
/// <remarks>
/// W3C, PNG Specification (Third Edition). Reads every color type, bit depth and interlacing. Of the ancillary chunks, tRNS and the
/// orientation in eXIf are applied, eXIf is returned as metadata, and tEXt, zTXt and iTXt as texts. The colors that cICP, iCCP, sRGB, gAMA
/// and cHRM describe are returned as a color profile. All others are ignored. Writes 8 bits per sample without interlacing.
/// </remarks>
internal sealed class PngFormat : ImageFormat
{
    /// <summary>The eight bytes that every file starts with (section 5.2).</summary>
    internal static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public override string Name => "PNG";

    public override IReadOnlyList<string> Extensions { get; } = [".png"];

    public override bool CanWrite => true;

    public override bool Matches(ReadOnlySpan<byte> head) => head.StartsWith(Signature);

    public override ImageReader OpenReader(Stream stream, string source, ImageReadOptions options) =>
        new PngReader(PngFileHead.Read(stream, source, options));

    /// <exception cref="ArgumentOutOfRangeException">The row is longer than an array.</exception>
    /// <exception cref="ArgumentException">A text can't be written.</exception>
    public override ImageWriter CreateWriter(
        Stream stream, string extension, int width, int height, PixelLayout layout, ImageWriteOptions options) =>
        new PngWriter(stream, width, height, layout, options);
}
