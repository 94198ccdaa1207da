namespace Wct.Imaging.Gif;

/// <summary>The first picture of a GIF file.</summary>
/// <remarks>It is shown as browsers show it: at its place in the screen, whose other pixels are transparent.</remarks>
internal sealed class GifFormat : ImageFormat
{
    public override string Name => "GIF";

    public override IReadOnlyList<string> Extensions { get; } = [".gif"];

    public override bool Matches(ReadOnlySpan<byte> head) => head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8);

    public override ImageReader OpenReader(Stream stream, string source, ImageReadOptions options)
    {
        FileBytes file = new(stream, source);
        GifHeader header = GifHeader.Read(file);
        ImageSize.Check(source, header.Width, header.Height, bytesPerPixel: 4, options);
        long pixels = (long)header.FrameWidth * header.FrameHeight;
        file.MustHave(pixels / GifLzw.MostPixelsPerByte, $"{header.FrameWidth}x{header.FrameHeight} pixels");
        return new GifReader(file, header);
    }
}
