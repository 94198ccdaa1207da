using Wct.Imaging.Jpeg.Decoding;
using Wct.Imaging.Jpeg.Encoding;

namespace Wct.Imaging.Jpeg;

/// <summary>JPEG files (ITU T.81, JFIF). Reads files with 8 bits per sample, sequential or progressive, with Huffman or arithmetic coding.
/// Writes baseline files.</summary>
internal sealed class JpegFormat : ImageFormat
{
    public override string Name => "JPEG";

    public override IReadOnlyList<string> Extensions { get; } = [".jpg", ".jpeg", ".jpe"];

    public override bool CanWrite => true;

    public override bool Matches(ReadOnlySpan<byte> head) => head.StartsWith((ReadOnlySpan<byte>)[0xFF, Marker.StartOfImage]);

    /// <returns>Rows of Gray8 for grayscale pictures, otherwise of Rgb24.</returns>
    public override ImageReader OpenReader(Stream stream, string source, ImageReadOptions options)
    {
        JpegInput input = new(stream, source, options.Strict);
        try
        {
            SegmentReader segments = SegmentReader.Open(input, options.MaxPixels);
            Scan scan = segments.NextScan() ?? throw input.Fail("ends before any scan data");
            return new JpegReader(input, segments, scan);
        }
        catch
        {
            input.Dispose();
            throw;
        }
    }

    /// <summary>Gray stays gray. JPEG has no alpha, so everything else becomes RGB.</summary>
    public override PixelLayout WrittenLayout(PixelLayout layout, string extension) =>
        layout == PixelLayout.Gray8 ? layout : PixelLayout.Rgb24;

    /// <summary>Writes a baseline file: grayscale for Gray8, YCbCr for Rgb24.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A side is above 65535, or the quality is out of range.</exception>
    public override ImageWriter CreateWriter(
        Stream stream, string extension, int width, int height, PixelLayout layout, ImageWriteOptions options) =>
        new JpegWriter(stream, width, height, layout, options as JpegWriteOptions ?? new JpegWriteOptions { Metadata = options.Metadata });
}
