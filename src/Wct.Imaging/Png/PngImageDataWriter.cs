namespace Wct.Imaging.Png;

/// <summary>Divides the image data into IDAT chunks of at most 64 KiB, so that readers that hold whole chunks need little memory.</summary>
/// <remarks><see cref="Finish"/> writes the last chunk. The underlying stream stays open.</remarks>
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

    /// <summary>Writes the buffered data as a chunk.</summary>
    internal void Finish()
    {
        if (_filled == 0)
            return;
        PngChunkWriter.Write(stream, PngChunkType.ImageData, _chunk.AsSpan(0, _filled));
        _filled = 0;
    }

    // Does nothing, because a chunk is only written when it is full. Compressors may flush at any time.
    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
