namespace Wct.Imaging.Gif;

/// <summary>Reads the first picture of a GIF file as Rgb24, or as Rgba32 if it may have transparent pixels.</summary>
internal sealed class GifReader : ImageReader
{
    // First row and step of each pass.
    private static readonly (int First, int Step)[] Passes = [(0, 8), (4, 8), (2, 4), (1, 2)];

    private readonly FileBytes _file;
    private readonly GifHeader _header;
    private readonly GifLzw _data;
    private readonly byte[] _row;
    private RowCursor _cursor;
    private byte[]? _frame;

    internal GifReader(FileBytes file, GifHeader header)
    {
        (_file, _header, _data, _row) = (file, header, new GifLzw(file), new byte[header.FrameWidth]);
        _cursor = new RowCursor(header.Width * Layout.BytesPerPixel(), header.Height);
    }

    public override int Width => _header.Width;

    public override int Height => _header.Height;

    public override PixelLayout Layout =>
        _header.HasBorder || _header.Transparent >= 0 ? PixelLayout.Rgba32 : PixelLayout.Rgb24;

    public override void ReadRows(Span<byte> destination)
    {
        int first = _cursor.Next, rows = _cursor.Take(destination.Length, nameof(destination));
        int stride = Width * Layout.BytesPerPixel();
        // Outside of the frame.
        destination.Clear();
        for (int y = first; y < first + rows; y++)
        {
            int frameRow = y - _header.Top;
            if (frameRow >= 0 && frameRow < _header.FrameHeight)
                Color(ReadRow(frameRow), destination.Slice((y - first) * stride, stride));
        }
    }

    public override void Dispose() => _file.Dispose();

    private ReadOnlySpan<byte> ReadRow(int y)
    {
        if (_header.IsInterlaced)
            return (_frame ??= ReadFrame()).AsSpan(y * _header.FrameWidth, _header.FrameWidth);
        _data.Read(_row, $"row {y} of {_header.FrameHeight}");
        return _row;
    }

    // The last pass has every second row, so the whole frame must be decoded before the second row is known.
    private byte[] ReadFrame()
    {
        long bytes = (long)_header.FrameWidth * _header.FrameHeight, most = Math.Min(MaxMemory, Array.MaxLength);
        if (bytes > most)
            throw new ImageFormatException(_file.Source, $"interlaced: reading it takes {bytes} bytes of memory, the limit is {most}");
        byte[] frame = new byte[bytes];
        foreach ((int first, int step) in Passes)
        {
            for (int y = first; y < _header.FrameHeight; y += step)
                _data.Read(frame.AsSpan(y * _header.FrameWidth, _header.FrameWidth), $"row {y} of {_header.FrameHeight}");
        }

        return frame;
    }

    private void Color(ReadOnlySpan<byte> indices, Span<byte> row)
    {
        int size = Layout.BytesPerPixel();
        Span<byte> pixels = row[(_header.Left * size)..];
        for (int x = 0; x < indices.Length; x++)
        {
            _header.Palette.AsSpan(3 * indices[x], 3).CopyTo(pixels[(x * size)..]);
            if (size == 4)
                pixels[(4 * x) + 3] = (byte)(indices[x] == _header.Transparent ? 0 : 255);
        }
    }
}
