namespace Wct.Imaging.Netpbm;

/// <summary>Reads the rows of PPM files (P3, P6) as Rgb24, and of PGM and PBM files (P1, P2, P4, P5) as Gray8.</summary>
internal sealed class NetpbmReader : ImageReader
{
    private readonly NetpbmText _text;
    private readonly NetpbmHeader _header;
    private readonly int _stride;
    private readonly SampleLevels _levels;
    private byte[] _raw = [];
    private RowCursor _cursor;

    internal NetpbmReader(NetpbmText text, ImageReadOptions options)
    {
        _text = text;
        _header = NetpbmHeader.Read(text);
        ImageSize.Check(text.Source, Width, Height, bytesPerPixel: _header.Channels * 2, options);
        _stride = Width * _header.Channels;
        _cursor = new RowCursor(_stride, Height);
        _levels = new(text.Source, _header.MaxValue);
    }

    public override int Width => _header.Width;

    public override int Height => _header.Height;

    public override PixelLayout Layout => _header.Channels == 3 ? PixelLayout.Rgb24 : PixelLayout.Gray8;

    public override void ReadRows(Span<byte> destination)
    {
        int first = _cursor.Next, rows = _cursor.Take(destination.Length, nameof(destination));
        for (int i = 0; i < rows; i++)
        {
            Span<byte> row = destination.Slice(i * _stride, _stride);
            if (_header.IsPlain)
                ReadPlain(row, first + i);
            else
                ReadRaw(row, first + i);
        }
    }

    public override void Dispose() => _text.Dispose();

    private void ReadPlain(Span<byte> row, int y)
    {
        string what = $"a sample of row {y}";
        for (int i = 0; i < row.Length; i++)
            row[i] = _header.IsBitmap ? BitLevel(_text.ReadBit(what)) : _levels.Of(_text.ReadNumber(what), y);
    }

    private void ReadRaw(Span<byte> row, int y)
    {
        if (_raw.Length == 0)
            _raw = new byte[_header.RawRowLength];
        _text.ReadRow(_raw, y, Height);
        if (_header.MaxValue == 255)
        {
            _raw.CopyTo(row);
            return;
        }

        for (int i = 0; i < row.Length; i++)
            row[i] = _header.IsBitmap ? BitLevel((_raw[i >> 3] >> (7 - (i & 7))) & 1) : _levels.At(_raw, i, y);
    }

    private static byte BitLevel(int bit) => bit == 1 ? (byte)0 : (byte)255;
}
