namespace Wct.Imaging.Png;

/// <summary>Everything before the image data: header, palette, transparency. The next byte to read is the image data's first.</summary>
/// <param name="Header">What the IHDR chunk says.</param>
/// <param name="Palette">The PLTE chunk: red, green, blue per entry; empty without one.</param>
/// <param name="Transparency">The tRNS chunk, or null. Its meaning depends on the colour type (section 11.3.1.1).</param>
/// <param name="Chunks">The file, at its first IDAT chunk.</param>
internal sealed record PngFileHead(PngHeader Header, byte[] Palette, byte[]? Transparency, PngChunks Chunks)
{
    /// <summary>Reads up to the image data.</summary>
    /// <exception cref="ImageFormatException">Not a PNG file, damaged, truncated, or over the limit.</exception>
    internal static PngFileHead Read(Stream stream, string source, ImageReadOptions options)
    {
        Span<byte> signature = stackalloc byte[8];
        stream.ReadAtLeast(signature, signature.Length, throwOnEndOfStream: false);
        if (!PngCodec.Matches(signature))
            throw new ImageFormatException(source, "not a PNG file");

        PngChunks chunks = new(stream, source);
        PngHeader header = ReadHeader(chunks);
        ImageSize.Check(source, header.Width, header.Height, bytesPerPixel: Math.Max(4, header.FilterDistance), options);

        byte[] palette = [];
        byte[]? transparency = null;
        while (NextChunk(chunks) != PngChunkType.ImageData)
        {
            if (chunks.Type == PngChunkType.Palette && palette.Length > 0)
                throw new ImageFormatException(source, "damaged: a second PLTE chunk");
            if (chunks.Type == PngChunkType.Palette)
                palette = chunks.ReadBody(atMost: 3 * 256);
            else if (chunks.Type == PngChunkType.Transparency && !header.HasAlpha)
                transparency = chunks.ReadBody(atMost: 256);
            else if (chunks.Type == PngChunkType.End)
                throw new ImageFormatException(source, "no image data");
            else if (!chunks.Type.IsAncillary)
                throw new ImageFormatException(source, $"chunk {chunks.Type} is unknown and marked as needed");
        }

        PngFileHead head = new(header, palette, transparency, chunks);
        head.Check(source);
        return head;
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

    private void Check(string source)
    {
        if (Palette.Length % 3 != 0)
            throw new ImageFormatException(source, $"damaged: a palette of {Palette.Length} bytes, entries have 3");
        if (Header.ColorType == PngColorType.Palette && Palette.Length == 0)
            throw new ImageFormatException(source, "damaged: colour type 3 without a palette");
        if (Transparency is null)
            return;
        bool fits = Header.ColorType == PngColorType.Palette
            ? Transparency.Length <= Palette.Length / 3
            : Transparency.Length == 2 * Header.Channels;
        if (!fits)
        {
            string needed = Header.ColorType == PngColorType.Palette ? $"at most {Palette.Length / 3}" : $"{2 * Header.Channels}";
            throw new ImageFormatException(source, $"damaged: chunk tRNS has {Transparency.Length} bytes, the colour type needs {needed}");
        }
    }
}
