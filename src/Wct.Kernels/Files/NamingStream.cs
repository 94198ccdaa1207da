namespace Wct;

/// <summary>Writes to a temporary file and replaces its name in error messages by the name that the user gave.</summary>
/// <param name="file">The temporary file. It is flushed, but stays open, when this stream is closed.</param>
/// <param name="name">Converts an error of the file to one with the user's name.</param>
internal sealed class NamingStream(FileStream file, Func<Exception, IOException> name) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => file.CanSeek;

    public override bool CanWrite => file.CanWrite;

    public override long Length => file.Length;

    public override long Position
    {
        get => file.Position;
        set => Seek(value, SeekOrigin.Begin);
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            file.Write(buffer);
        }
        catch (Exception error) when (IsTheFiles(error))
        {
            throw name(error);
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void WriteByte(byte value) => Write([value]);

    public override void Flush() => Named(file.Flush);

    public override long Seek(long offset, SeekOrigin origin)
    {
        long position = 0;
        Named(() => position = file.Seek(offset, origin));
        return position;
    }

    public override void SetLength(long value) => Named(() => file.SetLength(value));

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && file.CanWrite)
            Named(file.Flush);
        base.Dispose(disposing);
    }

    /// <summary>Whether a write error concerns the file. .NET reports a file that grows too large as an
    /// <see cref="ArgumentOutOfRangeException"/>.</summary>
    internal static bool IsTheFiles(Exception error) => error is IOException or ArgumentOutOfRangeException;

    private void Named(Action work)
    {
        try
        {
            work();
        }
        catch (Exception error) when (IsTheFiles(error))
        {
            throw name(error);
        }
    }
}
