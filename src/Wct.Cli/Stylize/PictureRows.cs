using Wct.Imaging;
using Wct.Net;

namespace Wct.Cli.Stylize;

/// <summary>Reads a picture's rows for the library, from memory or from its file. Errors name the file. After the last row, the file is
/// closed and its warnings are printed.</summary>
internal sealed class PictureRows : IPixelReader, IDisposable
{
    private readonly string _path;
    private ImageReader? _reader;
    private PixelImage? _image;
    private readonly PictureWarnings _warnings;
    private readonly IReadOnlyList<string> _damage = [];
    private int _next;

    /// <param name="path">The file.</param>
    /// <param name="reader">Reads its rows.</param>
    /// <param name="warnings">Prints the warnings after the last row was read.</param>
    internal PictureRows(string path, ImageReader reader, PictureWarnings warnings)
        : this(path, reader.Width, reader.Height, reader.Layout, warnings) =>
        (_reader, _damage, Metadata) = (reader, reader.Warnings, reader.Metadata);

    /// <param name="path">The file.</param>
    /// <param name="image">The picture, which may have been resized.</param>
    /// <param name="from">The reader that read the whole picture.</param>
    /// <param name="warnings">Prints the warnings after the last row was read.</param>
    internal PictureRows(string path, PixelImage image, ImageReader from, PictureWarnings warnings)
        : this(path, image.Width, image.Height, image.Layout, warnings) =>
        (_image, _damage, Metadata, OriginalSize) = (image, from.Warnings, from.Metadata, (from.Width, from.Height));

    private PictureRows(string path, int width, int height, PixelLayout layout, PictureWarnings warnings) =>
        (_path, Width, Height, Layout, _warnings, OriginalSize) = (path, width, height, layout, warnings, (width, height));

    /// <summary>The size before the picture was resized.</summary>
    internal (int Width, int Height) OriginalSize { get; }

    public int Width { get; }

    public int Height { get; }

    public PixelLayout Layout { get; }

    /// <summary>Exif data and color profile of the file.</summary>
    internal ImageMetadata? Metadata { get; }

    public long HeldBytes => _image?.Bytes.Length ?? 0;

    public void Limit(long bytes)
    {
        if (_reader is not null)
            _reader.MaxMemory = bytes;
    }

    /// <exception cref="Failure">The file can't be read; the message begins with its path.</exception>
    /// <exception cref="ImageFormatException">The file is damaged.</exception>
    public void ReadRows(Span<byte> rows)
    {
        int stride = Width * Layout.BytesPerPixel();
        if (_reader is not null)
            Read(rows);
        else
            _image!.Bytes.AsSpan(_next * stride, rows.Length).CopyTo(rows);
        _next += rows.Length / stride;
        if (_next < Height)
            return;
        _warnings.Tell(_path, _damage);
        // Frees everything at once: rows are read only once, the memory is needed, and the result may replace the file.
        Dispose();
        (_reader, _image) = (null, null);
        ReadingMemory.GiveBack((long)Width * Height);
    }

    /// <summary>Reads the whole picture.</summary>
    /// <exception cref="Failure">The file can't be read; the message begins with its path.</exception>
    /// <exception cref="ImageFormatException">The file is damaged.</exception>
    internal PixelImage ReadAll()
    {
        PixelImage image = new(Width, Height, Layout);
        ReadRows(image.Bytes);
        return image;
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
