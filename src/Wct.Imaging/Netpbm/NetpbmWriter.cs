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
            ReadOnlySpan<byte> pixels = source.Slice(i * _stride, _stride);
            if (_format == PixelFormat.Gray8)
                Repeat(pixels);
            else
                LayOverWhite(pixels);
            _stream.Write(_row);
        }
    }

    public override void Complete()
    {
        _cursor.MustBeComplete();
        _stream.Flush();
    }

    public override void Dispose() => _stream.Dispose();

    private void Repeat(ReadOnlySpan<byte> grays)
    {
        for (int i = 0; i < grays.Length; i++)
            _row.AsSpan(3 * i, 3).Fill(grays[i]);
    }

    /// <summary>Per component c with alpha a: the nearest to (a c + (255 - a) 255) / 255.</summary>
    private void LayOverWhite(ReadOnlySpan<byte> colors)
    {
        for (int i = 0; i < _row.Length / 3; i++)
        {
            int alpha = colors[4 * i + 3], white = (255 - alpha) * 255 + 127;
            for (int c = 0; c < 3; c++)
                _row[3 * i + c] = (byte)((alpha * colors[4 * i + c] + white) / 255);
        }
    }
}
