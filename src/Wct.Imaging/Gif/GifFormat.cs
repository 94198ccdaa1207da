namespace Wct.Imaging.Gif;

/// <summary>The first picture of a GIF file.</summary>
/// <remarks>It is shown as browsers show it: at its place in the screen, whose other pixels are transparent.</remarks>
internal sealed class GifFormat : ImageFormat
{
    // Takes 64 MB as Rgba32.
    private const long MostEmptyPixels = 1 << 24;

    public override string Name => "GIF";

    public override IReadOnlyList<string> Extensions { get; } = [".gif"];

    public override bool Matches(ReadOnlySpan<byte> head) => head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8);

    public override ImageReader OpenReader(Stream stream, string source, ImageReadOptions options)
    {
        FileBytes file = new(stream, source);
        GifHeader header = GifHeader.Read(file);
        ImageSize.Check(source, header.Width, header.Height, bytesPerPixel: 4, options);
        MustHave(file, header.FrameWidth, header.FrameHeight);
        // A small picture in a large screen is valid, but a few bytes must not stand for a gigabyte of transparent pixels.
        if ((long)header.Width * header.Height > MostEmptyPixels)
            MustHave(file, header.Width, header.Height);
        return new GifReader(file, header);
    }

    private static void MustHave(FileBytes file, int width, int height) =>
        file.MustHave((long)width * height / GifLzw.MostPixelsPerByte, $"{width}x{height} pixels");
}
