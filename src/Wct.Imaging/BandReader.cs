namespace Wct.Imaging;

/// <summary>Reads a file of rows of equal length, a band of rows at a time. Files usually have the bottom row first.</summary>
/// <remarks>If the bottom row is stored first, the reader seeks. If it can't, it returns the rows in the order of the file, and the
/// orientation tells that they are upside down.</remarks>
internal abstract class BandReader : ImageReader
{
    private const int BandBytes = 1 << 18;

    private readonly int _stride, _storedStride;
    private readonly bool _seeks;
    private readonly long _start;
    private byte[] _band = [];
    private RowCursor _cursor;

    /// <param name="file">The file, at its first row.</param>
    /// <param name="width">Pixels per row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="layout">Layout of the decoded pixels.</param>
    /// <param name="storedStride">Bytes of a row in the file, or after its runs are expanded.</param>
    /// <param name="seeks">Whether the bottom row is stored first and the reader seeks to the rows.</param>
    protected BandReader(FileBytes file, int width, int height, PixelLayout layout, int storedStride, bool seeks)
    {
        (File, Width, Height, Layout, _storedStride) = (file, width, height, layout, storedStride);
        (_seeks, _start, _stride) = (seeks, file.Position, checked(width * layout.BytesPerPixel()));
        _cursor = new RowCursor(_stride, height);
    }

    public sealed override int Width { get; }

    public sealed override int Height { get; }

    public sealed override PixelLayout Layout { get; }

    protected FileBytes File { get; }

    public sealed override void ReadRows(Span<byte> destination)
    {
        int first = _cursor.Next, rows = _cursor.Take(destination.Length, nameof(destination));
        int most = Math.Max(1, BandBytes / _storedStride);
        for (int done = 0; done < rows; done += most)
        {
            int count = Math.Min(most, rows - done);
            ReadBand(first + done, count, destination.Slice(done * _stride, count * _stride));
        }
    }

    public sealed override void Dispose() => File.Dispose();

    /// <summary>Reads the runs of the next row of the file.</summary>
    /// <param name="row">Receives the row.</param>
    /// <param name="what">The row, for messages.</param>
    protected delegate void RunReader(Span<byte> row, string what);

    /// <summary>Reads rows that are stored as runs; null if the file has none.</summary>
    protected RunReader? Runs { get; init; }

    /// <summary>Converts a row.</summary>
    /// <param name="stored">The row in the file, or after its runs are expanded.</param>
    /// <param name="row">Receives the pixels.</param>
    protected abstract void Decode(ReadOnlySpan<byte> stored, Span<byte> row);

    private void ReadBand(int first, int rows, Span<byte> destination)
    {
        long bytes = (long)_storedStride * rows;
        if (bytes > Math.Max(MaxMemory, BandBytes))
            throw new ImageFormatException(File.Source, $"a row of {bytes} bytes can't be kept in memory, the limit is {MaxMemory}");
        if (_seeks)
            File.SeekTo(_start + ((long)_storedStride * (Height - first - rows)));
        // Runs can stand for any number of pixels, so the band is needed at once. Without runs, it grows with the bytes that the file has.
        if (Runs is not null && _band.Length < bytes)
            _band = new byte[bytes];
        for (int i = 0; i < rows; i++)
            ReadStored(i * _storedStride, $"row {first + i} of {Height}");
        for (int i = 0; i < rows; i++)
        {
            int stored = _seeks ? rows - 1 - i : i;
            Decode(_band.AsSpan(stored * _storedStride, _storedStride), destination.Slice(i * _stride, _stride));
        }
    }

    private void ReadStored(int at, string what)
    {
        if (Runs is null)
            File.ReadInto(ref _band, at, _storedStride, what);
        else
            Runs(_band.AsSpan(at, _storedStride), what);
    }
}
