namespace Wct.Imaging;

/// <summary>Applies an orientation with a temporary file, for a picture that doesn't fit into memory.</summary>
/// <remarks>
/// Bands of stored rows are mirrored or transposed in memory and written to the file. If the picture is transposed, a group of upright rows
/// is one contiguous piece of each band in the file, and is read with one read per band.
/// </remarks>
internal sealed class OrientedFile : IDisposable
{
    private const int MinRows = 16;

    // Larger reads and writes aren't faster on any disk.
    private const long MaxBufferBytes = 1 << 23;

    private readonly ImageReader _stored;
    private readonly ScratchFile _file;
    private readonly bool _transposed, _mirrorsColumns, _mirrorsRows;
    private readonly int _pixel, _bandRows, _groupRows;
    private byte[] _band, _piece;
    private int _first = -1;

    /// <param name="stored">Reads the stored picture. No row may have been read before. This class doesn't close it.</param>
    /// <param name="orientation">3 to 8, as in Exif.</param>
    /// <param name="source">The file, for messages.</param>
    /// <exception cref="ImageFormatException">The picture is damaged.</exception>
    /// <exception cref="IOException">The temporary file can't be created or used.</exception>
    internal OrientedFile(ImageReader stored, int orientation, string source, long memory)
    {
        (_stored, _pixel) = (stored, stored.Layout.BytesPerPixel());
        (_transposed, _mirrorsColumns, _mirrorsRows) = (orientation >= 5, orientation is 3 or 7 or 8, orientation is 3 or 4 or 6 or 7);
        // The two buffers hold a band and its transpose, and later a group of rows and a piece of it.
        _bandRows = Rows(stored.Width, stored.Height, memory);
        _groupRows = Rows(Width, Height, memory);
        long buffer = Math.Max((long)_bandRows * stored.Width, (long)_groupRows * Width) * _pixel;
        if (buffer > Array.MaxLength)
        {
            throw new ImageFormatException(
                source, $"orientation {orientation} needs {buffer} bytes at once, {Array.MaxLength} are possible");
        }

        (_band, _piece) = (new byte[buffer], new byte[buffer]);
        _file = ScratchFile.Create(source, (long)stored.Width * stored.Height * _pixel, memory);
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
        // This also reversed the bytes of each pixel.
        for (int i = 0; pixel > 1 && i < row.Length; i += pixel)
            row.Slice(i, pixel).Reverse();
    }

    public void Dispose()
    {
        _file.Dispose();
        (_band, _piece) = ([], []);
    }

    private int Rows(int width, int height, long memory)
    {
        long rows = Math.Min(MaxBufferBytes, memory / 4) / ((long)width * _pixel) / MinRows * MinRows;
        return (int)Math.Min(height, Math.Max(MinRows, rows));
    }

    private void Fill()
    {
        int stride = _stored.Width * _pixel;
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

    // Transposes [rows, width] to [width, rows]. The stored rows are in reverse order if the orientation mirrors them.
    private Span<byte> Transposed(ReadOnlySpan<byte> band, int rows)
    {
        int width = _stored.Width, at = 0;
        for (int x = 0; x < width; x++)
        {
            for (int i = 0; i < rows; i++, at += _pixel)
            {
                int from = (((_mirrorsRows ? rows - 1 - i : i) * width) + x) * _pixel;
                for (int c = 0; c < _pixel; c++)
                    _piece[at + c] = band[from + c];
            }
        }

        return _piece.AsSpan(0, at);
    }

    private void MirrorEach(Span<byte> rows, int stride)
    {
        for (int at = 0; at < rows.Length; at += stride)
            Mirror(rows.Slice(at, stride), _pixel);
    }

    private void ReadGroup(int first)
    {
        int rows = Math.Min(_groupRows, Height - first), stride = Width * _pixel;
        if (_transposed)
        {
            for (int band = 0; band < _stored.Height; band += _bandRows)
                ReadPieces(first, rows, band);
        }
        else
        {
            // Only orientations 3 and 4 are left. Their rows are in reverse order.
            _file.Read((long)(Height - first - rows) * stride, _piece.AsSpan(0, rows * stride));
            for (int i = 0; i < rows; i++)
                _piece.AsSpan((rows - 1 - i) * stride, stride).CopyTo(_band.AsSpan(i * stride));
        }

        _first = first;
    }

    private void ReadPieces(int first, int rows, int band)
    {
        int bandRows = Math.Min(_bandRows, _stored.Height - band), length = bandRows * _pixel, stride = Width * _pixel;
        int firstColumn = _mirrorsColumns ? Height - first - rows : first;
        _file.Read(((long)band * _stored.Width * _pixel) + ((long)firstColumn * length), _piece.AsSpan(0, rows * length));
        int x = (_mirrorsRows ? _stored.Height - band - bandRows : band) * _pixel;
        for (int i = 0; i < rows; i++)
        {
            int y = _mirrorsColumns ? rows - 1 - i : i;
            _piece.AsSpan(i * length, length).CopyTo(_band.AsSpan((y * stride) + x));
        }
    }
}
