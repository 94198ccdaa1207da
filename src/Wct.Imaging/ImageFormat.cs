namespace Wct.Imaging;

/// <summary>A picture file format: how its files are recognized, read and written.</summary>
/// <remarks>
/// To add a format, derive from this class and pass an instance to <see cref="ImageFormats.Register"/>. <see cref="ImageFile"/> does the
/// rest for every format: detection, the limits of <see cref="ImageReadOptions"/>, orientation, conversion of colors (see
/// <see cref="ColorConversion"/>), and conversion between pixel layouts.
/// Instances must be thread-safe.
/// </remarks>
public abstract class ImageFormat
{
    /// <summary>Number of bytes at the start of a file that <see cref="Matches"/> gets.</summary>
    public const int HeadLength = 256;

    /// <summary>The format's name in messages, for example "PNG".</summary>
    public abstract string Name { get; }

    /// <summary>The extensions of the format's files, in lower case, with the dot.</summary>
    public abstract IReadOnlyList<string> Extensions { get; }

    /// <summary>Whether files of this format can be written.</summary>
    public virtual bool CanWrite => false;

    /// <summary>Whether a file is in this format, judging by its first bytes.</summary>
    /// <param name="head">The first <see cref="HeadLength"/> bytes; fewer if the file is shorter, but at least one.</param>
    public abstract bool Matches(ReadOnlySpan<byte> head);

    /// <summary>Reads a file's header.</summary>
    /// <param name="stream">The file, from its first byte. The reader closes it; <see cref="ImageFile"/> closes it if this method throws.
    /// It isn't always seekable.</param>
    /// <param name="source">The file's name in messages.</param>
    /// <param name="options">The caller's options. The limit on pixels is checked after this method returns. A format that allocates memory
    /// for the whole picture before that must check the limit itself.</param>
    /// <returns>A reader of the rows in stored order. <see cref="ImageFile"/> applies <see cref="ImageReader.Orientation"/>.</returns>
    /// <exception cref="ImageFormatException">The file is damaged, truncated, or of a kind that is not supported.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public abstract ImageReader OpenReader(Stream stream, string source, ImageReadOptions options);

    /// <summary>Chooses the pixel layout in which the format stores pixels.</summary>
    /// <param name="layout">The layout of the picture to write: <see cref="PixelLayout.Gray8"/>, <see cref="PixelLayout.Rgb24"/> or
    /// <see cref="PixelLayout.Rgba32"/>.</param>
    /// <param name="extension">The file's extension, in lower case, with the dot.</param>
    /// <returns><paramref name="layout"/> if the format stores such pixels. Otherwise <see cref="PixelLayout.Rgb24"/>: the pixels are then
    /// converted. Gray is copied to all three components, and transparent pixels are blended with white.</returns>
    /// <exception cref="ArgumentException">The format can't hold such pixels.</exception>
    public virtual PixelLayout WrittenLayout(PixelLayout layout, string extension) => layout;

    /// <summary>Writes a file's header. Called only if <see cref="CanWrite"/> is true.</summary>
    /// <param name="stream">Receives the file. The writer closes it; <see cref="ImageFile"/> closes it if this method throws.</param>
    /// <param name="extension">The file's extension, in lower case, with the dot.</param>
    /// <param name="width">Pixels per row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="layout">Layout of the rows that the writer gets: the result of <see cref="WrittenLayout"/>.</param>
    /// <param name="options">The caller's options. A format with options of its own derives a record from <see cref="ImageWriteOptions"/>,
    /// and uses that record's defaults if the caller passes another type.</param>
    /// <exception cref="ArgumentException">The format can't hold a picture of this size, or an option is out of range.</exception>
    /// <exception cref="NotSupportedException">The format can't be written.</exception>
    public virtual ImageWriter CreateWriter(
        Stream stream, string extension, int width, int height, PixelLayout layout, ImageWriteOptions options) =>
        throw new NotSupportedException($"{Name} files can be read, but not written.");

    /// <summary>Reads a header, checks the limits, and applies the orientation.</summary>
    /// <param name="stream">The reader closes it; this method closes it if it throws.</param>
    /// <param name="source">The file's name in messages.</param>
    /// <param name="options">Options; null for the defaults.</param>
    internal ImageReader Open(Stream stream, string source, ImageReadOptions? options)
    {
        options ??= new ImageReadOptions();
        try
        {
            ImageReader reader = OpenReader(stream, source, options);
            try
            {
                ImageSize.Check(source, reader.Width, reader.Height, reader.Layout.BytesPerPixel(), options);
                reader = ColorConversion.Apply(reader, options);
                if (reader.Orientation is > 1 and <= 8)
                    reader = new OrientedReader(reader, reader.Orientation, source);
                reader.MaxMemory = options.MaxMemory ?? UsableMemory.Now.Safe / 4;
                return reader;
            }
            catch
            {
                reader.Dispose();
                throw;
            }
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Writes a header. The writer converts pixels of any layout to the layout that the format stores.</summary>
    /// <param name="stream">The writer closes it; this method closes it if it throws.</param>
    /// <param name="extension">The file's extension, in lower case, with the dot.</param>
    /// <param name="width">Pixels per row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="layout">Layout of the rows that the writer gets; any layout.</param>
    /// <param name="options">Options; null for the defaults.</param>
    internal ImageWriter Create(Stream stream, string extension, int width, int height, PixelLayout layout, ImageWriteOptions? options)
    {
        try
        {
            PixelLayout written = WrittenLayout(layout.InFiles(), extension);
            ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
            ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
            ImageWriter writer = CreateWriter(stream, extension, width, height, written, options ?? new ImageWriteOptions());
            return written == layout ? writer : new ConvertingWriter(writer, width, height, layout, written);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }
}
