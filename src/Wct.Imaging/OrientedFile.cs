namespace Wct.Imaging;

/// <summary>Applies an Exif orientation through a temporary file, for pictures that don't fit into memory.</summary>
/// <remarks>
/// The constructor reads the stored picture in bands of rows, mirrors or transposes each band in memory, and writes it to the file. If the
/// picture is transposed, a group of upright rows is one contiguous piece of each band, so reading a group takes one read per band.
/// </remarks>
internal sealed class OrientedFile : IDisposable
{
    private const int MinRows = 16;

    // Larger reads and writes don't make a disk faster.
    private const long MaxBufferBytes = 1 << 23;

    private readonly ImageReader _stored;
    private readonly ScratchFile _file;
    private readonly bool _transposed, _mirrorsColumns, _mirrorsRows;
    private readonly int _bytesPerPixel, _bandRows, _groupRows;
    private byte[] _band, _scratch;
    private int _first = -1;

    /// <param name="stored">Reads the stored picture. No row may have been read yet. The caller disposes of it.</param>
    /// <param name="orientation">3 to 8, as in Exif.</param>
    /// <param name="source">The file, for messages.</param>
    /// <param name="memory">Memory budget in bytes.</param>
    /// <exception cref="ImageFormatException">The picture is damaged.</exception>
    /// <exception cref="IOException">The temporary file can't be created or written.</exception>
    internal OrientedFile(ImageReader stored, int orientation, string source, long memory)
    {
        (_stored, _bytesPerPixel) = (stored, stored.Layout.BytesPerPixel());
        (_transposed, _mirrorsColumns, _mirrorsRows) = (orientation >= 5, orientation is 3 or 7 or 8, orientation is 3 or 4 or 6 or 7);
        // The two buffers hold a band and its transpose while the file is written. Later they hold a group of upright rows and the piece of
        // a band.
        _bandRows = Rows(stored.Width, stored.Height, memory);
        _groupRows = Rows(Width, Height, memory);
        long buffer = Math.Max((long)_bandRows * stored.Width, (long)_groupRows * Width) * _bytesPerPixel;
        if (buffer > Array.MaxLength)
        {
            throw new ImageFormatException(
                source, $"orientation {orientation} needs a buffer of {buffer} bytes; the limit is {Array.MaxLength}");
        }

        (_band, _scratch) = (new byte[buffer], new byte[buffer]);
        _file = ScratchFile.Create(source, (long)stored.Width * stored.Height * _bytesPerPixel, memory);
        try
        {
            Fill();
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    private int Width => _transposed ? _stored.Height : _stored.Width;

    private int Height => _transposed ? _stored.Width : _stored.Height;

    /// <summary>Reads a row of the upright picture.</summary>
    internal void Read(int y, Span<byte> row)
    {
        if (_first < 0 || y < _first || y >= _first + _groupRows)
            ReadGroup(y / _groupRows * _groupRows);
        _band.AsSpan((y - _first) * row.Length, row.Length).CopyTo(row);
    }

    /// <summary>Reverses the pixels of a row.</summary>
    internal static void Mirror(Span<byte> row, int pixel)
    {
        row.Reverse();
        // This reversed the bytes of each pixel too. Restore them.
        for (int i = 0; pixel > 1 && i < row.Length; i += pixel)
            row.Slice(i, pixel).Reverse();
    }

    public void Dispose()
    {
        _file.Dispose();
        (_band, _scratch) = ([], []);
    }

    private int Rows(int width, int height, long memory)
    {
        long rows = Math.Min(MaxBufferBytes, memory / 4) / ((long)width * _bytesPerPixel) / MinRows * MinRows;
        return (int)Math.Min(height, Math.Max(MinRows, rows));
    }

    private void Fill()
    {
        int stride = _stored.Width * _bytesPerPixel;
        for (int first = 0; first < _stored.Height; first += _bandRows)
        {
            int rows = Math.Min(_bandRows, _stored.Height - first);
            Span<byte> band = _band.AsSpan(0, rows * stride);
            _stored.ReadRows(band);
            if (_transposed)
                band = Transposed(band, rows);
            else if (_mirrorsColumns)
                MirrorEach(band, stride);
            _file.Write((long)first * stride, band);
        }
    }

    // Transposes [rows, width] to [width, rows]. If the orientation mirrors rows, the band's last row becomes the first column.
    private Span<byte> Transposed(ReadOnlySpan<byte> band, int rows)
    {
        int width = _stored.Width, at = 0;
        for (int x = 0; x < width; x++)
        {
            for (int i = 0; i < rows; i++, at += _bytesPerPixel)
            {
                int from = (((_mirrorsRows ? rows - 1 - i : i) * width) + x) * _bytesPerPixel;
                for (int c = 0; c < _bytesPerPixel; c++)
                    _scratch[at + c] = band[from + c];
            }
        }

        return _scratch.AsSpan(0, at);
    }

    private void MirrorEach(Span<byte> rows, int stride)
    {
        for (int at = 0; at < rows.Length; at += stride)
            Mirror(rows.Slice(at, stride), _bytesPerPixel);
    }

    private void ReadGroup(int first)
    {
        int rows = Math.Min(_groupRows, Height - first), stride = Width * _bytesPerPixel;
        if (_transposed)
        {
            for (int band = 0; band < _stored.Height; band += _bandRows)
                ReadPieces(first, rows, band);
        }
        else
        {
            // Only orientations 3 and 4 get here. They reverse the order of rows.
            _file.Read((long)(Height - first - rows) * stride, _scratch.AsSpan(0, rows * stride));
            for (int i = 0; i < rows; i++)
                _scratch.AsSpan((rows - 1 - i) * stride, stride).CopyTo(_band.AsSpan(i * stride));
        }

        _first = first;
    }

    private void ReadPieces(int first, int rows, int band)
    {
        int bandRows = Math.Min(_bandRows, _stored.Height - band), length = bandRows * _bytesPerPixel, stride = Width * _bytesPerPixel;
        int firstColumn = _mirrorsColumns ? Height - first - rows : first;
        _file.Read(((long)band * _stored.Width * _bytesPerPixel) + ((long)firstColumn * length), _scratch.AsSpan(0, rows * length));
        int x = (_mirrorsRows ? _stored.Height - band - bandRows : band) * _bytesPerPixel;
        for (int i = 0; i < rows; i++)
        {
            int y = _mirrorsColumns ? rows - 1 - i : i;
            _scratch.AsSpan(i * length, length).CopyTo(_band.AsSpan((y * stride) + x));
        }
    }
}
