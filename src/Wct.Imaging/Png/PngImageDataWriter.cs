namespace Wct.Imaging.Png;

/// <summary>Cuts what is written to it into IDAT chunks of at most 64 KiB, so that no chunk needs to be held whole by a reader.</summary>
/// <remarks>The last chunk is written by <see cref="Finish"/>. The stream below stays open.</remarks>
internal sealed class PngImageDataWriter(Stream stream) : Stream
{
    private readonly byte[] _chunk = new byte[1 << 16];
    private int _filled;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            int count = Math.Min(buffer.Length, _chunk.Length - _filled);
            buffer[..count].CopyTo(_chunk.AsSpan(_filled));
            buffer = buffer[count..];
            _filled += count;
            if (_filled == _chunk.Length)
                Finish();
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>Writes what has been gathered as a chunk.</summary>
    internal void Finish()
    {
        if (_filled == 0)
            return;
        PngChunkWriter.Write(stream, PngChunkType.ImageData, _chunk.AsSpan(0, _filled));
        _filled = 0;
    }

    // A chunk ends when it is full: compressors flush when they like.
    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
