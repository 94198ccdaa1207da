using Wct.Imaging.Jpeg;
using Wct.Imaging.Netpbm;
using Wct.Imaging.Png;

namespace Wct.Imaging;

/// <summary>Whether the first bytes of a file are those of a format.</summary>
internal delegate bool HeadMatcher(ReadOnlySpan<byte> head);

/// <summary>A file format: how it is recognized, read and written.</summary>
/// <param name="Name">As it is called in messages.</param>
/// <param name="Extensions">The names' endings that it is written for, in lower case, with the dot.</param>
/// <param name="Matches">Recognizes it by its first <see cref="HeadLength"/> bytes, or fewer where the file has fewer.</param>
/// <param name="Open">Reads the header from a stream, which the reader then owns.</param>
/// <param name="Create">Writes the header to a stream, which the writer then owns.</param>
internal sealed record ImageCodec(
    string Name,
    string[] Extensions,
    HeadMatcher Matches,
    Func<Stream, string, ImageReadOptions, ImageReader> Open,
    Func<Stream, int, int, PixelFormat, ImageWriteOptions, ImageWriter> Create)
{
    /// <summary>Bytes that are enough to recognize every format, and to name those that are not read.</summary>
    internal const int HeadLength = 256;

    /// <summary>Every format, in the order in which they are tried and named.</summary>
    internal static readonly ImageCodec[] All =
    [
        new("PNG", [".png"], PngCodec.Matches, PngCodec.Open, PngCodec.Create),
        new("JPEG", [".jpg", ".jpeg", ".jpe"], JpegCodec.Matches, JpegCodec.Open, JpegCodec.Create),
        new("PPM", [".ppm"], NetpbmCodec.Matches, NetpbmCodec.Open, NetpbmCodec.CreatePpm),
        new("PGM", [".pgm"], NetpbmCodec.Matches, NetpbmCodec.Open, NetpbmCodec.CreatePgm),
        new("PNM", [".pnm"], NetpbmCodec.Matches, NetpbmCodec.Open, NetpbmCodec.Create),
    ];

    /// <summary>The format that a file named so is written in, or null.</summary>
    internal static ImageCodec? ForWriting(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        string extension = Path.GetExtension(path).ToLowerInvariant();
        return Array.Find(All, codec => codec.Extensions.Contains(extension));
    }

    /// <summary>The format of a file that starts so, or null.</summary>
    internal static ImageCodec? ForReading(ReadOnlySpan<byte> head)
    {
        foreach (ImageCodec codec in All)
        {
            if (codec.Matches(head))
                return codec;
        }

        return null;
    }
}
