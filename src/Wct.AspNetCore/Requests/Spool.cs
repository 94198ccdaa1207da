using Microsoft.Win32.SafeHandles;

namespace Wct.AspNetCore.Requests;

/// <summary>Holds the bytes of a request's files: the first ones in memory, the others in one temporary file. Only the server's user can
/// read that file, and it is gone when the process ends.</summary>
/// <param name="folder">The folder for the temporary file.</param>
internal sealed class Spool(string folder) : IDisposable
{
    /// <summary>The bytes in memory of all files of a request together.</summary>
    internal const int InMemory = 1 << 18;

    private const int Part = 1 << 14;

    private byte[] _memory = [];
    private int _inMemory;
    private SafeFileHandle? _file;
    private long _inFile;

    /// <summary>Reads a file to its end. Files are added one after the other.</summary>
    /// <param name="body">The file's bytes.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>A function that opens the bytes, and their number. Streams that it returned have positions of their own.</returns>
    internal async Task<(Func<Stream> Open, long Length)> Add(Stream body, CancellationToken cancellationToken)
    {
        int start = _inMemory;
        while (true)
        {
            if (_inMemory == _memory.Length && _memory.Length < InMemory)
                Array.Resize(ref _memory, Math.Min(InMemory, Math.Max(1 << 12, 2 * _memory.Length)));
            if (_inMemory == _memory.Length)
                return await AddToFile(start, body, cancellationToken);
            int count = await body.ReadAsync(_memory.AsMemory(_inMemory), cancellationToken);
            if (count == 0)
                break;
            _inMemory += count;
        }

        int length = _inMemory - start;
        return (() => new MemoryStream(_memory, start, length, writable: false), length);
    }

    // The file's bytes that are in memory go first, so that the next small file finds room there.
    private async Task<(Func<Stream> Open, long Length)> AddToFile(int start, Stream body, CancellationToken cancellationToken)
    {
        SafeFileHandle file = _file ??= Create(folder);
        long from = _inFile;
        await Write(file, _memory.AsMemory(start, _inMemory - start), cancellationToken);
        _inMemory = start;
        byte[] part = new byte[Part];
        while (await body.ReadAsync(part, cancellationToken) is int count and > 0)
            await Write(file, part.AsMemory(0, count), cancellationToken);
        long length = _inFile - from;
        return (() => new SpooledStream(file, from, length), length);
    }

    private async Task Write(SafeFileHandle file, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await RandomAccess.WriteAsync(file, bytes, _inFile, cancellationToken);
        _inFile += bytes.Length;
    }

    public void Dispose()
    {
        _file?.Dispose();
        _memory = [];
    }

    private static SafeFileHandle Create(string folder)
    {
        string path = Path.Combine(folder, $"wct-{Path.GetRandomFileName()}.tmp");
        FileStreamOptions options = new()
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            Options = FileOptions.Asynchronous,
            BufferSize = 0,
        };
        if (OperatingSystem.IsWindows())
            options.Options |= FileOptions.DeleteOnClose;
        else
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        // The stream isn't disposed of, because its handle is still needed. Its finalizer writes nothing, because there is no buffer.
        SafeFileHandle file = new FileStream(path, options).SafeFileHandle;
        if (!OperatingSystem.IsWindows())
            File.Delete(path);
        return file;
    }
}
