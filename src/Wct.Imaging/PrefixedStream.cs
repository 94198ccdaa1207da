namespace Wct.Imaging;

/// <summary>Puts bytes that were already read from a stream before the rest of it, so that a format can be recognized without
/// seeking.</summary>
/// <remarks>It can seek if the rest can, so that a codec can look ahead.</remarks>
internal sealed class PrefixedStream(ReadOnlyMemory<byte> prefix, Stream rest) : ReadOnlyStream
{
    private readonly ReadOnlyMemory<byte> _whole = prefix;
    private readonly long _start = rest.CanSeek ? rest.Position - prefix.Length : 0;
    private ReadOnlyMemory<byte> _prefix = prefix;

    public override bool CanSeek => rest.CanSeek;

    public override long Length => rest.Length - _start;

    public override long Position
    {
        get => rest.Position - _prefix.Length - _start;
        set
        {
            rest.Position = _start + Math.Max(value, _whole.Length);
            _prefix = _whole[(int)Math.Min(value, _whole.Length)..];
        }
    }

    public override int Read(Span<byte> buffer)
    {
        if (_prefix.IsEmpty)
            return rest.Read(buffer);
        int count = Math.Min(buffer.Length, _prefix.Length);
        _prefix.Span[..count].CopyTo(buffer);
        _prefix = _prefix[count..];
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            rest.Dispose();
        base.Dispose(disposing);
    }
}
