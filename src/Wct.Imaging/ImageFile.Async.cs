namespace Wct.Imaging;

// Coding takes more time than the disk does, so files are read and written on a thread of the thread pool, which also waits for the disk.
// Streams of the caller are read and written with their asynchronous methods only, as servers require.
public static partial class ImageFile
{
    // Bytes of the rows between two looks at the cancellation token.
    private const int BandBytes = 1 << 20;

    /// <summary>Reads a whole picture on a thread of the thread pool.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Options, or null for the defaults.</param>
    /// <param name="cancellationToken">Cancels reading between two bands of rows.</param>
    /// <returns>The picture as gray, RGB or RGBA, with its orientation applied.</returns>
    /// <exception cref="ImageFormatException">The file is empty, damaged, truncated, over a limit, or in an unknown format.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read; the message names it.</exception>
    /// <exception cref="UnauthorizedAccessException">The process has no permission to read the file, or the path is a folder; the message
    /// names it.</exception>
    /// <exception cref="OperationCanceledException">Reading was canceled.</exception>
    public static Task<PixelImage> ReadAsync(
        string path, ImageReadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Task.Run(
            () =>
            {
                using ImageReader reader = Open(path, options);
                return ReadAll(reader, cancellationToken);
            },
            cancellationToken);
    }

    /// <summary>Reads a whole picture from a stream. The stream's bytes are read asynchronously and kept in memory until the picture is
    /// decoded, on a thread of the thread pool. <see cref="ImageReadOptions.MaxMemory"/> limits the length of the file.</summary>
    /// <param name="stream">The file's bytes, up to the stream's end. It needn't be seekable, and stays open.</param>
    /// <param name="source">The stream's name in messages.</param>
    /// <param name="options">Options, or null for the defaults.</param>
    /// <param name="cancellationToken">Cancels reading from the stream, and decoding between two bands of rows.</param>
    /// <returns>The picture as gray, RGB or RGBA, with its orientation applied.</returns>
    /// <exception cref="ImageFormatException">The file is empty, damaged, truncated, over a limit, or in an unknown format.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    /// <exception cref="OperationCanceledException">Reading was canceled.</exception>
    public static async Task<PixelImage> ReadAsync(
        Stream stream, string source = "stream", ImageReadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        byte[] head = new byte[ImageFormat.HeadLength];
        int length = await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        // Before the rest is kept.
        ImageFormat format = Detect(head.AsSpan(0, length), source);
        long most = Math.Min(Array.MaxLength, options?.MaxMemory ?? UsableMemory.Now.Safe / 4);
        MemoryStream file = await KeepAsync(head.AsMemory(0, length), stream, most, source, cancellationToken).ConfigureAwait(false);
        return await Task.Run(
            () =>
            {
                using ImageReader reader = format.Open(file, source, options);
                return ReadAll(reader, cancellationToken);
            },
            cancellationToken).ConfigureAwait(false);
    }

    // The whole file. 'most' is the largest length in bytes.
    private static async Task<MemoryStream> KeepAsync(
        ReadOnlyMemory<byte> head, Stream rest, long most, string source, CancellationToken cancellationToken)
    {
        MemoryStream file = new();
        file.Write(head.Span);
        byte[] buffer = new byte[1 << 16];
        for (int count; (count = await rest.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
        {
            if (file.Length + count > most)
                throw new ImageFormatException(source, $"the file is longer than {most} bytes, the limit for keeping it in memory");
            file.Write(buffer, 0, count);
        }

        file.Position = 0;
        return file;
    }

    /// <summary>Writes a whole picture on a thread of the thread pool. An existing file is replaced when the new one is complete, so
    /// nothing changes if writing is canceled.</summary>
    /// <param name="path">The file; its extension chooses the format.</param>
    /// <param name="image">The picture. It must not change until the task ends.</param>
    /// <param name="options">Options, or null for the defaults.</param>
    /// <param name="cancellationToken">Cancels writing between two bands of rows.</param>
    /// <exception cref="ArgumentException">The extension is not one of <see cref="WritableExtensions"/>, or the format can't hold the
    /// picture.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The process has no permission to write to the folder.</exception>
    /// <exception cref="OperationCanceledException">Writing was canceled.</exception>
    public static Task WriteAsync(
        string path, PixelImage image, ImageWriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(image);
        return Task.Run(
            () =>
            {
                using ImageWriter writer = Create(path, image.Width, image.Height, image.Layout, options);
                for (int y = 0; y < image.Height; y += BandRows(image))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    WriteBand(writer, image, y);
                }

                cancellationToken.ThrowIfCancellationRequested();
                writer.Complete();
            },
            cancellationToken);
    }

    /// <summary>Writes a whole picture to a stream. Bands of rows are encoded on a thread of the thread pool, and their bytes are written
    /// asynchronously.</summary>
    /// <param name="stream">Receives the file's bytes. It needn't be seekable, and stays open. If writing is canceled, it has a part of the
    /// file.</param>
    /// <param name="extension">The extension of the format: one of <see cref="WritableExtensions"/>, in any case.</param>
    /// <param name="image">The picture. It must not change until the task ends.</param>
    /// <param name="options">Options, or null for the defaults.</param>
    /// <param name="cancellationToken">Cancels writing between two bands of rows, and while the stream is written.</param>
    /// <exception cref="ArgumentException">The extension is unknown, or the format can't hold the picture.</exception>
    /// <exception cref="IOException">The stream cannot be written to.</exception>
    /// <exception cref="OperationCanceledException">Writing was canceled.</exception>
    public static async Task WriteAsync(
        Stream stream, string extension, PixelImage image, ImageWriteOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(extension);
        ArgumentNullException.ThrowIfNull(image);
        using MemoryStream encoded = new();
        using ImageWriter writer = Format(extension).Create(
            new LeaveOpenStream(encoded), Extension(extension), image.Width, image.Height, image.Layout, options);
        for (int y = 0; y < image.Height; y += BandRows(image))
        {
            int first = y;
            await Task.Run(() => WriteBand(writer, image, first), cancellationToken).ConfigureAwait(false);
            await Send().ConfigureAwait(false);
        }

        await Task.Run(writer.Complete, cancellationToken).ConfigureAwait(false);
        await Send().ConfigureAwait(false);
        await stream.FlushAsync(cancellationToken).ConfigureAwait(false);

        async Task Send()
        {
            await stream.WriteAsync(encoded.GetBuffer().AsMemory(0, (int)encoded.Length), cancellationToken).ConfigureAwait(false);
            encoded.SetLength(0);
        }
    }

    private static PixelImage ReadAll(ImageReader reader, CancellationToken cancellationToken)
    {
        PixelImage image = new(reader.Width, reader.Height, reader.Layout);
        int rows = BandRows(image);
        for (int y = 0; y < image.Height; y += rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = Math.Min(rows, image.Height - y);
            reader.ReadRows(image.Bytes.AsSpan(y * image.Stride, count * image.Stride));
        }

        return image;
    }

    private static void WriteBand(ImageWriter writer, PixelImage image, int first)
    {
        int last = Math.Min(image.Height, first + BandRows(image));
        for (int y = first; y < last; y++)
            writer.WriteRows(image.Row(y));
    }

    private static int BandRows(PixelImage image) => Math.Max(1, BandBytes / (image.Width * image.Layout.BytesPerPixel()));
}
