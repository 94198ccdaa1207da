namespace Wct.Imaging;

/// <summary>Applies a picture's Exif orientation. It keeps the whole picture in memory or in a temporary file, because the first row may
/// need the last stored row.</summary>
internal sealed class OrientedReader : ImageReader
{
    // Number of rows that are made together. Stored columns become rows, so each cache line that is read has pixels of several of these
    // rows.
    private const int Tile = 16;

    private readonly ImageReader _stored;
    private readonly int _orientation;
    private readonly string _source;
    private PixelImage? _bitmap;
    private OrientedFile? _file;
    private RowCursor _cursor;

    /// <param name="stored">Reads the stored picture; closed with this reader.</param>
    /// <param name="orientation">2 to 8 (Exif 2.3, 4.6.4 A): the sides of the upright picture where the stored first row and first column
    /// are.</param>
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

    /// <inheritdoc/>
    public override IReadOnlyList<ImageText> Text => _stored.Text;

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
                OrientedFile.Mirror(destination.Slice(at, stride), size);
            return;
        }

        Store();
        for (int i = 0; _file is not null && i < rows; i++)
            _file.Read(first + i, destination.Slice(i * stride, stride));
        for (int done = 0; _bitmap is not null && done < rows; done += Tile)
        {
            Span<byte> tile = destination.Slice(done * stride, Math.Min(Tile, rows - done) * stride);
            if (size == 1)
                FillTile(tile, stride, first + done, 1);
            else if (size == 3)
                FillTile(tile, stride, first + done, 3);
            else
                FillTile(tile, stride, first + done, 4);
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
        // The stored picture's reader may need memory at the same time, so both share the limit.
        long bytes = (long)_stored.Width * _stored.Height * Layout.BytesPerPixel();
        bool fits = bytes <= Math.Min(Array.MaxLength, MaxMemory);
        _stored.MaxMemory = fits ? MaxMemory - bytes : MaxMemory / 4 * 3;
        if (fits)
            _bitmap = _stored.ReadAll();
        else
            _file = new OrientedFile(_stored, _orientation, _source, MaxMemory / 4);
    }

    private void FillTile(Span<byte> tile, int stride, int firstRow, int size)
    {
        ReadOnlySpan<byte> stored = _bitmap!.Bytes;
        for (int x = 0; x < Width; x++)
        {
            for (int y = 0; y * stride < tile.Length; y++)
                stored.Slice(StoredOffset(x, firstRow + y, size), size).CopyTo(tile.Slice((y * stride) + (x * size), size));
        }
    }

    // Offset of the stored pixel that is at (x, y) in the upright picture, for the orientations 3 to 8.
    private int StoredOffset(int x, int y, int size)
    {
        (int right, int bottom) = (_bitmap!.Width - 1, _bitmap.Height - 1);
        (int column, int row) = _orientation switch
        {
            3 => (right - x, bottom - y),
            4 => (x, bottom - y),
            5 => (y, x),
            6 => (y, bottom - x),
            7 => (right - y, bottom - x),
            _ => (right - y, x),
        };
        return (row * _bitmap.Stride) + (column * size);
    }
}
