namespace Wct.Imaging;

/// <summary>Reads picture files, which it recognizes by their content, and writes them in the format of their name's extension.</summary>
/// <remarks>
/// <para>The formats are those of <see cref="ImageFormats.All"/>. From the start these are PNG (.png), JPEG (.jpg, .jpeg, .jpe) and
/// Netpbm's formats (.ppm, .pgm and .pnm; bitmaps (P1, P4), PAM (P7) and PFM files are only read). Extensions are compared without
/// regard to case. Files of other formats are refused with a message that names the format.</para>
/// <para>Pixels of any <see cref="PixelLayout"/> can be written. Formats without alpha get transparent pixels blended with white.</para>
/// </remarks>
public static class ImageFile
{
    /// <summary>The extensions of all registered formats, in lower case, with the dot.</summary>
    public static IReadOnlyList<string> Extensions => [.. ImageFormats.All.SelectMany(format => format.Extensions)];

    /// <summary>The extensions of the formats that can be written, in lower case, with the dot.</summary>
    public static IReadOnlyList<string> WritableExtensions =>
        [.. ImageFormats.All.Where(format => format.CanWrite).SelectMany(format => format.Extensions)];

    /// <summary>Whether a file of this name can be written, judging by its extension: to be asked before long work begins.</summary>
    /// <param name="path">The file's name.</param>
    public static bool CanWrite(string path) => ImageFormats.ForWriting(Extension(path)) is not null;

    /// <summary>Opens a file and reads its header; the rows are read as they are asked for.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Limits, or null for the defaults.</param>
    /// <exception cref="ImageFormatException">Empty, of no known format, damaged, truncated, or over a limit.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read; the message names it.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, or is a folder; the message names it.</exception>
    public static ImageReader Open(string path, ImageReadOptions? options = null) =>
        Open(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16), path, options);

    /// <summary>Reads a picture's header from a stream; the rows are read as they are asked for.</summary>
    /// <param name="stream">Need not be seekable. It is closed with the reader, or here when opening fails.</param>
    /// <param name="source">Names the stream in messages.</param>
    /// <param name="options">Limits, or null for the defaults.</param>
    /// <exception cref="ImageFormatException">Empty, of no known format, damaged, truncated, or over a limit.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static ImageReader Open(Stream stream, string source, ImageReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        try
        {
            byte[] head = new byte[ImageFormat.HeadLength];
            head = head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
            if (head.Length == 0)
                throw new ImageFormatException(source, "empty file");
            ImageFormat format = ImageFormats.Detect(head) ?? throw new ImageFormatException(source, ForeignFormat.Problem(head));
            return format.Open(new PrefixedStream(head, stream), source, options);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Reads a whole picture.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Limits, or null for the defaults.</param>
    /// <returns>The picture, upright, as gray, RGB or RGB with alpha.</returns>
    /// <exception cref="ImageFormatException">Empty, of no known format, damaged, truncated, or over a limit.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read; the message names it.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, or is a folder; the message names it.</exception>
    public static PixelImage Read(string path, ImageReadOptions? options = null)
    {
        using ImageReader reader = Open(path, options);
        return reader.ReadAll();
    }

    /// <summary>Reads a whole picture from a stream.</summary>
    /// <param name="stream">Need not be seekable. It stays open; its position is somewhere behind the picture's last row.</param>
    /// <param name="source">Names the stream in messages.</param>
    /// <param name="options">Limits, or null for the defaults.</param>
    /// <returns>The picture, upright, as gray, RGB or RGB with alpha.</returns>
    /// <exception cref="ImageFormatException">Empty, of no known format, damaged, truncated, or over a limit.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static PixelImage Read(Stream stream, string source = "stream", ImageReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using ImageReader reader = Open(new KeptOpenStream(stream), source, options);
        return reader.ReadAll();
    }

    /// <summary>Writes a whole picture; an existing file is replaced once the new one is complete.</summary>
    /// <param name="path">The file; its extension chooses the format.</param>
    /// <param name="image">The picture.</param>
    /// <param name="options">Choices, or null for the defaults; a format uses its own type, such as <see cref="JpegWriteOptions"/>.</param>
    /// <exception cref="ArgumentException">
    /// The extension is not one of <see cref="WritableExtensions"/>, or the format can't hold the picture: .pgm with colors, JPEG with
    /// a side above 65535.
    /// </exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static void Write(string path, PixelImage image, ImageWriteOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        using ImageWriter writer = Create(path, image.Width, image.Height, image.Layout, options);
        WriteAll(writer, image);
    }

    /// <summary>Writes a whole picture to a stream.</summary>
    /// <param name="stream">Receives the file's bytes; it stays open and need not be seekable.</param>
    /// <param name="extension">Chooses the format: one of <see cref="WritableExtensions"/>, in any case of letters.</param>
    /// <param name="image">The picture.</param>
    /// <param name="options">Choices, or null for the defaults.</param>
    /// <exception cref="ArgumentException">The extension is unknown, or the format can't hold the picture.</exception>
    /// <exception cref="IOException">The stream cannot be written to.</exception>
    public static void Write(Stream stream, string extension, PixelImage image, ImageWriteOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(extension);
        ArgumentNullException.ThrowIfNull(image);
        using ImageWriter writer = Format(extension).Create(
            new KeptOpenStream(stream), Extension(extension), image.Width, image.Height, image.Layout, options);
        WriteAll(writer, image);
    }

    /// <summary>Encodes a whole picture as a file's bytes.</summary>
    /// <param name="extension">Chooses the format: one of <see cref="WritableExtensions"/>, in any case of letters.</param>
    /// <param name="image">The picture.</param>
    /// <param name="options">Choices, or null for the defaults.</param>
    /// <exception cref="ArgumentException">The extension is unknown, or the format can't hold the picture.</exception>
    public static byte[] Encode(string extension, PixelImage image, ImageWriteOptions? options = null)
    {
        using MemoryStream stream = new();
        Write(stream, extension, image, options);
        return stream.ToArray();
    }

    /// <summary>Starts a file that is written row by row.</summary>
    /// <param name="path">The file; its extension chooses the format.</param>
    /// <param name="width">Pixels per row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="layout">Layout of the rows to come.</param>
    /// <param name="options">Choices, or null for the defaults.</param>
    /// <returns>
    /// A writer whose <see cref="ImageWriter.Complete"/> puts the file in place; disposed of without it, it leaves everything as it was.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// The extension is not one of <see cref="WritableExtensions"/>, a side is below 1, or the format can't hold the picture.
    /// </exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static ImageWriter Create(string path, int width, int height, PixelLayout layout, ImageWriteOptions? options = null)
    {
        ImageFormat format = Format(path);
        return new AtomicImageWriter(path, stream => format.Create(stream, Extension(path), width, height, layout, options));
    }

    private static void WriteAll(ImageWriter writer, PixelImage image)
    {
        int row = image.Width * image.Layout.BytesPerPixel();
        if (image.Stride == row)
        {
            writer.WriteRows(image.Bytes.AsSpan(0, row * image.Height));
        }
        else
        {
            for (int y = 0; y < image.Height; y++)
                writer.WriteRows(image.Row(y));
        }

        writer.Complete();
    }

    private static string Extension(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Path.GetExtension(path).ToLowerInvariant();
    }

    private static ImageFormat Format(string path) => ImageFormats.ForWriting(Extension(path)) ?? throw new ArgumentException(
        $"{path}: pictures cannot be written as '{Path.GetExtension(path)}', only as {string.Join(' ', WritableExtensions)}.",
            nameof(path));
}
