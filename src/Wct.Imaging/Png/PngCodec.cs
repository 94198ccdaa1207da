using Wct.Imaging.Jpeg.Decoding;

namespace Wct.Imaging.Png;

/// <summary>Portable Network Graphics.</summary>
/// <remarks>
/// W3C, PNG Specification (Third Edition). Reads every color type, bit depth and interlacing. Of the chunks that may be ignored tRNS and
/// the orientation in eXIf count; eXIf and iCCP are handed on, gAMA, cHRM, sRGB and all others are not: samples stay as they are.
/// Writes 8 bits per sample without interlacing.
/// </remarks>
internal static class PngCodec
{
    /// <summary>The eight bytes that every file starts with (section 5.2).</summary>
    internal static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Whether a file that starts with <paramref name="head"/> is a PNG file.</summary>
    internal static bool Matches(ReadOnlySpan<byte> head) => head.StartsWith(Signature);

    /// <summary>Reads the header; the reader then owns <paramref name="stream"/>, which need not be seekable.</summary>
    /// <exception cref="ImageFormatException">Not a PNG file, damaged, truncated, or over the limit.</exception>
    internal static ImageReader Open(Stream stream, string source, ImageReadOptions options)
    {
        PngFileHead head = PngFileHead.Read(stream, source, options);
        PngReader reader = new(head);
        return head.Orientation == 1 ? reader : OrientedReader.Create(reader, head.Orientation, source);
    }

    /// <summary>Writes the header; the writer then owns <paramref name="stream"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1.</exception>
    internal static ImageWriter Create(Stream stream, int width, int height, PixelFormat format, ImageWriteOptions options) =>
        new PngWriter(stream, width, height, format, options.Metadata);
}
