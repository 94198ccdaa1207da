namespace Wct.Imaging;

/// <summary>Reads the bytes of a binary file. Memory is allocated only for bytes that the file has, whatever its header
/// announces.</summary>
/// <param name="stream">The file, from its first byte.</param>
/// <param name="source">The file's name, for messages.</param>
internal sealed class FileBytes(Stream stream, string source) : IDisposable
{
    private const int Step = 1 << 20, DoubledBytes = 1 << 18;

    private readonly byte[] _buffer = new byte[1 << 12];
    private int _next, _end;

    /// <summary>The file's name, for messages.</summary>
    internal string Source => source;

    /// <summary>Bytes from the file's start to the next byte.</summary>
    internal long Position { get; private set; }

    /// <summary>Whether <see cref="SeekTo"/> works.</summary>
    internal bool CanSeek => stream.CanSeek;

    /// <summary>Bytes from the next one to the file's end; null if that isn't known.</summary>
    internal long? Left => stream.CanSeek ? stream.Length - Position : null;

    /// <summary>Reads the next byte; -1 at the end of the file.</summary>
    internal int ReadByte()
    {
        if (_next == _end)
            (_next, _end) = (0, stream.Read(_buffer));
        if (_next == _end)
            return -1;
        Position++;
        return _buffer[_next++];
    }

    /// <summary>Reads the next byte.</summary>
    /// <param name="what">What the byte belongs to, for the message.</param>
    /// <exception cref="ImageFormatException">The file ends.</exception>
    internal byte Byte(string what) => ReadByte() is >= 0 and int value ? (byte)value : throw Truncated(what);

    /// <summary>Fills a buffer with the next bytes, as far as the file has them.</summary>
    /// <returns>The number of bytes read.</returns>
    internal int Read(Span<byte> destination)
    {
        int filled = Math.Min(destination.Length, _end - _next);
        _buffer.AsSpan(_next, filled).CopyTo(destination);
        _next += filled;
        // Parts of a picture are read past the buffer, so that no byte is read twice.
        if (filled < destination.Length)
            filled += stream.ReadAtLeast(destination[filled..], destination.Length - filled, throwOnEndOfStream: false);
        Position += filled;
        return filled;
    }

    /// <summary>Fills a buffer with the next bytes.</summary>
    /// <param name="destination">Receives the bytes.</param>
    /// <param name="what">What the bytes are, for the message.</param>
    /// <exception cref="ImageFormatException">The file ends too soon.</exception>
    internal void ReadExactly(Span<byte> destination, string what)
    {
        int count = Read(destination);
        if (count < destination.Length)
            throw new ImageFormatException(source, $"truncated: {what}: {count} of {destination.Length} bytes are there");
    }

    /// <summary>Reads bytes into a growing array, so that a small file can't cause a large allocation.</summary>
    /// <param name="array">Receives the bytes; replaced if it is too short.</param>
    /// <param name="at">Index of the first byte to fill.</param>
    /// <param name="count">Number of bytes.</param>
    /// <param name="what">What the bytes are, for the message.</param>
    /// <exception cref="ImageFormatException">The file ends too soon.</exception>
    internal void ReadInto(ref byte[] array, int at, int count, string what)
    {
        for (int done = 0; done < count;)
        {
            int step = Math.Min(count - done, Math.Max(Step, done));
            int needed = at + done + step;
            // Small arrays double, because each of many short rows would copy all rows before it.
            if (array.Length < needed)
                Array.Resize(ref array, Math.Max(needed, Math.Min(2 * array.Length, DoubledBytes)));
            int read = Read(array.AsSpan(at + done, step));
            done += read;
            if (read < step)
                throw new ImageFormatException(source, $"truncated: {what}: {done} of {count} bytes are there");
        }
    }

    /// <summary>Reads the rest of the file.</summary>
    /// <param name="most">Most bytes to keep in memory.</param>
    /// <exception cref="ImageFormatException">The rest is longer.</exception>
    internal byte[] ReadToEnd(long most)
    {
        most = Math.Min(most, Array.MaxLength);
        if (Left > most)
            throw TooLong(most);
        byte[] bytes = new byte[Math.Min(most, Left ?? Step)];
        int length = 0;
        while (true)
        {
            length += Read(bytes.AsSpan(length));
            if (length < bytes.Length)
                return bytes[..length];
            if (ReadByte() is not (>= 0 and int next))
                return bytes;
            if (length == most)
                throw TooLong(most);
            Array.Resize(ref bytes, (int)Math.Min(most, Math.Max(Step, 2L * length)));
            bytes[length++] = (byte)next;
        }
    }

    /// <summary>Skips bytes.</summary>
    /// <exception cref="ImageFormatException">The file ends too soon.</exception>
    internal void Skip(long count, string what)
    {
        if (Left is { } left && left < count)
            throw Truncated(what);
        if (CanSeek && count > _buffer.Length)
        {
            SeekTo(Position + count);
            return;
        }

        while (count > 0)
        {
            if (ReadByte() < 0)
                throw Truncated(what);
            int more = (int)Math.Min(--count, _end - _next);
            (_next, count, Position) = (_next + more, count - more, Position + more);
        }
    }

    /// <summary>Moves to a byte, counted from the file's start.</summary>
    internal void SeekTo(long position)
    {
        (_next, _end) = (0, 0);
        (stream.Position, Position) = (position, position);
    }

    /// <summary>Throws if the file, from the next byte, is shorter than its header announces. Does nothing if the stream can't
    /// seek.</summary>
    /// <param name="bytes">The smallest number of bytes that can hold the picture.</param>
    /// <param name="what">The picture, for the message: "10x20 pixels of 24 bits".</param>
    /// <exception cref="ImageFormatException">The file is shorter.</exception>
    internal void MustHave(long bytes, string what)
    {
        if (Left is { } left && left < bytes)
            throw new ImageFormatException(source, $"truncated: {what} take at least {bytes} bytes, {Math.Max(0, left)} are there");
    }

    public void Dispose() => stream.Dispose();

    private ImageFormatException TooLong(long most) =>
        new(source, $"the file is longer than {most} bytes, the limit for keeping it in memory");

    private ImageFormatException Truncated(string what) => new(source, $"truncated: the file ends before {what}");
}
