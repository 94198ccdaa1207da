namespace Wct.Imaging;

/// <summary>An open picture file: reads rows from top to bottom, and keeps no more of the picture in memory than its format
/// requires.</summary>
/// <remarks>Readers own their stream. They are not safe for use by several threads at once.</remarks>
public abstract class ImageReader : IPixelReader, IDisposable
{
    /// <summary>Pixels per row, at least 1.</summary>
    public abstract int Width { get; }

    /// <summary>Rows, at least 1.</summary>
    public abstract int Height { get; }

    /// <summary>Layout of the pixels: the simplest that loses nothing at 8 bits per component.</summary>
    public abstract PixelLayout Layout { get; }

    /// <summary>Bytes that the reader may keep, as <see cref="ImageReadOptions.MaxMemory"/> says; can be changed until the first row is
    /// read.</summary>
    public virtual long MaxMemory { get; set; } = long.MaxValue;

    /// <summary>Problems of a file that can be read nevertheless, one line each; complete once the last row was read.</summary>
    /// <remarks>Damaged files are decoded as libjpeg-turbo and libpng do. <see cref="ImageReadOptions.Strict"/> refuses them
    /// instead.</remarks>
    public virtual IReadOnlyList<string> Warnings => [];

    /// <summary>Exif data and color profile of the file, for <see cref="ImageWriteOptions.Metadata"/>.</summary>
    public virtual ImageMetadata Metadata => new();

    /// <summary>How the rows must be turned to be seen upright, 1 (not at all) to 8, as in Exif (2.3, 4.6.4 A).</summary>
    /// <remarks>A format's own reader gives its file's orientation and rows as they are stored. <see cref="ImageFile"/> turns them, so the
    /// readers that it returns give 1.</remarks>
    public virtual int Orientation => 1;

    /// <summary>Reads the next rows.</summary>
    /// <param name="destination">A whole number of rows, [rows, Width, components]; no more than are left.</param>
    /// <exception cref="ArgumentException">Not a whole number of rows, or more than are left.</exception>
    /// <exception cref="ImageFormatException">The file is damaged or ends too soon.</exception>
    /// <exception cref="IOException">The file can't be read, or a temporary one that is needed (<see cref="MaxMemory"/>) can't be had; the
    /// latter message names the picture.</exception>
    public abstract void ReadRows(Span<byte> destination);

    /// <summary>Reads all rows; nothing may have been read before.</summary>
    /// <exception cref="ImageFormatException">The file is damaged or ends too soon.</exception>
    public PixelImage ReadAll()
    {
        PixelImage image = new(Width, Height, Layout);
        ReadRows(image.Bytes);
        return image;
    }

    /// <inheritdoc/>
    void IPixelReader.Limit(long bytes) => MaxMemory = bytes;

    /// <summary>Closes the stream.</summary>
    public abstract void Dispose();
}
