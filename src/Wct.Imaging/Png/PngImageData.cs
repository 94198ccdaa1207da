namespace Wct.Imaging.Png;

/// <summary>The bodies of consecutive IDAT chunks as one stream (section 10.1).</summary>
/// <remarks>Ends where another chunk starts or the file ends; whether that is too soon, only the rows can tell.</remarks>
internal sealed class PngImageData(PngChunks chunks) : ReadOnlyStream
{
    private bool _ended;

    /// <summary>Whether reading the file itself failed, which is not the data's fault.</summary>
    internal bool SourceFailed { get; private set; }

    /// <summary>Whether the file was found to end inside a chunk.</summary>
    internal bool IsTruncated => chunks.IsTruncated;

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

    /// <summary>After the last row: reads on to the end of the file, for checks and warnings.</summary>
    /// <param name="more">Whether there is more data than the rows take.</param>
    /// <exception cref="ImageFormatException">The check of a chunk of image data differs.</exception>
    internal void Finish(bool more)
    {
        try
        {
            Span<byte> scrap = stackalloc byte[1024];
            while (Read(scrap) > 0)
                more = true;
            if (more)
                chunks.Warnings.Add("there is more image data than the rows take");
        }
        // What is wrong behind the image data, or missing there, takes no pixel away.
        catch (ImageFormatException e) when ((chunks.IsTruncated || chunks.Type != PngChunkType.ImageData) && !chunks.Warnings.Strict)
        {
            chunks.Warnings.Add("after the last row: ", e.Problem);
            return;
        }

        try
        {
            while (chunks.Type != PngChunkType.End)
            {
                if (chunks.Type == PngChunkType.Exif && chunks.ReadAncillary() is byte[] exif
                    && ExifBlock.Orientation(exif) is > 1 and int orientation
                    && !chunks.Stream.CanSeek)
                    chunks.Warnings.Note($"orientation {orientation} comes after the pixels and is not applied");
                if (chunks.Next())
                    continue;
                chunks.Warnings.Add("truncated: no chunk IEND");
                return;
            }

            chunks.Drain();
        }
        catch (ImageFormatException e) when (!chunks.Warnings.Strict)
        {
            chunks.Warnings.Add("after the last row: ", e.Problem);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            chunks.Dispose();
        base.Dispose(disposing);
    }
}
