namespace Wct.Imaging.Radiance;

/// <summary>Radiance pictures (.hdr): colors with a common exponent, with runs of both kinds or without.</summary>
/// <remarks>
/// Colors are mapped to 8 bits as ImageMagick's program does: values above 1 become 1, and the rest gets the curve of sRGB. Exposure and
/// primaries in the header are ignored.
/// </remarks>
internal sealed class HdrFormat : ImageFormat
{
    public override string Name => "Radiance HDR";

    public override IReadOnlyList<string> Extensions { get; } = [".hdr"];

    public override bool Matches(ReadOnlySpan<byte> head) => head.StartsWith("#?RADIANCE"u8) || head.StartsWith("#?RGBE"u8);

    public override ImageReader OpenReader(Stream stream, string source, ImageReadOptions options)
    {
        FileBytes file = new(stream, source);
        HdrHeader header = HdrHeader.Read(file);
        ImageSize.Check(source, header.Columns, header.Scanlines, bytesPerPixel: 4, options);
        file.MustHave(header.LeastBytes * header.Scanlines, $"{header.Columns}x{header.Scanlines} pixels");
        return new HdrReader(file, header);
    }
}
