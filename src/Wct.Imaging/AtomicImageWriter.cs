namespace Wct.Imaging;

/// <summary>Writes to a temporary file and replaces the target in <see cref="Complete"/>, so that no reader sees half a picture.</summary>
/// <remarks>The data is not flushed to the disk. After a crash of the program, the file is the old one or the new one. After a power loss,
/// it may be neither.</remarks>
internal sealed class AtomicImageWriter : ImageWriter
{
    private readonly AtomicFile _file;
    private readonly ImageWriter _writer;

    /// <param name="path">The file to write. Symbolic links are followed.</param>
    /// <param name="create">Creates the format's writer, which then owns the stream.</param>
    /// <exception cref="IOException">The folder is missing, or the path names a folder, a device or a pipe.</exception>
    /// <exception cref="UnauthorizedAccessException">The process has no permission to write to the folder.</exception>
    internal AtomicImageWriter(string path, Func<Stream, ImageWriter> create)
    {
        _file = new AtomicFile(path);
        try
        {
            _writer = create(_file.Stream);
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    public override void WriteRows(ReadOnlySpan<byte> source) => _writer.WriteRows(source);

    public override void Complete()
    {
        _writer.Complete();
        _writer.Dispose();
        _file.Complete(flushToDisk: false);
    }

    public override void Dispose()
    {
        try
        {
            _writer.Dispose();
        }
        finally
        {
            _file.Dispose();
        }
    }
}
