using Microsoft.Win32.SafeHandles;

namespace Wct.Imaging;

/// <summary>A temporary file for pixels and coefficients that don't fit into memory; nothing is left of it when the process ends, however
/// it ends.</summary>
/// <remarks>Read and written by ordinary calls, not mapped: mapped pages would count as the process's memory.</remarks>
internal sealed class ScratchFile : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly string _folder;
    private readonly string _purpose;

    private ScratchFile(SafeFileHandle file, string folder, string purpose) => (_file, _folder, _purpose) = (file, folder, purpose);

    /// <summary>Creates a file in the folder for large temporary files.</summary>
    /// <param name="source">The picture, for messages.</param>
    /// <param name="bytes">What the file may grow to.</param>
    /// <param name="memory">The memory that is too small for it, for messages.</param>
    /// <exception cref="IOException">There is no room, or no file can be made; the message begins with the picture.</exception>
    internal static ScratchFile Create(string source, long bytes, long memory)
    {
        string folder = Folder();
        string purpose =
            $"{source}: reading it takes {bytes} bytes beyond the {memory} of memory that are left to it; a temporary file for them in "
                + $"{folder}";
        if (Room(folder) is { } room && room < bytes)
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
            // The stream is not disposed of: its handle lives on. A finalizer has nothing to write, as there is no buffer.
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

    /// <summary>Writes at a position, which may lie behind the end.</summary>
    /// <exception cref="IOException">The disk is full or broken; the message begins with the picture.</exception>
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

    /// <summary>Reads what was written; 0 where nothing was.</summary>
    /// <exception cref="IOException">The disk is broken; the message begins with the picture.</exception>
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

    // Where nobody has chosen a folder: /tmp may be kept in memory, which is what there is too little of; /var/tmp is for what is large.
    private static string Folder()
    {
        const string Large = "/var/tmp";
        bool chosen = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("TMPDIR"));
        return !chosen && !OperatingSystem.IsWindows() && Directory.Exists(Large) ? Large : Path.GetTempPath();
    }

    private static long? Room(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // A file system that doesn't tell is tried.
            return null;
        }
    }
}
