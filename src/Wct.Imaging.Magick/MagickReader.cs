using ImageMagick;

namespace Wct.Imaging.Magick;

/// <summary>Gives the rows of a decoded picture.</summary>
internal sealed class MagickReader : ImageReader
{
    private const int BandPixels = 1 << 18;

    private readonly Stream _stream;
    private readonly string _source;
    private readonly MagickImage _image;
    private readonly IUnsafePixelCollection<byte> _pixels;
    private readonly int _stride;
    private RowCursor _cursor;

    internal MagickReader(Stream stream, string source, DecodedImage decoded, IReadOnlyList<string> warnings)
    {
        (_stream, _source, _image) = (stream, source, decoded.Image);
        (Metadata, Orientation, Warnings) = (decoded.Metadata, decoded.Orientation, warnings);
        (Width, Height) = ((int)_image.Width, (int)_image.Height);
        Layout = _image.HasAlpha ? PixelLayout.Rgba32 : decoded.IsGray ? PixelLayout.Gray8 : PixelLayout.Rgb24;
        _pixels = _image.GetPixelsUnsafe();
        _stride = Width * Layout.BytesPerPixel();
        _cursor = new RowCursor(_stride, Height);
    }

    public override int Width { get; }

    public override int Height { get; }

    public override PixelLayout Layout { get; }

    public override int Orientation { get; }

    public override ImageMetadata Metadata { get; }

    public override IReadOnlyList<string> Warnings { get; }

    public override void ReadRows(Span<byte> destination)
    {
        int first = _cursor.Next, rows = _cursor.Take(destination.Length, nameof(destination));
        string mapping = PixelMappings.FromMagick(Layout);
        int band = Math.Max(1, BandPixels / Width);
        for (int done = 0; done < rows; done += band)
        {
            int count = Math.Min(band, rows - done);
            byte[]? bytes = _pixels.ToByteArray(0, first + done, (uint)Width, (uint)count, mapping);
            if (bytes is null || bytes.Length != count * _stride)
            {
                throw new ImageFormatException(
                    _source, $"rows {first + done} to {first + done + count - 1} of {Height} take {count * _stride} bytes, "
                        + $"{bytes?.Length ?? 0} were decoded");
            }


            bytes.CopyTo(destination[(done * _stride)..]);
        }
    }

    public override void Dispose()
    {
        _pixels.Dispose();
        _image.Dispose();
        _stream.Dispose();
    }
}
