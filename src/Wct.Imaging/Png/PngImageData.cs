namespace Wct.Imaging.Png;

/// <summary>The bodies of consecutive IDAT chunks as one stream (section 10.1).</summary>
/// <remarks>The stream ends at the next chunk of another type, or at the end of the file. It doesn't know whether rows are
/// missing.</remarks>
internal sealed class PngImageData(PngChunks chunks) : ReadOnlyStream
{
    private bool _ended;

    /// <summary>Whether reading the file failed. The data is then not damaged.</summary>
    internal bool SourceFailed { get; private set; }

    /// <summary>Whether the file ended inside a chunk.</summary>
    internal bool IsTruncated => chunks.IsTruncated;

    /// <inheritdoc/>
    /// <exception cref="ImageFormatException">A chunk is truncated, or its CRC is wrong.</exception>
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

    /// <summary>Reads to the end of the file after the last row, to check CRCs and to collect warnings.</summary>
    /// <param name="more">Whether there is more image data than the rows need.</param>
    /// <exception cref="ImageFormatException">The CRC of a chunk of image data is wrong.</exception>
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
        // Damage after the image data affects no pixel, so it is only a warning.
        catch (ImageFormatException e) when ((chunks.IsTruncated || chunks.Type != PngChunkType.ImageData) && !chunks.Warnings.Strict)
        {
            chunks.Warnings.Add("after the last row: ", e.Problem);
            return;
        }

        try
        {
            while (chunks.Type != PngChunkType.End)
            {
                if (chunks.Type == PngChunkType.Exif && PngMetadata.ReadExif(chunks) is byte[] exif
                    && ExifBlock.Orientation(exif) is > 1 and int orientation
                    && !chunks.Stream.CanSeek)
                    chunks.Warnings.Note($"orientation {orientation} comes after the pixels and is not applied");
                else if (PngTextReader.Reads(chunks.Type))
                    chunks.Text.Read(chunks);
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
