namespace Wct.Imaging.Png;

/// <summary>Everything before the image data: header, palette, transparency, metadata. The next byte to read is the first one of the image
/// data.</summary>
/// <param name="Header">The IHDR chunk.</param>
/// <param name="Palette">The PLTE chunk: red, green, blue per entry; empty if there is none.</param>
/// <param name="Transparency">The tRNS chunk, or null. Its meaning depends on the color type (section 11.3.1.1).</param>
/// <param name="Chunks">The file, at its first IDAT chunk.</param>
/// <param name="Metadata">The Exif data and the color profile.</param>
/// <param name="Orientation">The picture's orientation, 1 to 8 as in Exif.</param>
/// <param name="Colors">The colors of the samples, if other chunks than the color profile describe them.</param>
internal sealed record PngFileHead(
    PngHeader Header, byte[] Palette, byte[]? Transparency, PngChunks Chunks, ImageMetadata Metadata, int Orientation,
    PngColorSpace Colors)
{
    /// <summary>Reads up to the image data.</summary>
    /// <exception cref="ImageFormatException">The file isn't a PNG file, or is damaged, truncated, or over the limit.</exception>
    internal static PngFileHead Read(Stream stream, string source, ImageReadOptions options)
    {
        Span<byte> signature = stackalloc byte[8];
        stream.ReadAtLeast(signature, signature.Length, throwOnEndOfStream: false);
        if (!signature.StartsWith(PngFormat.Signature))
            throw new ImageFormatException(source, "not a PNG file");

        PngChunks chunks = new(stream, source, options.Strict);
        PngHeader header = ReadHeader(chunks);
        ImageSize.Check(source, header.Width, header.Height, bytesPerPixel: Math.Max(4, header.FilterDistance), options);

        PngColors colors = new(header, chunks);
        byte[]? exif = null, profile = null;
        PngColorSpace space = new();
        while (NextChunk(chunks) != PngChunkType.ImageData)
        {
            if (chunks.Type == PngChunkType.Palette)
                colors.ReadPalette();
            else if (chunks.Type == PngChunkType.Transparency)
                colors.ReadTransparency();
            else if (chunks.Type == PngChunkType.Exif)
                exif ??= PngMetadata.ReadExif(chunks);
            else if (chunks.Type == PngChunkType.Profile)
                profile ??= PngMetadata.ReadProfile(chunks);
            else if (PngTextReader.Reads(chunks.Type))
                chunks.Text.Read(chunks);
            else if (chunks.Type == PngChunkType.End)
                throw new ImageFormatException(source, "no image data");
            else if (space.Read(chunks))
                continue;
            else if (!chunks.Type.IsAncillary)
                throw new ImageFormatException(source, $"chunk {chunks.Type} is unknown and marked as needed");
        }

        if (header.ColorType == PngColorType.Palette && colors.Palette.Length == 0)
            throw new ImageFormatException(source, "damaged: color type 3 without a palette");
        exif ??= PngMetadata.FindExif(chunks.Stream, chunks.Length);
        ImageMetadata metadata = ImageMetadata.Of(exif, profile, chunks.Warnings);
        return new(header, colors.Palette, colors.Transparency, chunks, metadata, ExifBlock.Orientation(exif) ?? 1, space);
    }

    private static PngHeader ReadHeader(PngChunks chunks)
    {
        if (NextChunk(chunks) != PngChunkType.Header || chunks.Length != PngHeader.Length)
        {
            throw new ImageFormatException(
                chunks.Source, $"damaged: starts with chunk {chunks.Type} of {chunks.Length} bytes, not with IHDR of {PngHeader.Length}");
        }

        return PngHeader.Parse(chunks.ReadBody(PngHeader.Length), chunks.Source);
    }

    private static PngChunkType NextChunk(PngChunks chunks) => chunks.Next()
        ? chunks.Type
        : throw new ImageFormatException(chunks.Source, "truncated: ends before the image data");
}
