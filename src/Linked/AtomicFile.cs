namespace Wct.Linked;

/// <summary>A file that is written beside its target and replaces it in <see cref="Complete"/>: nobody sees half of it.</summary>
/// <remarks>
/// A link is followed, so that what it points to is replaced and not the link. Renaming would replace devices and pipes as well, which
/// nobody means who names one: they are refused.
/// </remarks>
internal sealed class AtomicFile : IDisposable
{
    private readonly string _target;
    private readonly string _temporary;
    private bool _replaced;

    /// <exception cref="IOException">The folder is missing, or the path names a folder, a device or a pipe; the message begins with the
    /// path.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to; the message begins with the path.</exception>
    internal AtomicFile(string path)
    {
        FileInfo file = new(path);
        _target = file.LinkTarget is null ? file.FullName : file.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
        if (Directory.Exists(_target))
            throw new IOException($"{path}: is a folder.");
        string folder = Path.GetDirectoryName(_target)!;
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"{path}: the folder '{folder}' does not exist.");
        if (FileType.IsSpecial(_target))
            throw new IOException($"{path}: is a device or a pipe, only files are replaced.");

        // Short, and not made of the target's name: that may be as long as the file system allows.
        _temporary = Path.Combine(folder, $".{Path.GetRandomFileName()}.tmp");
        try
        {
            CheckName(_target);
            Stream = new FileStream(_temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 16);
        }
        catch (UnauthorizedAccessException e)
        {
            // The temporary file's name would tell the caller nothing.
            throw new UnauthorizedAccessException($"{path}: no permission to write to the folder '{folder}'.", e);
        }
        catch (PathTooLongException e)
        {
            throw new PathTooLongException($"{path}: the name is too long for its folder.", e);
        }
    }

    /// <summary>Takes the content.</summary>
    internal FileStream Stream { get; }

    /// <summary>Closes the file and puts it in place.</summary>
    /// <param name="flushToDisk">Whether a loss of power, too, leaves the old file or the new one; takes its time.</param>
    internal void Complete(bool flushToDisk)
    {
        if (flushToDisk)
            Stream.Flush(flushToDisk: true);
        Stream.Dispose();
        File.Move(_temporary, _target, overwrite: true);
        _replaced = true;
    }

    /// <summary>Without <see cref="Complete"/>, leaves everything as it was.</summary>
    public void Dispose()
    {
        try
        {
            Stream.Dispose();
        }
        finally
        {
            if (!_replaced)
                File.Delete(_temporary);
        }
    }

    // Without this, a name that the file system can't take would come out only at the end.
    private static void CheckName(string target)
    {
        try
        {
            File.GetAttributes(target);
        }
        catch (FileNotFoundException)
        {
            // As for every new file.
        }
    }
}
