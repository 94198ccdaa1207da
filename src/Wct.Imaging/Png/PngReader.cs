namespace Wct.Imaging.Png;

/// <summary>Reads rows in file order. If the picture is interlaced, the first read decodes all passes, or all but the last one.</summary>
internal sealed class PngReader : ImageReader
{
    private readonly PngHeader _header;
    private readonly PngPixels _pixels;
    private readonly PngScanlines _scanlines;
    private readonly string _source;
    private readonly int _stride;
    private RowCursor _cursor;
    private PixelImage? _whole;
    private InterlacedRows? _rows;

    internal PngReader(PngFileHead head)
    {
        Text = head.Chunks.Text.Texts;
        (Warnings, Orientation) = (head.Chunks.Warnings, head.Orientation);
        (_header, _source) = (head.Header, head.Chunks.Source);
        _pixels = PngPixels.For(head);
        Metadata = head.Metadata with { IccProfile = head.Colors.Profile(Layout, head.Metadata.IccProfile) };
        _scanlines = new PngScanlines(_header, head.Chunks);
        _stride = _header.Width * Layout.BytesPerPixel();
        _cursor = new RowCursor(_stride, _header.Height);
    }

    public override int Width => _header.Width;

    public override int Height => _header.Height;

    public override PixelLayout Layout => _pixels.Layout;

    public override ImageMetadata Metadata { get; }

    public override IReadOnlyList<ImageText> Text { get; }

    public override int Orientation { get; }

    public override IReadOnlyList<string> Warnings { get; }

    public override void ReadRows(Span<byte> destination)
    {
        int first = _cursor.Next, rows = _cursor.Take(destination.Length, nameof(destination));
        if (rows == 0)
            return;
        if (_header.Interlaced)
        {
            ReadInterlaced(destination, first, rows);
            return;
        }

        int length = _header.RowLength(Width);
        for (int i = 0; i < rows; i++)
            _pixels.Convert(_scanlines.Next(length), destination.Slice(i * _stride, _stride));
        if (_cursor.Left == 0)
            _scanlines.Finish();
    }

    public override void Dispose()
    {
        _rows?.Dispose();
        _scanlines.Dispose();
    }

    private void ReadInterlaced(Span<byte> destination, int first, int rows)
    {
        if (_whole is null && _rows is null)
        {
            if ((long)_stride * Height <= Math.Min(Array.MaxLength, MaxMemory))
                _whole = ReadWhole();
            else
                _rows = new InterlacedRows(_header, _pixels, _scanlines, _source, MaxMemory);
        }

        if (_whole is not null)
        {
            _whole.Bytes.AsSpan(first * _stride, destination.Length).CopyTo(destination);
            return;
        }

        for (int i = 0; i < rows; i++)
            _rows!.Read(first + i, destination.Slice(i * _stride, _stride));
        if (_cursor.Left == 0)
            _scanlines.Finish();
    }

    private PixelImage ReadWhole()
    {
        PixelImage whole = new(Width, Height, Layout);
        byte[] line = new byte[_stride];
        foreach (Adam7Pass pass in Adam7Pass.All)
        {
            // A pass without columns has no rows in the file, not even their filter types.
            int columns = pass.Columns(Width), rows = columns == 0 ? 0 : pass.Rows(Height);
            Span<byte> pixels = line.AsSpan(0, columns * Layout.BytesPerPixel());
            _scanlines.Restart();
            for (int i = 0; i < rows; i++)
            {
                _pixels.Convert(_scanlines.Next(_header.RowLength(columns)), pixels);
                pass.Scatter(pixels, Layout.BytesPerPixel(), whole.Row(pass.Y + i * pass.StepY));
            }
        }

        _scanlines.Finish();
        return whole;
    }
}
