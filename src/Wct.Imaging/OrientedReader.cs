namespace Wct.Imaging;

/// <summary>Turns a picture as its Exif orientation asks for. Keeps the whole picture, whose last rows may be wanted first, in memory or
/// in a file.</summary>
internal sealed class OrientedReader : ImageReader
{
    // Rows that are turned together: columns of the stored picture become rows, and each visit of a cache line serves them all.
    private const int Tile = 16;

    private readonly ImageReader _stored;
    private readonly int _orientation;
    private readonly string _source;
    private PixelImage? _bitmap;
    private TurnedFile? _file;
    private RowCursor _cursor;

    /// <param name="stored">The picture as it is stored; closed with this reader.</param>
    /// <param name="orientation">2 to 8 (Exif 2.3, 4.6.4 A): where the stored picture's first row and column are to be seen.</param>
    /// <param name="source">The file's name, for messages.</param>
    internal OrientedReader(ImageReader stored, int orientation, string source)
    {
        (_stored, _orientation, _source) = (stored, orientation, source);
        _cursor = new RowCursor(Width * Layout.BytesPerPixel(), Height);
    }

    /// <inheritdoc/>
    public override int Width => IsTransposed ? _stored.Height : _stored.Width;

    /// <inheritdoc/>
    public override int Height => IsTransposed ? _stored.Width : _stored.Height;

    /// <inheritdoc/>
    public override PixelLayout Layout => _stored.Layout;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Warnings => _stored.Warnings;

    /// <inheritdoc/>
    public override ImageMetadata Metadata => _stored.Metadata;

    private bool IsTransposed => _orientation >= 5;

    /// <inheritdoc/>
    public override void ReadRows(Span<byte> destination)
    {
        int size = Layout.BytesPerPixel();
        int stride = Width * size;
        int first = _cursor.Next, rows = _cursor.Take(destination.Length, nameof(destination));
        if (rows == 0)
            return;
        if (_orientation == 2)
        {
            _stored.ReadRows(destination);
            for (int at = 0; at < destination.Length; at += stride)
                TurnedFile.Mirror(destination.Slice(at, stride), size);
            return;
        }

        Store();
        for (int i = 0; _file is not null && i < rows; i++)
            _file.Read(first + i, destination.Slice(i * stride, stride));
        for (int done = 0; _bitmap is not null && done < rows; done += Tile)
        {
            Span<byte> tile = destination.Slice(done * stride, Math.Min(Tile, rows - done) * stride);
            if (size == 1)
                Turn(tile, stride, first + done, 1);
            else if (size == 3)
                Turn(tile, stride, first + done, 3);
            else
                Turn(tile, stride, first + done, 4);
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _file?.Dispose();
        _stored.Dispose();
    }

    private void Store()
    {
        if (_bitmap is not null || _file is not null)
            return;
        // Decoding the stored picture may take memory as well, at the same time.
        long bytes = (long)_stored.Width * _stored.Height * Layout.BytesPerPixel();
        bool fits = bytes <= Math.Min(Array.MaxLength, MaxMemory);
        _stored.MaxMemory = fits ? MaxMemory - bytes : MaxMemory / 4 * 3;
        if (fits)
            _bitmap = _stored.ReadAll();
        else
            _file = new TurnedFile(_stored, _orientation, _source, MaxMemory / 4);
    }

    private void Turn(Span<byte> tile, int stride, int firstRow, int size)
    {
        ReadOnlySpan<byte> stored = _bitmap!.Bytes;
        for (int x = 0; x < Width; x++)
        {
            for (int y = 0; y * stride < tile.Length; y++)
                stored.Slice(Source(x, firstRow + y, size), size).CopyTo(tile.Slice((y * stride) + (x * size), size));
        }
    }

    // Where the pixel that is seen at (x, y) is stored.
    private int Source(int x, int y, int size)
    {
        (int right, int bottom) = (_bitmap!.Width - 1, _bitmap.Height - 1);
        (int column, int row) = _orientation switch
        {
            2 => (right - x, y),
            3 => (right - x, bottom - y),
            4 => (x, bottom - y),
            5 => (y, x),
            6 => (y, bottom - x),
            7 => (right - y, bottom - x),
            8 => (right - y, x),
            _ => (x, y),
        };
        return (row * _bitmap.Stride) + (column * size);
    }
}
