using Microsoft.Win32.SafeHandles;

namespace Wct.Imaging;

/// <summary>A temporary file for pixels and coefficients that don't fit into memory. It is deleted when the process ends, even after a
/// crash.</summary>
/// <remarks>The file isn't mapped into memory, because mapped pages would count as the process's memory.</remarks>
internal sealed class ScratchFile : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly string _folder;
    private readonly string _purpose;

    private ScratchFile(SafeFileHandle file, string folder, string purpose) => (_file, _folder, _purpose) = (file, folder, purpose);

    /// <summary>Creates a file in the folder for large temporary files.</summary>
    /// <param name="source">The picture's name, for messages.</param>
    /// <param name="bytes">Largest size of the file.</param>
    /// <param name="memory">The memory limit that is too small for the data, for messages.</param>
    /// <exception cref="IOException">The disk has too little space, or the file can't be created; the message begins with the picture's
    /// name.</exception>
    internal static ScratchFile Create(string source, long bytes, long memory)
    {
        string folder = Folder();
        string purpose =
            $"{source}: reading it takes {bytes} bytes beyond the {memory} of memory that are left to it; a temporary file for them in "
                + $"{folder}";
        if (FreeSpace(folder) is { } room && room < bytes)
            throw new IOException($"{purpose} finds {room} bytes free (more memory or another TMPDIR helps).");
        try
        {
            string path = Path.Combine(folder, $"wct-{Path.GetRandomFileName()}.tmp");
            FileStreamOptions options = new()
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                BufferSize = 0,
            };
            if (OperatingSystem.IsWindows())
                options.Options = FileOptions.DeleteOnClose;
            else
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            // The stream isn't disposed of, because its handle is still needed. Its finalizer writes nothing, because there is no buffer.
            SafeFileHandle file = new FileStream(path, options).SafeFileHandle;
            if (!OperatingSystem.IsWindows())
                File.Delete(path);
            return new ScratchFile(file, folder, purpose);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{purpose} can't be made: {error.Message}", error);
        }
    }

    /// <summary>Writes at a position, which may be after the end of the file.</summary>
    /// <exception cref="IOException">The disk is full or broken; the message begins with the picture's name.</exception>
    internal void Write(long position, ReadOnlySpan<byte> bytes)
    {
        try
        {
            RandomAccess.Write(_file, bytes, position);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{_purpose} can't be written: {error.Message}", error);
        }
    }

    /// <summary>Reads bytes. Bytes that were never written are 0.</summary>
    /// <exception cref="IOException">The disk is broken; the message begins with the picture's name.</exception>
    internal void Read(long position, Span<byte> bytes)
    {
        try
        {
            while (bytes.Length > 0)
            {
                int count = RandomAccess.Read(_file, bytes, position);
                if (count == 0)
                {
                    bytes.Clear();
                    return;
                }

                bytes = bytes[count..];
                position += count;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{_purpose} can't be read: {error.Message}", error);
        }
    }

    public void Dispose() => _file.Dispose();

    // Without TMPDIR, /var/tmp is better than /tmp, because /tmp may be in memory, and this file exists because memory is short.
    private static string Folder()
    {
        const string Large = "/var/tmp";
        bool chosen = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("TMPDIR"));
        return !chosen && !OperatingSystem.IsWindows() && Directory.Exists(Large) ? Large : Path.GetTempPath();
    }

    private static long? FreeSpace(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // If the free space is unknown, the file is created all the same.
            return null;
        }
    }
}
