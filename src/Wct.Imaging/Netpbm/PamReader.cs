namespace Wct.Imaging.Netpbm;

/// <summary>Reads the rows of a portable arbitrary map: gray or RGB, with or without alpha.</summary>
internal sealed class PamReader : ImageReader
{
    private readonly NetpbmText _text;
    private readonly PamHeader _header;
    private readonly int _stride;
    private readonly SampleLevels _levels;
    private byte[] _raw = [];
    private RowCursor _cursor;

    internal PamReader(NetpbmText text, ImageReadOptions options)
    {
        _text = text;
        _header = PamHeader.Read(text);
        ImageSize.Check(text.Source, Width, Height, bytesPerPixel: 8, options);
        _stride = Width * Layout.BytesPerPixel();
        _cursor = new RowCursor(_stride, Height);
        _levels = new(text.Source, _header.MaxValue);
    }

    public override int Width => _header.Width;

    public override int Height => _header.Height;

    public override PixelLayout Layout => _header.Layout;

    public override void ReadRows(Span<byte> destination)
    {
        int first = _cursor.Next, rows = _cursor.Take(destination.Length, nameof(destination));
        for (int i = 0; i < rows; i++)
            ReadRow(destination.Slice(i * _stride, _stride), first + i);
    }

    public override void Dispose() => _text.Dispose();

    private void ReadRow(Span<byte> row, int y)
    {
        if (_raw.Length == 0)
            _raw = new byte[_header.RowLength];
        _text.ReadRow(_raw, y, Height);
        if (_header.Depth != 2)
        {
            for (int i = 0; i < row.Length; i++)
                row[i] = _levels.At(_raw, i, y);
            return;
        }

        for (int x = 0; x < Width; x++)
        {
            row.Slice(4 * x, 3).Fill(_levels.At(_raw, 2 * x, y));
            row[(4 * x) + 3] = _levels.At(_raw, (2 * x) + 1, y);
        }
    }
}
