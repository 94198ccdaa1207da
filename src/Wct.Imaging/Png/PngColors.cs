namespace Wct.Imaging.Png;

/// <summary>Reads the palette (PLTE) and the transparency (tRNS). Chunks that libpng ignores are ignored with a warning. Chunks that it
/// refuses are refused.</summary>
/// <param name="header">The IHDR chunk.</param>
/// <param name="chunks">The file.</param>
internal sealed class PngColors(PngHeader header, PngChunks chunks)
{
    private const int EntryLength = 3, MaxEntries = 256;

    private bool _hasPalette, _hasTransparency;

    /// <summary>Red, green, blue per entry; empty if there is no palette, or if it is ignored.</summary>
    internal byte[] Palette { get; private set; } = [];

    /// <summary>The body of the tRNS chunk; null if there is none, or if it is ignored.</summary>
    internal byte[]? Transparency { get; private set; }

    /// <summary>Reads the current PLTE chunk.</summary>
    /// <exception cref="ImageFormatException">It is the second one, or it is damaged and the picture needs it.</exception>
    internal void ReadPalette()
    {
        if (_hasPalette)
            throw new ImageFormatException(chunks.Source, "damaged: a second PLTE chunk");
        _hasPalette = true;
        bool needed = header.ColorType == PngColorType.Palette,
            valid = chunks.Length is <= EntryLength * MaxEntries && chunks.Length % EntryLength == 0;
        if (needed && !valid)
            throw new ImageFormatException(
                chunks.Source,
                $"damaged: a palette of {chunks.Length} bytes, {EntryLength} for each of up to {MaxEntries} entries are allowed");
        if (!valid || header.ColorType is PngColorType.Gray or PngColorType.GrayAlpha)
        {
            chunks.Warnings.Add(
                "chunk PLTE", $" of {chunks.Length} bytes is ignored: {(valid ? "the picture is gray" : $"entries have {EntryLength}")}");
            return;
        }

        if (Transparency is not null)
        {
            // As in libpng, transparency before the palette doesn't belong to it.
            chunks.Warnings.Add("chunk tRNS", " is ignored: it comes before the palette");
            Transparency = null;
        }

        if (!needed)
            return;
        byte[] body = chunks.ReadBody(atMost: EntryLength * MaxEntries);
        int entries = Math.Min(body.Length / EntryLength, 1 << header.BitDepth);
        if (entries < body.Length / EntryLength)
            chunks.Warnings.Add("chunk PLTE", $" has {body.Length / EntryLength} entries, {entries} can be used");
        Palette = body[..(EntryLength * entries)];
    }

    /// <summary>Reads the current tRNS chunk.</summary>
    internal void ReadTransparency()
    {
        int most = header.ColorType == PngColorType.Palette ? Palette.Length / EntryLength : 2 * header.Channels;
        string? problem =
            header.HasAlpha ? "pixels have alpha"
            : _hasTransparency ? "it is the second"
            : header.ColorType != PngColorType.Palette && chunks.Length != most ? $"{most} are needed"
            : header.ColorType != PngColorType.Palette ? null
            : !_hasPalette ? "it comes before the palette"
            : chunks.Length > most || chunks.Length == 0 ? $"1 to {most} are possible"
            : null;
        if (problem is not null)
        {
            chunks.Warnings.Add("chunk tRNS", $" of {chunks.Length} bytes is ignored: {problem}");
            return;
        }

        Transparency = chunks.ReadAncillary();
        _hasTransparency = Transparency is not null;
    }
}
