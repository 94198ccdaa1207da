using System.IO.Compression;

namespace Wct.Imaging.Png;

/// <summary>Filters, deflates and writes rows one at a time.</summary>
internal sealed class PngWriter : ImageWriter
{
    /// <summary>
    /// Finds only runs of one byte. Filtered photographs have many small values and some runs, but hardly any repeated strings. Measured on
    /// photographs of 512x512 RGB: runs only, 5.9 ms and 486 KB; the same level with a search for strings, 9 ms and 696 KB; level 6, 15 ms
    /// and 500 KB.
    /// </summary>
    private static readonly ZLibCompressionOptions RunsOnly = new()
    {
        CompressionLevel = 1,
        CompressionStrategy = ZLibCompressionStrategy.RunLengthEncoding,
    };

    private readonly Stream _stream;
    private readonly PngImageDataWriter _data;
    private readonly ZLibStream _deflated;
    private readonly PngFilterChoice _filters;
    private readonly int _stride;
    private RowCursor _cursor;
    private PngRow _row, _prior;

    internal PngWriter(Stream stream, int width, int height, PixelLayout layout, ImageWriteOptions options)
    {
        IReadOnlyList<byte[]> texts = PngTextWriter.Bodies(options.Text);
        PngColorType colors = layout switch
        {
            PixelLayout.Gray8 => PngColorType.Gray,
            PixelLayout.Rgb24 => PngColorType.Rgb,
            _ => PngColorType.Rgba,
        };
        PngHeader header = new(width, height, BitDepth: 8, colors, Interlaced: false);
        _stride = ImageSize.Stride(width, height, layout);
        _cursor = new RowCursor(_stride, height);
        (_row, _prior) = (new(_stride), new(_stride));
        _filters = new PngFilterChoice(_stride, header.FilterDistance);
        _stream = stream;
        _data = new PngImageDataWriter(stream);
        _deflated = new ZLibStream(_data, RunsOnly, leaveOpen: true);
        WriteHeader(header);
        if (options.Metadata is not null)
            PngMetadata.Write(stream, header, options.Metadata);
        foreach (byte[] text in texts)
            PngChunkWriter.Write(stream, PngChunkType.InternationalText, text);
    }

    public override void WriteRows(ReadOnlySpan<byte> source)
    {
        int rows = _cursor.Take(source.Length, nameof(source));
        for (int i = 0; i < rows; i++)
        {
            source.Slice(i * _stride, _stride).CopyTo(_row.Bytes);
            ReadOnlySpan<byte> filtered = _filters.Apply(_row, _prior, out PngFilter filter);
            _deflated.WriteByte((byte)filter);
            _deflated.Write(filtered);
            (_row, _prior) = (_prior, _row);
        }
    }

    public override void Complete()
    {
        _cursor.MustBeComplete();
        _deflated.Dispose();
        _data.Finish();
        PngChunkWriter.Write(_stream, PngChunkType.End, []);
        _stream.Flush();
    }

    public override void Dispose()
    {
        try
        {
            // If the picture isn't complete, this writes the buffered data, and may throw.
            _deflated.Dispose();
        }
        finally
        {
            _stream.Dispose();
        }
    }

    private void WriteHeader(PngHeader header)
    {
        Span<byte> body = stackalloc byte[PngHeader.Length];
        header.Write(body);
        _stream.Write(PngFormat.Signature);
        PngChunkWriter.Write(_stream, PngChunkType.Header, body);
    }
}
