using System.Text;

namespace Wct.Imaging.Netpbm;

/// <summary>Writes raw samples: P5 or P6, maxval 255.</summary>
internal sealed class NetpbmWriter : ImageWriter
{
    private readonly Stream _stream;
    private readonly PixelFormat _format;
    private readonly int _stride;

    /// <summary>One row as it goes into the file; empty where that is what the caller gives.</summary>
    private readonly byte[] _row;

    private RowCursor _cursor;

    internal NetpbmWriter(Stream stream, int width, int height, PixelFormat format, bool color)
    {
        (_stream, _format) = (stream, format);
        _stride = ImageSize.Stride(width, height, format);
        _cursor = new RowCursor(_stride, height);
        bool asGiven = format == (color ? PixelFormat.Rgb24 : PixelFormat.Gray8);
        _row = asGiven ? [] : new byte[3 * width];
        stream.Write(Encoding.ASCII.GetBytes($"P{(color ? 6 : 5)}\n{width} {height}\n255\n"));
    }

    public override void WriteRows(ReadOnlySpan<byte> source)
    {
        int rows = _cursor.Take(source.Length, nameof(source));
        if (_row.Length == 0)
        {
            _stream.Write(source);
            return;
        }

        for (int i = 0; i < rows; i++)
        {
            RgbConversion.Convert(source.Slice(i * _stride, _stride), _format, _row);
            _stream.Write(_row);
        }
    }

    public override void Complete()
    {
        _cursor.MustBeComplete();
        _stream.Flush();
    }

    public override void Dispose() => _stream.Dispose();
}
