using System.Text;

namespace Wct.Imaging.Netpbm;

/// <summary>Writes raw samples with maxval 255: P5 for Gray8, P6 for Rgb24.</summary>
internal sealed class NetpbmWriter : ImageWriter
{
    private readonly Stream _stream;
    private RowCursor _cursor;

    internal NetpbmWriter(Stream stream, int width, int height, PixelLayout layout)
    {
        _stream = stream;
        _cursor = new RowCursor(ImageSize.Stride(width, height, layout), height);
        stream.Write(Encoding.ASCII.GetBytes($"P{(layout == PixelLayout.Gray8 ? 5 : 6)}\n{width} {height}\n255\n"));
    }

    public override void WriteRows(ReadOnlySpan<byte> source)
    {
        _cursor.Take(source.Length, nameof(source));
        _stream.Write(source);
    }

    public override void Complete()
    {
        _cursor.MustBeComplete();
        _stream.Flush();
    }

    public override void Dispose() => _stream.Dispose();
}
