namespace Wct.Imaging.Psd;

/// <summary>The merged picture of a Photoshop file: gray or RGB, with 8 or 16 bits per component.</summary>
/// <remarks>Reads the rows that it needs, whatever the size of the file. Layers aren't read.</remarks>
internal sealed class PsdFormat : ImageFormat
{
    public override string Name => "Photoshop";

    public override IReadOnlyList<string> Extensions { get; } = [".psd"];

    /// <summary>Whether a file is a Photoshop file of a kind that can be read, so that another format can read the other kinds.</summary>
    public override bool Matches(ReadOnlySpan<byte> head) => PsdHeader.IsPhotoshop(head) && PsdHeader.Unsupported(head) is null;

    public override ImageReader OpenReader(Stream stream, string source, ImageReadOptions options)
    {
        FileBytes file = Seekable(stream, source, options);
        PsdHeader header = PsdHeader.Read(file);
        ImageSize.Check(source, header.Width, header.Height, bytesPerPixel: 8, options);
        ImageWarnings warnings = new(source, options.Strict);
        PsdResources.Skip(file, "the color table");
        ImageMetadata metadata = PsdResources.Read(file, warnings);
        header = header with { IsTransparent = PsdLayers.SayTransparent(file) };
        return new PsdReader(file, header, new PsdChannels(file, header), metadata, warnings);
    }

    // A row's channels lie far apart, so a stream that can't seek must be kept.
    private static FileBytes Seekable(Stream stream, string source, ImageReadOptions options)
    {
        if (stream.CanSeek)
            return new FileBytes(stream, source);
        using FileBytes once = new(stream, source);
        return new FileBytes(new MemoryStream(once.ReadToEnd(options.MaxMemory ?? UsableMemory.Now.Safe / 4)), source);
    }
}
