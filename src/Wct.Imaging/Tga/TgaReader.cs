using System.Buffers.Binary;

namespace Wct.Imaging.Tga;

/// <summary>Reads the rows of a TGA file as Gray8, Rgb24 or Rgba32.</summary>
internal sealed class TgaReader : BandReader
{
    private readonly TgaHeader _header;
    private readonly TgaColors _colors;
    private readonly byte[] _palette;

    /// <param name="file">The file, at its first pixel.</param>
    /// <param name="header">Its header.</param>
    /// <param name="palette">The palette as stored; empty for pictures without indices.</param>
    internal TgaReader(FileBytes file, TgaHeader header, byte[] palette)
        : base(file, header.Width, header.Height, header.Layout, header.Width * header.BytesPerPixel, ReadsBottomUp(file, header))
    {
        _header = header;
        _colors = new TgaColors(header.ColorBits, header.HasAlpha ? header.Alpha : TgaAlpha.None);
        _palette = new byte[palette.Length / Math.Max(1, _colors.StoredSize) * _colors.Size];
        if (header.Type == 1)
            _colors.Convert(palette, _palette);
        Runs = header.HasRuns ? new TgaRuns(file, header.BytesPerPixel).Read : null;
    }

    public override int Orientation => ReadsBottomUp(File, _header) ? 1 : _header.Orientation;

    protected override void Decode(ReadOnlySpan<byte> stored, Span<byte> row)
    {
        if (_header.Type == 1)
            DecodePalette(stored, row);
        else if (_header.Type == 2)
            _colors.Convert(stored, row);
        else if (_header.Bits == 8)
            stored.CopyTo(row);
        else
            DecodeGrayWithAlpha(stored, row);
    }

    // Indices before the first entry or after the last one are black, and opaque.
    private void DecodePalette(ReadOnlySpan<byte> stored, Span<byte> row)
    {
        int size = _colors.Size;
        for (int x = 0; x < Width; x++)
        {
            int index = _header.Bits == 8 ? stored[x] : BinaryPrimitives.ReadUInt16LittleEndian(stored[(2 * x)..]);
            int entry = (index - _header.PaletteStart) * size;
            Span<byte> pixel = row.Slice(x * size, size);
            if (entry >= 0 && entry < _palette.Length)
            {
                _palette.AsSpan(entry, size).CopyTo(pixel);
            }
            else
            {
                pixel.Clear();
                if (size == 4)
                    pixel[3] = 255;
            }
        }
    }

    private void DecodeGrayWithAlpha(ReadOnlySpan<byte> stored, Span<byte> row)
    {
        if (Layout == PixelLayout.Gray8)
        {
            for (int x = 0; x < Width; x++)
                row[x] = stored[2 * x];
            return;
        }

        for (int x = 0; x < Width; x++)
        {
            (byte gray, byte alpha) = (stored[2 * x], stored[(2 * x) + 1]);
            if (_header.Alpha == TgaAlpha.Premultiplied && alpha > 0)
                gray = (byte)Math.Min(255, ((gray * 255) + (alpha / 2)) / alpha);
            row.Slice(4 * x, 3).Fill(gray);
            row[(4 * x) + 3] = alpha;
        }
    }

    private static bool ReadsBottomUp(FileBytes file, TgaHeader header) => file.CanSeek && !header.HasRuns && header.Orientation == 4;
}
