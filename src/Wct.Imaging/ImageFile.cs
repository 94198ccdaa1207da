using Wct.Linked;

namespace Wct.Imaging;

/// <summary>Reads picture files, which it recognizes by their content, and writes them as their name's extension says.</summary>
/// <remarks>
/// The extensions .jpg, .jpeg and .jpe stand for JPEG, .png for PNG, .ppm, .pgm and .pnm for Netpbm's formats, in any case of letters;
/// <see cref="Extensions"/> lists those that this build writes. Bitmaps (P1, P4), PAM (P7) and PFM files are read as well. The codecs'
/// remarks say what of each format is understood. Files of other formats are refused by their name.
/// </remarks>
public static class ImageFile
{
    /// <summary>The extensions that can be written, in lower case, with the dot.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [.. ImageCodec.All.SelectMany(codec => codec.Extensions)];

    /// <summary>Whether a file of this name can be written, as far as its extension says: to be asked before long work begins.</summary>
    public static bool CanWrite(string path) => ImageCodec.ForWriting(path) is not null;

    /// <summary>Opens a file and reads its header.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Limits, or null for the defaults.</param>
    /// <exception cref="ImageFormatException">Empty, of no known format, damaged, truncated, or over a limit.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read; the message names it.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, or is a folder; the message names it.</exception>
    public static ImageReader Open(string path, ImageReadOptions? options = null) =>
        Open(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16), path, options);

    /// <summary>Reads a picture's header from a stream.</summary>
    /// <param name="stream">Need not be seekable. It is closed with the reader, or here when opening fails.</param>
    /// <param name="source">Names the stream in messages.</param>
    /// <param name="options">Limits, or null for the defaults.</param>
    /// <exception cref="ImageFormatException">Empty, of no known format, damaged, truncated, or over a limit.</exception>
    public static ImageReader Open(Stream stream, string source, ImageReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        try
        {
            byte[] head = new byte[ImageCodec.HeadLength];
            head = head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
            if (head.Length == 0)
                throw new ImageFormatException(source, "empty file");
            ImageCodec codec = ImageCodec.ForReading(head) ?? throw new ImageFormatException(source, ForeignFormat.Problem(head));
            ImageReader reader = codec.Open(new PrefixedStream(head, stream), source, options ?? new ImageReadOptions());
            reader.MaxMemory = options?.MaxMemory ?? UsableMemory.Now.Safe / 4;
            return reader;
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
    /// <exception cref="ImageFormatException">Empty, of no known format, damaged, truncated, or over a limit.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read; the message names it.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, or is a folder; the message names it.</exception>
    public static Bitmap Read(string path, ImageReadOptions? options = null)
    {
        using ImageReader reader = Open(path, options);
        return reader.ReadAll();
    }

    /// <summary>Writes a whole picture; an existing file is replaced once the new one is complete.</summary>
    /// <param name="path">The file; its extension chooses the format.</param>
    /// <param name="bitmap">The picture. Formats without alpha get it laid over white.</param>
    /// <param name="options">Choices, or null for the defaults.</param>
    /// <exception cref="ArgumentException">
    /// The extension is not one of <see cref="Extensions"/>, or .pgm for pixels that are not gray.
    /// </exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static void Write(string path, Bitmap bitmap, ImageWriteOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(bitmap);
        using ImageWriter writer = Create(path, bitmap.Width, bitmap.Height, bitmap.Format, options);
        writer.WriteRows(bitmap.Pixels);
        writer.Complete();
    }

    /// <summary>Encodes a whole picture as a file's bytes.</summary>
    /// <param name="extension">Chooses the format: one of <see cref="Extensions"/>, in any case of letters.</param>
    /// <param name="bitmap">The picture. Formats without alpha get it laid over white.</param>
    /// <param name="options">Choices, or null for the defaults.</param>
    /// <exception cref="ArgumentException">
    /// The extension is not one of <see cref="Extensions"/>, or .pgm for pixels that are not gray.
    /// </exception>
    public static byte[] Encode(string extension, Bitmap bitmap, ImageWriteOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(extension);
        ArgumentNullException.ThrowIfNull(bitmap);
        MemoryStream stream = new();
        using (ImageWriter writer = Codec(extension).Create(stream, bitmap.Width, bitmap.Height, bitmap.Format, options ?? new ImageWriteOptions()))
        {
            writer.WriteRows(bitmap.Pixels);
            writer.Complete();
        }

        return stream.ToArray();
    }

    /// <summary>Starts a file that is written row by row.</summary>
    /// <param name="path">The file; its extension chooses the format.</param>
    /// <param name="width">Pixels per row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="format">Layout of the rows to come. Formats without alpha get it laid over white.</param>
    /// <param name="options">Choices, or null for the defaults.</param>
    /// <returns>
    /// A writer whose <see cref="ImageWriter.Complete"/> puts the file in place; disposed of without it, it leaves everything as it was.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// The extension is not one of <see cref="Extensions"/>, .pgm for pixels that are not gray, or a side is below 1.
    /// </exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static ImageWriter Create(string path, int width, int height, PixelFormat format, ImageWriteOptions? options = null)
    {
        ImageCodec codec = Codec(path);
        return new AtomicImageWriter(path, stream => codec.Create(stream, width, height, format, options ?? new ImageWriteOptions()));
    }

    private static ImageCodec Codec(string path) => ImageCodec.ForWriting(path) ?? throw new ArgumentException(
        $"{path}: pictures cannot be written as '{Path.GetExtension(path)}', only as {string.Join(' ', Extensions)}.", nameof(path));
}
