namespace Wct.Imaging.Png;

/// <summary>Converts pixels with a lookup table: palettes, and gray of 1, 2 and 4 bits.</summary>
internal sealed class PngIndexedPixels : PngPixels
{
    private readonly int _bits;
    private readonly int _entries;
    private readonly ImageWarnings _warnings;
    private bool _warned;

    /// <summary>[256, components]. Entries after the last one are black, as in libpng.</summary>
    private readonly byte[] _table;

    internal PngIndexedPixels(PngFileHead head)
    {
        (_bits, _warnings) = (head.Header.BitDepth, head.Chunks.Warnings);
        bool gray = head.Header.ColorType == PngColorType.Gray;
        Layout = head.Transparency is not null ? PixelLayout.Rgba32 : gray ? PixelLayout.Gray8 : PixelLayout.Rgb24;
        _table = new byte[256 * Layout.BytesPerPixel()];
        _entries = gray ? 1 << _bits : head.Palette.Length / 3;
        for (int i = _entries; i < 256 && Layout == PixelLayout.Rgba32; i++)
            _table[(4 * i) + 3] = 255;
        for (int i = 0; i < _entries; i++)
        {
            Span<byte> entry = _table.AsSpan(i * Layout.BytesPerPixel(), Layout.BytesPerPixel());
            if (gray)
                entry.Fill((byte)(255 * i / (_entries - 1)));
            else
                head.Palette.AsSpan(3 * i, 3).CopyTo(entry);
            if (head.Transparency is not null)
                entry[3] = gray ? GrayAlpha(head.Transparency, i) : PaletteAlpha(head.Transparency, i);
        }
    }

    internal override PixelLayout Layout { get; }

    internal override void Convert(ReadOnlySpan<byte> samples, Span<byte> pixels)
    {
        int components = Layout.BytesPerPixel(), count = pixels.Length / components, mask = (1 << _bits) - 1, highest = 0;
        ReadOnlySpan<byte> table = _table;
        for (int i = 0; i < count; i++)
        {
            long bit = (long)i * _bits;
            int index = (samples[(int)(bit >> 3)] >> (8 - _bits - (int)(bit & 7))) & mask;
            highest = Math.Max(highest, index);
            for (int c = 0; c < components; c++)
                pixels[i * components + c] = table[index * components + c];
        }

        if (highest < _entries || _warned)
            return;
        _warned = true;
        _warnings.Add("damaged: a pixel's color is not in the palette", $": {highest} of {_entries}; it is black");
    }

    /// <summary>Alpha of a gray level. The level in tRNS is transparent; only as many of its bits count as a sample has.</summary>
    private byte GrayAlpha(byte[] transparency, int level) => level == (transparency[1] & ((1 << _bits) - 1)) ? (byte)0 : (byte)255;

    /// <summary>Alpha of a palette entry. Entries after the end of tRNS are opaque.</summary>
    private static byte PaletteAlpha(byte[] transparency, int index) => index < transparency.Length ? transparency[index] : (byte)255;
}
