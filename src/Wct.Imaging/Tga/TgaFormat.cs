namespace Wct.Imaging.Tga;

/// <summary>Truevision TGA: gray, colors of 15 to 32 bits, palettes, with or without runs.</summary>
/// <remarks>The format has no signature. So it must be the last one that is tried on a file.</remarks>
internal sealed class TgaFormat : ImageFormat
{
    public override string Name => "TGA";

    public override IReadOnlyList<string> Extensions { get; } = [".tga"];

    public override bool Matches(ReadOnlySpan<byte> head) => TgaHeader.Parse(head) is not null;

    public override ImageReader OpenReader(Stream stream, string source, ImageReadOptions options)
    {
        FileBytes file = new(stream, source);
        byte[] head = new byte[TgaHeader.Length];
        file.ReadExactly(head, "the header");
        TgaHeader header = TgaHeader.Parse(head) ?? throw new ImageFormatException(source, "not a TGA file");
        ImageSize.Check(source, header.Width, header.Height, bytesPerPixel: 4, options);
        TgaAlpha? alpha = header.HasAlpha ? TgaFooter.ReadAlpha(file) : null;
        file.Skip(header.IdLength, "the text after the header");
        byte[] palette = [];
        if (header.Type == 1)
            file.ReadInto(ref palette, 0, header.PaletteBytes, "the palette");
        else
            file.Skip(header.PaletteBytes, "the palette");
        file.MustHave(header.LeastBytes, $"{header.Width}x{header.Height} pixels of {header.Bits} bits");
        // As in bitmaps, zeros everywhere aren't alpha unless the file says so.
        if (alpha is null && header.MayHaveAlpha && file.CanSeek && !IsAlphaUsed(file, header))
            alpha = TgaAlpha.None;
        return new TgaReader(file, header with { Alpha = alpha ?? TgaAlpha.Straight }, palette);
    }

    private static bool IsAlphaUsed(FileBytes file, TgaHeader header)
    {
        if (!header.HasRuns)
            return AlphaUse.IsAnyAboveZero(file, header.LeastBytes);
        long start = file.Position;
        TgaRuns runs = new(file, header.BytesPerPixel);
        byte[] row = new byte[header.Width * header.BytesPerPixel];
        bool used = false;
        for (int y = 0; y < header.Height && !used; y++)
        {
            runs.Read(row, $"row {y} of {header.Height}");
            for (int i = 3; i < row.Length && !used; i += 4)
                used = row[i] > 0;
        }

        file.SeekTo(start);
        return used;
    }
}
