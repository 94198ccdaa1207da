namespace Wct.Imaging.Tests;

/// <summary>Gives one byte per call, as a pipe may, and throws at a given position.</summary>
internal sealed class TricklingStream(byte[] bytes, int failsAt = int.MaxValue) : ReadOnlyStream
{
    private int _next;

    public override int Read(Span<byte> buffer)
    {
        if (_next == failsAt)
            throw new IOException("the disk is gone");
        if (buffer.IsEmpty || _next == bytes.Length)
            return 0;
        buffer[0] = bytes[_next++];
        return 1;
    }
}
