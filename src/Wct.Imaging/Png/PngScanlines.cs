using System.IO.Compression;

namespace Wct.Imaging.Png;

/// <summary>Inflates the image data and restores its filtered rows, one at a time.</summary>
internal sealed class PngScanlines : IDisposable
{
    private readonly string _source;
    private readonly ImageWarnings _warnings;
    private readonly PngImageData _data;
    private readonly ZLibStream _inflated;
    private readonly int _distance;
    private readonly PngRow _filtered;
    private PngRow _row, _prior;

    internal PngScanlines(PngHeader header, PngChunks chunks)
    {
        (_source, _warnings) = (chunks.Source, chunks.Warnings);
        _data = new PngImageData(chunks);
        _inflated = Inflated(_data);
        _distance = header.FilterDistance;
        int longest = header.RowLength(header.Width);
        (_filtered, _row, _prior) = (new(longest), new(longest), new(longest));
    }

    /// <summary>Clears the row above, because the next row is the first of a picture or of an interlacing pass.</summary>
    internal void Restart() => _row.Bytes.Clear();

    /// <summary>Reads the next row's samples, which are valid until the next call.</summary>
    /// <param name="length">Bytes of the row, at least 1.</param>
    /// <exception cref="ImageFormatException">The data is damaged or ends too soon.</exception>
    internal ReadOnlySpan<byte> Next(int length)
    {
        (_row, _prior) = (_prior, _row);

        // The filter type goes into the margin before the row, so that the row starts aligned. Restoring doesn't read this margin.
        Span<byte> typeAndRow = _filtered.Padded.AsSpan(PngRow.Margin - 1, length + 1);
        int filled = 0;
        while (filled < typeAndRow.Length)
        {
            int count = Inflate(typeAndRow[filled..]);
            if (count == 0)
                throw new ImageFormatException(_source, $"truncated: a row has {filled} of {typeAndRow.Length} bytes");
            filled += count;
        }

        byte type = typeAndRow[0];
        if (type > (byte)PngFilter.Paeth)
            throw new ImageFormatException(_source, $"damaged: a row has filter type {type}, 4 is the highest");
        PngUnfilter.Undo((PngFilter)type, _filtered, _prior, length, _distance, _row);
        return _row.Bytes[..length];
    }

    /// <summary>Checks the end of the image data after the last row.</summary>
    /// <exception cref="ImageFormatException">The CRC of a chunk of image data is wrong.</exception>
    internal void Finish()
    {
        // The inflater compares its checksum only at the end of the data, so one more byte must be read. The picture is complete here, so
        // only a wrong CRC is an error.
        bool more = false;
        try
        {
            Span<byte> beyond = stackalloc byte[1];
            more = _inflated.Read(beyond) > 0;
        }
        catch (Exception e) when (IsBadData(e))
        {
            _warnings.Add("damaged: the compressed image data end with a wrong check, or without one");
        }
        catch (ImageFormatException e) when (_data.IsTruncated && !_warnings.Strict)
        {
            _warnings.Add("after the last row: ", e.Problem);
            return;
        }

        _data.Finish(more);
    }

    public void Dispose() => _inflated.Dispose();

    // The constructor reads nothing. It fails only if there is no memory for inflating, and the framework's message doesn't say so.
    private static ZLibStream Inflated(Stream data)
    {
        try
        {
            return new ZLibStream(data, CompressionMode.Decompress);
        }
        catch (IOException error)
        {
            throw new InsufficientMemoryException("There is none for inflating a PNG.", error);
        }
    }

    private int Inflate(Span<byte> destination)
    {
        try
        {
            return _inflated.Read(destination);
        }
        catch (Exception e) when (IsBadData(e))
        {
            throw new ImageFormatException(_source, "damaged: the compressed image data is not valid");
        }
    }

    // For data that needs a preset dictionary, inflating throws an IOException of a type that is not public.
    private bool IsBadData(Exception e) => e is InvalidDataException || (e is IOException && !_data.SourceFailed);
}
