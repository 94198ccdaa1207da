namespace Wct.Imaging.Tests;

/// <summary>Gives few bytes per call, as a pipe or network may, and throws at a given position.</summary>
/// <param name="bytes">The stream's contents.</param>
/// <param name="most">Calls give 1, 2, ... up to this many bytes, and then start again with 1.</param>
/// <param name="failsAt">The position at which reading throws.</param>
internal sealed class TricklingStream(byte[] bytes, int most = 1, int failsAt = int.MaxValue) : ReadOnlyStream
{
    private int _next, _reads;

    public override int Read(Span<byte> buffer)
    {
        if (_next == failsAt)
            throw new IOException("the disk is gone");
        int count = Math.Min(Math.Min(buffer.Length, 1 + _reads++ % most), Math.Min(bytes.Length, failsAt) - _next);
        bytes.AsSpan(_next, count).CopyTo(buffer);
        _next += count;
        return count;
    }
}
