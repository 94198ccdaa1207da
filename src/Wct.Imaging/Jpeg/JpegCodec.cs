using Wct.Imaging.Jpeg.Decoding;
using Wct.Imaging.Jpeg.Encoding;

namespace Wct.Imaging.Jpeg;

/// <summary>JPEG files (ITU T.81, JFIF). Reads 8 bits: sequential and progressive, Huffman and arithmetic codes. Writes baseline.</summary>
internal static class JpegCodec
{
    /// <summary>Whether a file that starts with <paramref name="head"/> is a JPEG file.</summary>
    internal static bool Matches(ReadOnlySpan<byte> head) => head.StartsWith((ReadOnlySpan<byte>)[0xFF, Marker.StartOfImage]);

    /// <summary>Reads the header and gives a reader for the rows: Gray8 for grayscale pictures, otherwise Rgb24.</summary>
    /// <param name="stream">Owned from here on, also when this throws; need not be seekable.</param>
    /// <param name="source">What messages call the file.</param>
    /// <param name="options">Limits.</param>
    /// <exception cref="ImageFormatException">No JPEG file, damaged, over a limit, or of a kind that is not supported.</exception>
    internal static ImageReader Open(Stream stream, string source, ImageReadOptions options)
    {
        JpegInput input = new(stream, source, options.Strict);
        try
        {
            SegmentReader segments = SegmentReader.Open(input, options.MaxPixels);
            Scan scan = segments.NextScan() ?? throw input.Fail("ends before any scan data");
            JpegReader reader = new(input, segments, scan);
            return segments.Orientation == 1 ? reader : OrientedReader.Create(reader, segments.Orientation, source);
        }
        catch
        {
            input.Dispose();
            throw;
        }
    }

    /// <summary>Writes the header of a baseline file and gives a writer for the rows.</summary>
    /// <param name="stream">Owned from here on, also when this throws.</param>
    /// <param name="width">1 to 65535.</param>
    /// <param name="height">1 to 65535.</param>
    /// <param name="format">Gray8 gives a grayscale file, Rgb24 a YCbCr file; Rgba32 is laid on white first.</param>
    /// <param name="options">The quality: from 90 up all components have full resolution, below it chroma has half of it each way.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side or the quality is out of range.</exception>
    internal static ImageWriter Create(Stream stream, int width, int height, PixelFormat format, ImageWriteOptions options)
    {
        try
        {
            return new JpegWriter(stream, width, height, format, options);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }
}
