using Wct.Imaging;
using Wct.Net;

namespace Wct.Cli.Stylize;

/// <summary>Writes the result's file. It is created when the first rows are written, and replaces an existing file when it is complete.
/// Errors name the file.</summary>
internal sealed class ResultRows(string path, int width, int height, PixelLayout content, ImageWriteOptions options) : IPixelWriter,
    IDisposable
{
    private ImageWriter? _writer;

    internal int Width => width;

    internal int Height => height;

    /// <exception cref="Failure">The file can't be written; the message begins with the path.</exception>
    public void WriteRows(ReadOnlySpan<byte> rows)
    {
        try
        {
            _writer ??= OutputFile.Create(path, width, height, content, options);
            _writer.WriteRows(rows);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.Of(path, error);
        }
    }

    /// <exception cref="Failure">The file can't be written; the message begins with the path.</exception>
    internal void Complete() => FileErrors.Naming(path, () =>
    {
        _writer!.Complete();
        return true;
    });

    public void Dispose() => _writer?.Dispose();
}
