namespace Wct.Imaging;

/// <summary>Writes to a temporary file beside the target, which it replaces in <see cref="Complete"/>: none sees half a picture.</summary>
/// <remarks>
/// A link is followed, so that what it points to is replaced and not the link. The data is not forced to the disk: a crash of the
/// program leaves the old file or the new one, a loss of power may leave neither.
/// </remarks>
internal sealed class AtomicImageWriter : ImageWriter
{
    private readonly string _target;
    private readonly string _temporary;
    private readonly ImageWriter _writer;
    private bool _replaced;

    /// <param name="path">The file to write.</param>
    /// <param name="create">Makes the format's writer, which then owns the stream.</param>
    /// <exception cref="IOException">The folder is missing, or the path names a folder.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    internal AtomicImageWriter(string path, Func<Stream, ImageWriter> create)
    {
        FileInfo file = new(path);
        _target = file.LinkTarget is null ? file.FullName : file.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
        string folder = Path.GetDirectoryName(_target)!;
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"{path}: the folder '{folder}' does not exist.");
        if (Directory.Exists(_target))
            throw new IOException($"{path}: is a folder.");

        _temporary = Path.Combine(folder, $".{Path.GetRandomFileName()}.tmp");
        FileStream stream = OpenTemporary(path);
        try
        {
            _writer = create(stream);
        }
        catch
        {
            stream.Dispose();
            File.Delete(_temporary);
            throw;
        }
    }

    public override void WriteRows(ReadOnlySpan<byte> source) => _writer.WriteRows(source);

    public override void Complete()
    {
        _writer.Complete();
        _writer.Dispose();
        File.Move(_temporary, _target, overwrite: true);
        _replaced = true;
    }

    public override void Dispose()
    {
        try
        {
            _writer.Dispose();
        }
        finally
        {
            if (!_replaced)
                File.Delete(_temporary);
        }
    }

    private FileStream OpenTemporary(string path)
    {
        try
        {
            return new FileStream(_temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 16);
        }
        catch (UnauthorizedAccessException e)
        {
            // The temporary file's name would tell the caller nothing.
            throw new UnauthorizedAccessException($"{path}: no permission to write to the folder '{Path.GetDirectoryName(_target)}'.", e);
        }
    }
}
