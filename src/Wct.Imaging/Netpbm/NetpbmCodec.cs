namespace Wct.Imaging.Netpbm;

/// <summary>Portable pixmaps, graymaps and bitmaps.</summary>
/// <remarks>
/// The format pages ppm(5), pgm(5) and pbm(5) of Netpbm. Reads P1 to P6 with any maxval, of several pictures in a file the first;
/// samples are taken as sRGB. Writes P5 and P6 with maxval 255. Alpha is laid over white, as for every format without alpha.
/// </remarks>
internal static class NetpbmCodec
{
    /// <summary>Whether a file that starts with <paramref name="head"/> is one of P1 to P6.</summary>
    internal static bool Matches(ReadOnlySpan<byte> head) =>
        head.Length >= 2 && head[0] == 'P' && head[1] is >= (byte)'1' and <= (byte)'6'
        && (head.Length == 2 || head[2] == '#' || NetpbmText.IsWhitespace(head[2]));

    /// <summary>Reads the header; the reader then owns <paramref name="stream"/>, which need not be seekable.</summary>
    /// <exception cref="ImageFormatException">Not such a file, damaged, truncated, or over the limit.</exception>
    internal static ImageReader Open(Stream stream, string source, ImageReadOptions options) =>
        new NetpbmReader(new NetpbmText(stream, source), options);

    /// <summary>Writes Gray8 as P5 and other formats as P6; the writer then owns <paramref name="stream"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1.</exception>
    internal static ImageWriter Create(Stream stream, int width, int height, PixelFormat format, ImageWriteOptions options) =>
        new NetpbmWriter(stream, width, height, format, color: format != PixelFormat.Gray8);

    /// <summary>Writes P5, and refuses colours: which grey they should become is the caller's choice.</summary>
    /// <exception cref="ArgumentException">The format is not Gray8.</exception>
    internal static ImageWriter CreatePgm(Stream stream, int width, int height, PixelFormat format, ImageWriteOptions options) =>
        format == PixelFormat.Gray8
            ? new NetpbmWriter(stream, width, height, format, color: false)
            : throw new ArgumentException(
                $"A PGM file holds Gray8 pixels, these are {format}; write a PPM or PNG file instead.", nameof(format));

    /// <summary>Writes P6; grey pixels become three equal components.</summary>
    internal static ImageWriter CreatePpm(Stream stream, int width, int height, PixelFormat format, ImageWriteOptions options) =>
        new NetpbmWriter(stream, width, height, format, color: true);
}
