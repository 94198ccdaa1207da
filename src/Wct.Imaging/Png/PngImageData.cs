namespace Wct.Imaging.Png;

/// <summary>The bodies of consecutive IDAT chunks as one stream (section 10.1).</summary>
/// <remarks>Ends where another chunk starts or the file ends; whether that is too soon, only the rows can tell.</remarks>
internal sealed class PngImageData(PngChunks chunks) : ReadOnlyStream
{
    private bool _ended;

    /// <summary>Whether reading the file itself failed, which is not the data's fault.</summary>
    internal bool SourceFailed { get; private set; }

    /// <inheritdoc/>
    /// <exception cref="ImageFormatException">A chunk is truncated or its check differs.</exception>
    public override int Read(Span<byte> buffer)
    {
        try
        {
            while (!_ended && !buffer.IsEmpty)
            {
                int count = chunks.Read(buffer);
                if (count > 0)
                    return count;
                _ended = !chunks.Next() || chunks.Type != PngChunkType.ImageData;
            }

            return 0;
        }
        catch (IOException)
        {
            SourceFailed = true;
            throw;
        }
    }

    /// <summary>Reads the current chunk to its end, for its check; more chunks are left alone.</summary>
    internal void Finish()
    {
        if (!_ended)
            chunks.Drain();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            chunks.Dispose();
        base.Dispose(disposing);
    }
}
