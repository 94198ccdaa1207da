namespace Wct.Imaging.Png;

/// <summary>Reads the rows of an interlaced picture that doesn't fit into memory. All passes but the last are stored in a temporary file,
/// one after the other.</summary>
/// <remarks>The rows of each pass are needed in order, so each pass is read back as a stream. The last pass has the odd rows in order, so
/// it isn't stored.</remarks>
internal sealed class InterlacedRows : IDisposable
{
    private const long MaxBufferBytes = 1 << 20;

    private static ReadOnlySpan<Adam7Pass> Stored => Adam7Pass.All.AsSpan(0, Adam7Pass.All.Length - 1);

    private readonly PngHeader _header;
    private readonly PngPixels _pixels;
    private readonly PngScanlines _scanlines;
    private readonly ScratchFile _file;
    private readonly PassRows[] _passes;

    /// <summary>Reads all passes but the last.</summary>
    /// <param name="header">The picture's header.</param>
    /// <param name="pixels">Converts rows.</param>
    /// <param name="scanlines">The image data. Nothing may have been read from it.</param>
    /// <param name="source">The file's name in messages.</param>
    /// <param name="memory">Approximate memory limit in bytes.</param>
    internal InterlacedRows(PngHeader header, PngPixels pixels, PngScanlines scanlines, string source, long memory)
    {
        (_header, _pixels, _scanlines) = (header, pixels, scanlines);
        long bytes = 0;
        _passes = new PassRows[Stored.Length];
        for (int i = 0; i < _passes.Length; i++)
        {
            int columns = Stored[i].Columns(header.Width), rows = columns == 0 ? 0 : Stored[i].Rows(header.Height);
            _passes[i] = new PassRows(columns, rows, columns * pixels.Layout.BytesPerPixel(), bytes, Math.Min(MaxBufferBytes, memory / 16));
            bytes += _passes[i].Bytes;
        }

        _file = ScratchFile.Create(source, bytes, memory);
        try
        {
            foreach (PassRows pass in _passes)
                Fill(pass);
            scanlines.Restart();
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <summary>Reads the next row of the picture.</summary>
    internal void Read(int y, Span<byte> row)
    {
        if ((y & 1) == 1)
        {
            _pixels.Convert(_scanlines.Next(_header.RowLength(_header.Width)), row);
            return;
        }

        for (int i = 0; i < _passes.Length; i++)
        {
            Adam7Pass pass = Stored[i];
            if (_passes[i].Columns > 0 && y >= pass.Y && (y - pass.Y) % pass.StepY == 0)
                pass.Scatter(_passes[i].Next(_file), _pixels.Layout.BytesPerPixel(), row);
        }
    }

    public void Dispose() => _file.Dispose();

    private void Fill(PassRows pass)
    {
        _scanlines.Restart();
        for (int i = 0; i < pass.Rows; i++)
        {
            _pixels.Convert(_scanlines.Next(_header.RowLength(pass.Columns)), pass.Add(_file));
            if (i == pass.Rows - 1)
                pass.Rewind(_file);
        }
    }

    /// <summary>Writes a pass's rows to the file once, then reads them once, through a buffer.</summary>
    private sealed class PassRows(int columns, int rows, int stride, long offset, long memory)
    {
        private readonly byte[] _buffer = new byte[(int)Math.Clamp(memory / Math.Max(1, stride), 1, Math.Max(1, rows)) * stride];
        private int _used, _filled;
        private long _at;

        internal int Columns => columns;

        internal int Rows => rows;

        internal long Bytes => (long)rows * stride;

        /// <summary>The buffer for the next row to write.</summary>
        internal Span<byte> Add(ScratchFile file)
        {
            if (_used == _buffer.Length)
                Flush(file);
            _used += stride;
            return _buffer.AsSpan(_used - stride, stride);
        }

        /// <summary>Ends writing and begins reading.</summary>
        internal void Rewind(ScratchFile file)
        {
            Flush(file);
            _at = 0;
        }

        /// <summary>Reads the next row.</summary>
        internal ReadOnlySpan<byte> Next(ScratchFile file)
        {
            if (_used == _filled)
            {
                (_used, _filled) = (0, (int)Math.Min(_buffer.Length, Bytes - _at));
                file.Read(offset + _at, _buffer.AsSpan(0, _filled));
                _at += _filled;
            }

            _used += stride;
            return _buffer.AsSpan(_used - stride, stride);
        }

        private void Flush(ScratchFile file)
        {
            file.Write(offset + _at, _buffer.AsSpan(0, _used));
            _at += _used;
            _used = 0;
        }
    }
}
