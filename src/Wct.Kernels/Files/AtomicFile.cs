using System.Runtime.InteropServices;

namespace Wct;

/// <summary>Writes a temporary file in the target's folder and replaces the target in <see cref="Complete"/>, so that no reader sees a
/// partial file.</summary>
/// <remarks>
/// Links are followed: the file that a link points to is replaced, not the link. The new file gets the permissions of the replaced one, and
/// its owner and group if the process may change them. Devices and pipes are rejected, because renaming would replace them by a file.
/// Errors name the target, never the temporary file.
/// </remarks>
internal sealed partial class AtomicFile : IDisposable
{
    private readonly string _path, _target, _temporary;
    private readonly FileStream _file;
    private bool _replaced;

    /// <exception cref="IOException">The folder is missing, or the path names a folder, a device or a pipe; the message begins with the
    /// path.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to; the message begins with the path.</exception>
    internal AtomicFile(string path)
    {
        (_path, _target) = (path, RealPath.OfTarget(path));
        if (Directory.Exists(_target))
            throw new IOException($"{path}: is a folder.");
        string folder = Path.GetDirectoryName(_target)!;
        if (File.Exists(folder))
            throw new IOException($"{path}: '{folder}' is a file, not a folder.");
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"{path}: the folder '{folder}' does not exist; make it first.");
        if (FileType.IsSpecial(_target))
            throw new IOException($"{path}: is a device or a pipe, only files are replaced.");

        _temporary = Path.Combine(folder, TemporaryName(Path.GetFileName(_target)));
        try
        {
            CheckName(_target);
            _file = new FileStream(_temporary, Options());
        }
        catch (UnauthorizedAccessException e)
        {
            throw new UnauthorizedAccessException($"{path}: no permission to write to the folder '{folder}'.", e);
        }
        catch (PathTooLongException e)
        {
            throw new PathTooLongException($"{path}: the name is too long for its folder.", e);
        }
        catch (IOException e)
        {
            throw Named(e);
        }

        Stream = new NamingStream(_file, Named);
    }

    /// <summary>Receives the content.</summary>
    internal Stream Stream { get; }

    /// <summary>Closes the temporary file and replaces the target by it.</summary>
    /// <param name="flushToDisk">Whether to write the data to the disk first. Then the old or the new file is complete even after a power
    /// failure; slow.</param>
    /// <exception cref="IOException">The file can't be written or replaced; the message begins with the path.</exception>
    /// <exception cref="UnauthorizedAccessException">The target may not be replaced; the message begins with the path.</exception>
    internal void Complete(bool flushToDisk)
    {
        try
        {
            _file.Flush(flushToDisk);
            if (!OperatingSystem.IsWindows() && File.Exists(_target))
                KeepOwnerAndMode();
            _file.Dispose();
            File.Move(_temporary, _target, overwrite: true);
        }
        catch (Exception e) when (NamingStream.IsTheFiles(e))
        {
            throw Named(e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new UnauthorizedAccessException($"{_path}: no permission to replace it.", e);
        }

        _replaced = true;
    }

    /// <summary>Deletes the temporary file, unless <see cref="Complete"/> was called. The target is then unchanged.</summary>
    public void Dispose()
    {
        try
        {
            _file.Dispose();
        }
        catch (Exception e) when (NamingStream.IsTheFiles(e))
        {
            // The file is deleted, so it doesn't matter that its end can't be written.
        }

        if (!_replaced)
            File.Delete(_temporary);
    }

    // The replaced file may be private. Until the new file has its permissions, only the owner may read it.
    private FileStreamOptions Options()
    {
        FileStreamOptions options =
            new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 1 << 16 };
        if (!OperatingSystem.IsWindows() && File.Exists(_target))
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private void KeepOwnerAndMode()
    {
        UnixFileMode mode = File.GetUnixFileMode(_target);
        // The owner is set before the mode, because changing it clears bits of the mode.
        if (FileStatus.Of(_target) is { } old && FileStatus.Of(_temporary) is { } own && (old.User, old.Group) != (own.User, own.Group))
        {
            const uint Unchanged = uint.MaxValue;
            int handle = (int)_file.SafeFileHandle.DangerousGetHandle();
            // Only an administrator may change the owner; the group may be changed to one that the process belongs to.
            if (ChangeOwner(handle, old.User, old.Group) != 0 && (ChangeOwner(handle, Unchanged, old.Group) != 0 || old.User != own.User))
                mode &= ~(UnixFileMode.SetUser | UnixFileMode.SetGroup);
        }

        try
        {
            File.SetUnixFileMode(_file.SafeFileHandle, mode);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The file system has no permissions, so there are none to copy.
        }
    }

    private IOException Named(Exception error)
    {
        if (error is ArgumentOutOfRangeException)
            return new IOException($"{_path}: it grows larger than the file system, or a limit of the process, allows.", error);
        if (error is IOException named && error.Message.StartsWith($"{_path}: ", StringComparison.Ordinal))
            return named;
        string problem = error.Message.Replace($" : '{_temporary}'", "", StringComparison.Ordinal).Replace(
            _temporary, _path, StringComparison.Ordinal);
        return new IOException($"{_path}: {problem}", error) { HResult = error.HResult };
    }

    // Without this check, a name that the file system rejects would fail only in Complete.
    private static void CheckName(string target)
    {
        try
        {
            File.GetAttributes(target);
        }
        catch (FileNotFoundException)
        {
            // Expected for a new file.
        }
    }

    [DllImport("libc", EntryPoint = "fchown")]
    private static extern int ChangeOwner(int file, uint user, uint group);
}
