namespace Wct.Imaging.Netpbm;

/// <summary>Reads rows as they come: P3 and P6 as Rgb24, all others as Gray8.</summary>
internal sealed class NetpbmReader : ImageReader
{
    private readonly NetpbmText _text;
    private readonly NetpbmHeader _header;
    private readonly int _stride;

    /// <summary>The nearest of 256 levels for each sample value: [MaxValue + 1].</summary>
    private readonly byte[] _levels;

    private byte[] _raw = [];
    private RowCursor _cursor;

    internal NetpbmReader(NetpbmText text, ImageReadOptions options)
    {
        _text = text;
        _header = NetpbmHeader.Read(text);
        ImageSize.Check(text.Source, Width, Height, bytesPerPixel: _header.Channels * 2, options);
        _stride = Width * _header.Channels;
        _cursor = new RowCursor(_stride, Height);
        _levels = Levels(_header.MaxValue);
    }

    public override int Width => _header.Width;

    public override int Height => _header.Height;

    public override PixelFormat Format => _header.Channels == 3 ? PixelFormat.Rgb24 : PixelFormat.Gray8;

    /// <summary>The nearest of 256 levels for each sample value: [maxValue + 1].</summary>
    internal static byte[] Levels(int maxValue)
    {
        byte[] levels = new byte[maxValue + 1];
        for (int i = 0; i < levels.Length; i++)
            levels[i] = (byte)((i * 255 + maxValue / 2) / maxValue);
        return levels;
    }

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
            row[i] = _header.IsBitmap ? BitLevel(_text.ReadBit(what)) : Level(_text.ReadNumber(what), y);
    }

    private void ReadRaw(Span<byte> row, int y)
    {
        if (_raw.Length == 0)
            _raw = new byte[_header.RawRowLength];
        int filled = _text.ReadBytes(_raw);
        if (filled < _raw.Length)
            throw new ImageFormatException(_text.Source, $"truncated: row {y} of {Height} has {filled} of {_raw.Length} bytes");
        if (_header.MaxValue == 255)
        {
            _raw.CopyTo(row);
            return;
        }

        for (int i = 0; i < row.Length; i++)
        {
            row[i] = _header.IsBitmap ? BitLevel((_raw[i >> 3] >> (7 - (i & 7))) & 1)
                : _header.MaxValue > 255 ? Level((_raw[2 * i] << 8) | _raw[2 * i + 1], y)
                : Level(_raw[i], y);
        }
    }

    private static byte BitLevel(int bit) => bit == 1 ? (byte)0 : (byte)255;

    private byte Level(int sample, int y) => sample < _levels.Length
        ? _levels[sample]
        : throw new ImageFormatException(_text.Source, $"damaged: row {y} has the sample {sample}, the maxval is {_header.MaxValue}");
}
