namespace Wct.Imaging.Netpbm;

/// <summary>Portable pixmaps, graymaps, bitmaps, arbitrary maps and float maps.</summary>
/// <remarks>
/// Specified by the pages ppm(5), pgm(5), pbm(5), pam(5) and pfm(5) of Netpbm. Reads P1 to P7 with any maxval, PF and Pf. If a file has
/// several pictures, it reads the first. Samples are treated as sRGB. Writes P5 and P6 with maxval 255.
/// </remarks>
internal sealed class NetpbmFormat : ImageFormat
{
    private const string Color = ".ppm", Gray = ".pgm";

    public override string Name => "Netpbm";

    public override IReadOnlyList<string> Extensions { get; } = [Color, Gray, ".pnm"];

    public override bool CanWrite => true;

    /// <summary>Whether a file is one of P1 to P7, PF or Pf.</summary>
    public override bool Matches(ReadOnlySpan<byte> head) => head.Length >= 2 && head[0] == 'P' && head[1] switch
    {
        >= (byte)'1' and <= (byte)'6' => head.Length == 2 || head[2] == '#' || NetpbmText.IsWhitespace(head[2]),
        // Thumbnails of the program XV start with "P7 332". They are no PAM files.
        (byte)'7' => head.Length == 2 || head[2] is (byte)'\n' or (byte)'\r',
        (byte)'F' or (byte)'f' => head.Length == 2 || NetpbmText.IsWhitespace(head[2]),
        _ => false,
    };

    public override ImageReader OpenReader(Stream stream, string source, ImageReadOptions options)
    {
        NetpbmText text = new(stream, source);
        return text.Peek(1) switch
        {
            '7' => new PamReader(text, options),
            'F' or 'f' => new PfmReader(text, options),
            _ => new NetpbmReader(text, options),
        };
    }

    /// <summary>A .ppm file holds colors, a .pgm file holds gray, and a .pnm file holds either. None holds alpha.</summary>
    /// <exception cref="ArgumentException">The pixels have colors, and the extension is .pgm. The caller must choose how to convert colors
    /// to gray.</exception>
    public override PixelLayout WrittenLayout(PixelLayout layout, string extension)
    {
        if (extension == Gray && layout != PixelLayout.Gray8)
            throw new ArgumentException(
                $"A PGM file holds Gray8 pixels, these are {layout}; write a PPM or PNG file instead.", nameof(layout));
        return layout == PixelLayout.Gray8 && extension != Color ? layout : PixelLayout.Rgb24;
    }

    /// <exception cref="ArgumentOutOfRangeException">The row is longer than an array.</exception>
    public override ImageWriter CreateWriter(
        Stream stream, string extension, int width, int height, PixelLayout layout, ImageWriteOptions options) =>
        new NetpbmWriter(stream, width, height, layout);
}
