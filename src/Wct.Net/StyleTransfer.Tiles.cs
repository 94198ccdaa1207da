using Wct.Kernels;
using Wct.Net.Pipeline.Tiling;

namespace Wct.Net;

// Pictures that don't fit whole: between the levels they are kept packed, and loaded and stored by bands of rows.
public sealed partial class StyleTransfer
{
    private KeptPicture Keep(Pixels pixels, int margin)
    {
        KeptPicture picture = new(_backend, Extended(pixels), margin);
        try
        {
            foreach ((int first, int count) in RowBands.Of(pixels.Height, SideGrain))
                KeepBand(picture, pixels.Bytes[checked(first * pixels.Stride)..], pixels.Stride, first, count, pixels.Width, pixels.Height, pixels.Format);
            return picture;
        }
        catch
        {
            picture.Dispose();
            throw;
        }
    }

    // Reads the picture to its end; alpha goes where it is wanted.
    private KeptPicture Keep(IPixelReader reader, int margin, List<byte[]>? alpha, CancellationToken cancellation)
    {
        KeptPicture picture = new(_backend, Extended(reader.Width, reader.Height), margin);
        try
        {
            int stride = checked(reader.Width * reader.Format.BytesPerPixel());
            byte[] band = [];
            foreach ((int first, int count) in RowBands.Of(reader.Height, SideGrain))
            {
                cancellation.ThrowIfCancellationRequested();
                if (band.Length < count * stride)
                    band = new byte[count * stride];
                Span<byte> rows = band.AsSpan(0, count * stride);
                reader.ReadRows(rows);
                KeepBand(picture, rows, stride, first, count, reader.Width, reader.Height, reader.Format);
                if (reader.Format.HasAlpha())
                    alpha?.Add(Alpha.Of(rows));
            }

            return picture;
        }
        catch
        {
            picture.Dispose();
            throw;
        }
    }

    private void KeepBand(KeptPicture picture, ReadOnlySpan<byte> rows, int stride, int first, int count, int width, int height, PixelFormat format)
    {
        // The last band brings the rows below the picture.
        Area area = new(
            new Stretch(first, first + count == height ? picture.Shape.Height : first + count), new Stretch(0, picture.Shape.Width));
        using Tensor image = _backend.Allocate(area.Shape(picture.Shape.Channels));
        _backend.LoadPixels(rows, width, count, stride, format.Layout(), image);
        picture.Write(image, area, area);
    }

    private void Store(KeptPicture picture, int first, int count, int width, Span<byte> rows, int stride, PixelFormat format)
    {
        Area area = new(new Stretch(first, first + count), new Stretch(0, picture.Shape.Width));
        using Tensor image = _backend.Allocate(area.Shape(picture.Shape.Channels));
        picture.Read(area, image);
        _backend.StorePixels(image, rows, width, count, stride, format.Layout());
    }
}
