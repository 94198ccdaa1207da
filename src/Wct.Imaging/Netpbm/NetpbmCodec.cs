namespace Wct.Imaging.Netpbm;

/// <summary>Portable pixmaps, graymaps, bitmaps, arbitrary maps and float maps.</summary>
/// <remarks>
/// The format pages ppm(5), pgm(5), pbm(5), pam(5) and pfm(5) of Netpbm. Reads P1 to P7 with any maxval, PF and Pf, of several pictures in
/// a file the first; samples are taken as sRGB. Writes P5 and P6 with maxval 255. Alpha is laid over white, as for every format without alpha.
/// </remarks>
internal static class NetpbmCodec
{
    /// <summary>Whether a file that starts with <paramref name="head"/> is one of P1 to P7, PF or Pf.</summary>
    internal static bool Matches(ReadOnlySpan<byte> head) => head.Length >= 2 && head[0] == 'P' && head[1] switch
    {
        >= (byte)'1' and <= (byte)'6' => head.Length == 2 || head[2] == '#' || NetpbmText.IsWhitespace(head[2]),
        // A thumbnail of the program XV starts with "P7 332".
        (byte)'7' => head.Length == 2 || head[2] is (byte)'\n' or (byte)'\r',
        (byte)'F' or (byte)'f' => head.Length == 2 || NetpbmText.IsWhitespace(head[2]),
        _ => false,
    };

    /// <summary>Reads the header; the reader then owns <paramref name="stream"/>, which need not be seekable.</summary>
    /// <exception cref="ImageFormatException">Not such a file, damaged, truncated, or over the limit.</exception>
    internal static ImageReader Open(Stream stream, string source, ImageReadOptions options)
    {
        NetpbmText text = new(stream, source);
        return text.Peek(1) switch
        {
            '7' => new PamReader(text, options),
            'F' or 'f' => new PfmReader(text, options),
            _ => new NetpbmReader(text, options),
        };
    }

    /// <summary>Writes Gray8 as P5 and other formats as P6; the writer then owns <paramref name="stream"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1.</exception>
    internal static ImageWriter Create(Stream stream, int width, int height, PixelFormat format, ImageWriteOptions options) =>
        new NetpbmWriter(stream, width, height, format, color: format != PixelFormat.Gray8);

    /// <summary>Writes P5, and refuses colors: which gray they should become is the caller's choice.</summary>
    /// <exception cref="ArgumentException">The format is not Gray8.</exception>
    internal static ImageWriter CreatePgm(Stream stream, int width, int height, PixelFormat format, ImageWriteOptions options) =>
        format == PixelFormat.Gray8
            ? new NetpbmWriter(stream, width, height, format, color: false)
            : throw new ArgumentException(
                $"A PGM file holds Gray8 pixels, these are {format}; write a PPM or PNG file instead.", nameof(format));

    /// <summary>Writes P6; gray pixels become three equal components.</summary>
    internal static ImageWriter CreatePpm(Stream stream, int width, int height, PixelFormat format, ImageWriteOptions options) =>
        new NetpbmWriter(stream, width, height, format, color: true);
}
