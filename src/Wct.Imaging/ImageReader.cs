namespace Wct.Imaging;

/// <summary>Reads the rows of an open picture file from top to bottom. It keeps no more of the picture in memory than the format
/// requires.</summary>
/// <remarks>Readers own their stream. They are not thread-safe.</remarks>
public abstract class ImageReader : IPixelReader, IDisposable
{
    /// <summary>Pixels per row, at least 1.</summary>
    public abstract int Width { get; }

    /// <summary>Rows, at least 1.</summary>
    public abstract int Height { get; }

    /// <summary>Layout of the pixels: the simplest one that keeps all information at 8 bits per component.</summary>
    public abstract PixelLayout Layout { get; }

    /// <summary>Memory limit in bytes, see <see cref="ImageReadOptions.MaxMemory"/>. It can be changed until the first row is
    /// read.</summary>
    public virtual long MaxMemory { get; set; } = long.MaxValue;

    /// <summary>Problems that don't prevent the file from being read, one line each. The list is complete after the last row was
    /// read.</summary>
    /// <remarks>Damaged files are decoded as in libjpeg-turbo and libpng. With <see cref="ImageReadOptions.Strict"/> they are
    /// refused.</remarks>
    public virtual IReadOnlyList<string> Warnings => [];

    /// <summary>Exif data and color profile of the file, for <see cref="ImageWriteOptions.Metadata"/>.</summary>
    public virtual ImageMetadata Metadata => new();

    /// <summary>The profile of the samples' colors, for <see cref="ColorConversion"/>; empty if they are sRGB.</summary>
    internal virtual ReadOnlyMemory<byte> ColorProfile => Metadata.IccProfile;

    /// <summary>The texts of a PNG file, in the file's order; empty for other formats. Those after the pixels are added when the last row
    /// is read. The first 100 texts are read, and at most 1 MB of them is kept. The others are left out with a warning.</summary>
    public virtual IReadOnlyList<ImageText> Text => [];

    /// <summary>How the rows must be rotated and mirrored to be upright: 1 (not at all) to 8, as in Exif (2.3, 4.6.4 A).</summary>
    /// <remarks>A format's own reader has the file's orientation, and returns rows in stored order. <see cref="ImageFile"/> applies the
    /// orientation, so the readers that it returns have orientation 1.</remarks>
    public virtual int Orientation => 1;

    /// <summary>Reads the next rows.</summary>
    /// <param name="destination">A whole number of rows, [rows, Width, components]; no more than are left.</param>
    /// <exception cref="ArgumentException">Not a whole number of rows, or more than are left.</exception>
    /// <exception cref="ImageFormatException">The file is damaged or ends too soon.</exception>
    /// <exception cref="IOException">The file can't be read. Or the temporary file (see <see cref="MaxMemory"/>) can't be created or used;
    /// the message then names the picture.</exception>
    public abstract void ReadRows(Span<byte> destination);

    /// <summary>Reads all rows. Rows must not have been read before.</summary>
    /// <exception cref="ImageFormatException">The file is damaged or ends too soon.</exception>
    public PixelImage ReadAll()
    {
        PixelImage image = new(Width, Height, Layout);
        ReadRows(image.Bytes);
        return image;
    }

    /// <summary>The first of the texts with a keyword; null if there is none.</summary>
    /// <param name="keyword">Compared exactly.</param>
    public string? FindText(string keyword) => Text.FirstOrDefault(text => text.Keyword == keyword)?.Text;

    /// <inheritdoc/>
    void IPixelReader.Limit(long bytes) => MaxMemory = bytes;

    /// <summary>Closes the stream.</summary>
    public abstract void Dispose();
}
