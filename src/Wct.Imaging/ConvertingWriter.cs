namespace Wct.Imaging;

/// <summary>Converts rows to the pixel layout of a format's writer.</summary>
internal sealed class ConvertingWriter : ImageWriter
{
    private readonly ImageWriter _writer;
    private readonly PixelLayout _from;
    private readonly bool _toRgb;
    private readonly int _stride;
    private readonly byte[] _row;
    private RowCursor _cursor;

    /// <param name="writer">The format's writer; closed with this one.</param>
    /// <param name="width">Pixels per row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="from">Layout of the rows given to this writer.</param>
    /// <param name="to">Layout of the rows given to <paramref name="writer"/>: RGB, or the layout in which files store
    /// <paramref name="from"/>.</param>
    internal ConvertingWriter(ImageWriter writer, int width, int height, PixelLayout from, PixelLayout to)
    {
        (_writer, _from, _toRgb) = (writer, from, to == PixelLayout.Rgb24);
        _stride = ImageSize.Stride(width, height, from);
        _row = new byte[ImageSize.Stride(width, height, to)];
        _cursor = new RowCursor(_stride, height);
    }

    public override void WriteRows(ReadOnlySpan<byte> source)
    {
        int rows = _cursor.Take(source.Length, nameof(source));
        for (int i = 0; i < rows; i++)
        {
            ReadOnlySpan<byte> row = source.Slice(i * _stride, _stride);
            if (_toRgb)
                LayoutConversion.ToRgb(row, _from, _row);
            else
                LayoutConversion.ToFiles(row, _from, _row);
            _writer.WriteRows(_row);
        }
    }

    public override void Complete() => _writer.Complete();

    public override void Dispose() => _writer.Dispose();
}
