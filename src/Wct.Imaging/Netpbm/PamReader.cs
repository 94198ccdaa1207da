namespace Wct.Imaging.Netpbm;

/// <summary>Reads the rows of a portable arbitrary map as they come: gray, RGB, both with or without alpha.</summary>
internal sealed class PamReader : ImageReader
{
    private readonly NetpbmText _text;
    private readonly PamHeader _header;
    private readonly int _stride;

    /// <summary>The nearest of 256 levels for each sample value: [MaxValue + 1].</summary>
    private readonly byte[] _levels;

    private byte[] _raw = [];
    private RowCursor _cursor;

    internal PamReader(NetpbmText text, ImageReadOptions options)
    {
        _text = text;
        _header = PamHeader.Read(text);
        ImageSize.Check(text.Source, Width, Height, bytesPerPixel: 8, options);
        _stride = Width * Format.BytesPerPixel();
        _cursor = new RowCursor(_stride, Height);
        _levels = NetpbmReader.Levels(_header.MaxValue);
    }

    public override int Width => _header.Width;

    public override int Height => _header.Height;

    public override PixelFormat Format => _header.Format;

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
        int filled = _text.ReadBytes(_raw);
        if (filled < _raw.Length)
            throw new ImageFormatException(_text.Source, $"truncated: row {y} of {Height} has {filled} of {_raw.Length} bytes");
        if (_header.Depth != 2)
        {
            for (int i = 0; i < row.Length; i++)
                row[i] = Level(i, y);
            return;
        }

        for (int x = 0; x < Width; x++)
        {
            row.Slice(4 * x, 3).Fill(Level(2 * x, y));
            row[(4 * x) + 3] = Level((2 * x) + 1, y);
        }
    }

    private byte Level(int index, int y)
    {
        int sample = _header.MaxValue > 255 ? (_raw[2 * index] << 8) | _raw[(2 * index) + 1] : _raw[index];
        return sample < _levels.Length
            ? _levels[sample]
            : throw new ImageFormatException(_text.Source, $"damaged: row {y} has the sample {sample}, the maxval is {_header.MaxValue}");
    }
}
