namespace Wct.Imaging;

/// <summary>Reads and writes picture files. When it reads, it recognizes the format by the file's content. When it writes, the extension
/// chooses the format.</summary>
/// <remarks>
/// <para>The formats are those of <see cref="ImageFormats.All"/>. Built in are PNG (.png), JPEG (.jpg, .jpeg, .jpe) and Netpbm (.ppm, .pgm,
/// .pnm). Netpbm's bitmaps (P1, P4), PAM (P7) and PFM files can be read but not written, and so can BMP (.bmp, .dib), the first picture of
/// GIF (.gif), Photoshop (.psd), Radiance HDR (.hdr) and TGA (.tga). The package Wct.Imaging.Magick adds more. The case of extensions is
/// ignored. The error for a file of another format names the format if it is known.</para>
/// <para>A stream that can't seek, such as a pipe, gives the same picture as a file, with one exception: whether the fourth byte of BMP and
/// TGA pixels is alpha is found at the end of the file, so pixels of 32 bits without bit masks have no alpha (BMP) or always have
/// (TGA).</para>
/// <para>Pixels of any <see cref="PixelLayout"/> can be written. Formats without alpha get transparent pixels blended with white.</para>
/// </remarks>
public static partial class ImageFile
{
    /// <summary>The extensions of all registered formats, in lower case, with the dot.</summary>
    public static IReadOnlyList<string> Extensions => [.. ImageFormats.All.SelectMany(format => format.Extensions)];

    /// <summary>The extensions of the formats that can be written, in lower case, with the dot.</summary>
    public static IReadOnlyList<string> WritableExtensions =>
        [.. ImageFormats.All.Where(format => format.CanWrite).SelectMany(format => format.Extensions)];

    /// <summary>Whether files with this extension can be written. Check it before you start long work.</summary>
    /// <param name="path">The file's name. Only its extension matters.</param>
    public static bool CanWrite(string path) => ImageFormats.ForWriting(Extension(path)) is not null;

    /// <summary>Opens a file and reads its header. Rows are read when they are needed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Options, or null for the defaults.</param>
    /// <exception cref="ImageFormatException">The file is empty, damaged, truncated, over a limit, or in an unknown format.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read; the message names it.</exception>
    /// <exception cref="UnauthorizedAccessException">The process has no permission to read the file, or the path is a folder; the message
    /// names it.</exception>
    public static ImageReader Open(string path, ImageReadOptions? options = null) =>
        Open(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16), path, options);

    /// <summary>Opens a picture in a stream and reads its header. Rows are read when they are needed.</summary>
    /// <param name="stream">The file's bytes. The stream needn't be seekable. The reader closes it; this method closes it if it
    /// throws.</param>
    /// <param name="source">The stream's name in messages.</param>
    /// <param name="options">Options, or null for the defaults.</param>
    /// <exception cref="ImageFormatException">The file is empty, damaged, truncated, over a limit, or in an unknown format.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static ImageReader Open(Stream stream, string source, ImageReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        try
        {
            byte[] head = new byte[ImageFormat.HeadLength];
            head = head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
            return Detect(head, source).Open(new PrefixedStream(head, stream), source, options);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    private static ImageFormat Detect(ReadOnlySpan<byte> head, string source)
    {
        if (head.IsEmpty)
            throw new ImageFormatException(source, "empty file");
        return ImageFormats.Detect(head) ?? throw new ImageFormatException(source, ForeignFormat.Problem(head))
        {
            Kind = ImageProblemKind.UnknownFormat,
        };
    }

    /// <summary>Reads a whole picture.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Options, or null for the defaults.</param>
    /// <returns>The picture as gray, RGB or RGBA, with its orientation applied.</returns>
    /// <exception cref="ImageFormatException">The file is empty, damaged, truncated, over a limit, or in an unknown format.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read; the message names it.</exception>
    /// <exception cref="UnauthorizedAccessException">The process has no permission to read the file, or the path is a folder; the message
    /// names it.</exception>
    public static PixelImage Read(string path, ImageReadOptions? options = null)
    {
        using ImageReader reader = Open(path, options);
        return reader.ReadAll();
    }

    /// <summary>Reads a whole picture from a stream.</summary>
    /// <param name="stream">The file's bytes. The stream needn't be seekable, and stays open. Its position afterwards is somewhere after
    /// the last row's data.</param>
    /// <param name="source">The stream's name in messages.</param>
    /// <param name="options">Options, or null for the defaults.</param>
    /// <returns>The picture as gray, RGB or RGBA, with its orientation applied.</returns>
    /// <exception cref="ImageFormatException">The file is empty, damaged, truncated, over a limit, or in an unknown format.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static PixelImage Read(Stream stream, string source = "stream", ImageReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using ImageReader reader = Open(new LeaveOpenStream(stream), source, options);
        return reader.ReadAll();
    }

    /// <summary>Writes a whole picture. An existing file is replaced when the new one is complete.</summary>
    /// <param name="path">The file; its extension chooses the format.</param>
    /// <param name="image">The picture.</param>
    /// <param name="options">Options, or null for the defaults. A format can have its own type, such as
    /// <see cref="JpegWriteOptions"/>.</param>
    /// <exception cref="ArgumentException">
    /// The extension is not one of <see cref="WritableExtensions"/>, or the format can't hold the picture, for example a .pgm file with
    /// colors, or a JPEG file with a side above 65535.
    /// </exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The process has no permission to write to the folder.</exception>
    public static void Write(string path, PixelImage image, ImageWriteOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        using ImageWriter writer = Create(path, image.Width, image.Height, image.Layout, options);
        WriteAll(writer, image);
    }

    /// <summary>Writes a whole picture to a stream.</summary>
    /// <param name="stream">Receives the file's bytes. It needn't be seekable, and stays open.</param>
    /// <param name="extension">The extension of the format: one of <see cref="WritableExtensions"/>, in any case.</param>
    /// <param name="image">The picture.</param>
    /// <param name="options">Options, or null for the defaults.</param>
    /// <exception cref="ArgumentException">The extension is unknown, or the format can't hold the picture.</exception>
    /// <exception cref="IOException">The stream cannot be written to.</exception>
    public static void Write(Stream stream, string extension, PixelImage image, ImageWriteOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(extension);
        ArgumentNullException.ThrowIfNull(image);
        using ImageWriter writer = Format(extension).Create(
            new LeaveOpenStream(stream), Extension(extension), image.Width, image.Height, image.Layout, options);
        WriteAll(writer, image);
    }

    /// <summary>Encodes a whole picture as a file's bytes.</summary>
    /// <param name="extension">The extension of the format: one of <see cref="WritableExtensions"/>, in any case.</param>
    /// <param name="image">The picture.</param>
    /// <param name="options">Options, or null for the defaults.</param>
    /// <exception cref="ArgumentException">The extension is unknown, or the format can't hold the picture.</exception>
    public static byte[] Encode(string extension, PixelImage image, ImageWriteOptions? options = null)
    {
        using MemoryStream stream = new();
        Write(stream, extension, image, options);
        return stream.ToArray();
    }

    /// <summary>Creates a file that is written row by row.</summary>
    /// <param name="path">The file; its extension chooses the format.</param>
    /// <param name="width">Pixels per row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="layout">Layout of the rows that will be written.</param>
    /// <param name="options">Options, or null for the defaults.</param>
    /// <returns>
    /// A writer. Its <see cref="ImageWriter.Complete"/> moves the finished file into place. If it is disposed of before that, no file
    /// changes.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// The extension is not one of <see cref="WritableExtensions"/>, a side is below 1, or the format can't hold the picture.
    /// </exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The process has no permission to write to the folder.</exception>
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
