using System.Buffers.Binary;

namespace Wct.Imaging.Bmp;

/// <summary>Reads the rows of a bitmap as Rgb24, or as Rgba32 if it has alpha.</summary>
internal sealed class BmpReader : BandReader
{
    private readonly BmpHeader _header;
    private readonly byte[] _palette;
    private readonly BmpMask[] _masks;

    /// <param name="file">The file, at its first row.</param>
    /// <param name="header">Its header.</param>
    /// <param name="palette">2^bits entries of red, green and blue; empty for more than 8 bits per pixel.</param>
    /// <param name="hasAlpha">Whether the fourth byte of pixels without masks is alpha.</param>
    internal BmpReader(FileBytes file, BmpHeader header, byte[] palette, bool hasAlpha)
        : base(file, header.Width, header.Height, hasAlpha || header.Masks.A != 0 ? PixelLayout.Rgba32 : PixelLayout.Rgb24,
            checked((int)(header.HasRuns ? header.Width : header.Stride)), ReadsBottomUp(file, header))
    {
        (_header, _palette) = (header, palette);
        // They give one byte per pixel.
        Runs = header.HasRuns ? new BmpRuns(file, header.Bits).ReadRow : null;
        uint alpha = hasAlpha ? 0xFF000000 : header.Masks.A;
        _masks = header.Bits < 16 || header.Bits == 24 ? []
            : [new(header.Masks.R), new(header.Masks.G), new(header.Masks.B), .. alpha == 0 ? Array.Empty<BmpMask>() : [new(alpha)]];
    }

    // 4 is upside down.
    public override int Orientation => _header.IsBottomUp && !ReadsBottomUp(File, _header) ? 4 : 1;

    protected override void Decode(ReadOnlySpan<byte> stored, Span<byte> row)
    {
        if (_masks.Length > 0)
            DecodeMasks(stored, row);
        else if (_header.Bits == 24)
            Bgr(stored, row);
        else
            DecodePalette(stored, row, _header.HasRuns ? 8 : _header.Bits);
    }

    private static void Bgr(ReadOnlySpan<byte> stored, Span<byte> row)
    {
        for (int at = 0; at < row.Length; at += 3)
            (row[at], row[at + 1], row[at + 2]) = (stored[at + 2], stored[at + 1], stored[at]);
    }

    // The first pixel is in the highest bits of a byte.
    private void DecodePalette(ReadOnlySpan<byte> stored, Span<byte> row, int bits)
    {
        int mask = (1 << bits) - 1;
        for (int x = 0; x < Width; x++)
        {
            int bit = x * bits;
            int index = (stored[bit >> 3] >> (8 - bits - (bit & 7))) & mask;
            _palette.AsSpan(3 * index, 3).CopyTo(row[(3 * x)..]);
        }
    }

    private void DecodeMasks(ReadOnlySpan<byte> stored, Span<byte> row)
    {
        int size = _header.Bits / 8;
        for (int x = 0, at = 0; x < Width; x++)
        {
            ReadOnlySpan<byte> pixel = stored.Slice(x * size, size);
            uint value = size == 2 ? BinaryPrimitives.ReadUInt16LittleEndian(pixel) : BinaryPrimitives.ReadUInt32LittleEndian(pixel);
            foreach (BmpMask mask in _masks)
                row[at++] = mask.Level(value);
        }
    }

    private static bool ReadsBottomUp(FileBytes file, BmpHeader header) => header.IsBottomUp && file.CanSeek && !header.HasRuns;
}
