using Wct.Imaging;
using Wct.Net;

namespace Wct.Cli.Stylize;

/// <summary>A picture's rows for the library: from memory, or from its file as they are asked for.</summary>
internal sealed class PictureRows : IPixelReader, IDisposable
{
    private readonly string _path;
    private ImageReader? _reader;
    private Bitmap? _bitmap;
    private readonly PictureWarnings _warnings;
    private readonly IReadOnlyList<string> _damage = [];
    private int _next;

    /// <param name="path">The file.</param>
    /// <param name="reader">Its rows.</param>
    /// <param name="warnings">Told what is damaged once the last row is read.</param>
    internal PictureRows(string path, ImageReader reader, PictureWarnings warnings)
        : this(path, reader.Width, reader.Height, reader.Format, warnings) =>
        (_reader, _damage, Metadata) = (reader, reader.Warnings, reader.Metadata);

    /// <param name="path">The file.</param>
    /// <param name="bitmap">Its picture, perhaps resized.</param>
    /// <param name="from">What it was read from, to its end.</param>
    /// <param name="warnings">Told what is damaged once the last row is read.</param>
    internal PictureRows(string path, Bitmap bitmap, ImageReader from, PictureWarnings warnings)
        : this(path, bitmap.Width, bitmap.Height, bitmap.Format, warnings) =>
        (_bitmap, _damage, Metadata) = (bitmap, from.Warnings, from.Metadata);

    private PictureRows(string path, int width, int height, Imaging.PixelFormat format, PictureWarnings warnings)
    {
        (_path, Width, Height, FileFormat, _warnings) = (path, width, height, format, warnings);
        Format = format switch
        {
            Imaging.PixelFormat.Gray8 => Net.PixelFormat.Gray8,
            Imaging.PixelFormat.Rgb24 => Net.PixelFormat.Rgb24,
            _ => Net.PixelFormat.Rgba32,
        };
    }

    public int Width { get; }

    public int Height { get; }

    public Net.PixelFormat Format { get; }

    /// <summary>The same in the files' terms.</summary>
    internal Imaging.PixelFormat FileFormat { get; }

    /// <summary>What the file tells about the picture; null without a file.</summary>
    internal ImageMetadata? Metadata { get; }

    public long HeldBytes => _bitmap?.Pixels.Length ?? 0;

    public void Limit(long bytes)
    {
        if (_reader is not null)
            _reader.MaxMemory = bytes;
    }

    /// <exception cref="Failure">The file can't be read any further; the message begins with its path.</exception>
    /// <exception cref="ImageFormatException">The file is damaged.</exception>
    public void ReadRows(Span<byte> rows)
    {
        int stride = Width * FileFormat.BytesPerPixel();
        if (_reader is not null)
            Read(rows);
        else
            _bitmap!.Pixels.AsSpan(_next * stride, rows.Length).CopyTo(rows);
        _next += rows.Length / stride;
        if (_next < Height)
            return;
        _warnings.Tell(_path, _damage);
        // The memory is worth more than a second reading, which nobody is promised; and the result may take the file's place.
        Dispose();
        (_reader, _bitmap) = (null, null);
        ReadingMemory.GiveBack((long)Width * Height);
    }

    public void Dispose() => _reader?.Dispose();

    private void Read(Span<byte> rows)
    {
        try
        {
            _reader!.ReadRows(rows);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.Of(_path, error);
        }
    }
}
