using Microsoft.Win32.SafeHandles;

namespace Wct.Net.Weights;

/// <summary>Random access to the bytes of a file or an array; every access is checked against the length.</summary>
internal sealed class ByteSource : IDisposable
{
    private readonly SafeFileHandle? _handle;
    private readonly byte[]? _bytes;

    internal ByteSource(string name, byte[] bytes) => (Name, _bytes, Length) = (name, bytes, bytes.Length);

    private ByteSource(string name, SafeFileHandle handle) => (Name, _handle, Length) = (name, handle, RandomAccess.GetLength(handle));

    /// <summary>The file's name as it was given.</summary>
    internal string Name { get; }

    internal long Length { get; }

    /// <exception cref="FileNotFoundException">The file does not exist. All messages begin with its name.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission to read it.</exception>
    /// <exception cref="IOException">The file can't be read for another reason.</exception>
    internal static ByteSource Open(string path)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"{path}: no such file.", path);
        try
        {
            return new ByteSource(path, File.OpenHandle(path));
        }
        catch (UnauthorizedAccessException error)
        {
            throw new UnauthorizedAccessException($"{path}: no permission to read it.", error);
        }
        catch (IOException error)
        {
            throw new IOException($"{path}: {error.Message}", error);
        }
    }

    /// <summary>Reads the rest of a stream into memory.</summary>
    /// <exception cref="WeightsFormatException">The stream is longer than an array can be.</exception>
    internal static ByteSource Of(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        const string Name = "the stream";
        if (!stream.CanSeek)
        {
            using MemoryStream all = new();
            stream.CopyTo(all);
            return new ByteSource(Name, all.ToArray());
        }

        long length = Math.Max(0, stream.Length - stream.Position);
        if (length > Array.MaxLength)
            throw new WeightsFormatException(Name, $"{length} bytes; at most {Array.MaxLength} can be read from a stream");
        byte[] bytes = GC.AllocateUninitializedArray<byte>((int)length);
        stream.ReadExactly(bytes);
        return new ByteSource(Name, bytes);
    }

    /// <summary>Fills <paramref name="destination"/> from <paramref name="offset"/> on.</summary>
    /// <exception cref="WeightsFormatException">The source ends before the last byte.</exception>
    internal void Read(long offset, Span<byte> destination)
    {
        if (offset < 0 || offset > Length || destination.Length > Length - offset)
            throw Fail($"truncated: bytes {offset} to {offset + destination.Length} are needed, the file has {Length}");
        if (_bytes is not null)
        {
            _bytes.AsSpan((int)offset, destination.Length).CopyTo(destination);
            return;
        }

        while (!destination.IsEmpty)
        {
            int count = RandomAccess.Read(_handle!, destination, offset);
            if (count == 0)
                throw Fail($"truncated: the file had {Length} bytes, now {offset}");
            destination = destination[count..];
            offset += count;
        }
    }

    /// <summary>Creates the exception for a problem with this source.</summary>
    internal WeightsFormatException Fail(string problem, Exception? inner = null) => new(Name, problem, inner);

    /// <summary>Closes the file.</summary>
    public void Dispose() => _handle?.Dispose();
}
