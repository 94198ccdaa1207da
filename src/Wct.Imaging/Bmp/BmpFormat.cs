namespace Wct.Imaging.Bmp;

/// <summary>Windows bitmaps, and those of OS/2 1.</summary>
/// <remarks>Reads 1 to 32 bits per pixel with palettes and bit masks, and runs of 4 and 8 bits. As in ImageMagick, the fourth byte of
/// uncompressed pixels of 32 bits is alpha if one of them is above 0.</remarks>
internal sealed class BmpFormat : ImageFormat
{
    public override string Name => "BMP";

    public override IReadOnlyList<string> Extensions { get; } = [".bmp", ".dib"];

    /// <summary>Whether a file is a bitmap of a kind that can be read, so that another format can read the other kinds.</summary>
    public override bool Matches(ReadOnlySpan<byte> head) => BmpHeader.IsBitmap(head) && BmpHeader.Unsupported(head) is null;

    public override ImageReader OpenReader(Stream stream, string source, ImageReadOptions options)
    {
        FileBytes file = new(stream, source);
        byte[] head = new byte[BmpHeader.MaxLength];
        head = head[..file.Read(head)];
        BmpHeader header = BmpHeader.Parse(head, source);
        ImageSize.Check(source, header.Width, header.Height, bytesPerPixel: 4, options);
        byte[] palette = Palette(file, head, header);
        if (header.Offset >= file.Position)
            file.Skip(header.Offset - file.Position, "the pixels");
        else
            file = Rewound(file, stream, head, header);
        if (header.HasRuns)
        {
            // Runs may leave pixels out, so a file of a few bytes can stand for any picture. Like ImageMagick, take at most 256 pixels per
            // byte; two bytes are a run of up to 255.
            file.MustHave((long)header.Width * header.Height / 256, $"the runs of {header.Width}x{header.Height} pixels");
            return new BmpReader(file, header, palette, hasAlpha: false);
        }

        file.MustHave(header.Stride * header.Height, $"{header.Width}x{header.Height} pixels of {header.Bits} bits");
        return new BmpReader(file, header, palette, header.MayHaveAlpha && AlphaUse.IsAnyAboveZero(file, header.Stride * header.Height));
    }

    // The pixels of small files start inside the bytes that were read as the header.
    private static FileBytes Rewound(FileBytes file, Stream stream, byte[] head, BmpHeader header)
    {
        if (file.CanSeek)
        {
            file.SeekTo(header.Offset);
            return file;
        }

        FileBytes again = new(new PrefixedStream(head, stream), file.Source);
        again.Skip(header.Offset, "the pixels");
        return again;
    }

    // Red, green and blue of each entry. Missing ones are black.
    private static byte[] Palette(FileBytes file, byte[] head, BmpHeader header)
    {
        if (header.Bits > 8)
            return [];
        int most = 1 << header.Bits;
        int bytes = (int)Math.Min((long)most * header.PaletteEntry, header.Offset - header.PaletteAt);
        byte[] stored = new byte[bytes];
        int there = Math.Min(bytes, Math.Max(0, head.Length - header.PaletteAt));
        head.AsSpan(Math.Min(head.Length, header.PaletteAt), there).CopyTo(stored);
        if (there < bytes)
            file.ReadExactly(stored.AsSpan(there), "the palette");
        byte[] palette = new byte[most * 3];
        for (int i = 0; i < bytes / header.PaletteEntry; i++)
        {
            ReadOnlySpan<byte> entry = stored.AsSpan(i * header.PaletteEntry, 3);
            (palette[3 * i], palette[(3 * i) + 1], palette[(3 * i) + 2]) = (entry[2], entry[1], entry[0]);
        }

        return palette;
    }
}
