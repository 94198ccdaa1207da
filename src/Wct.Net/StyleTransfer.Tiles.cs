using Wct.Kernels;
using Wct.Net.Pipeline.Tiling;
using Wct.Net.Transparency;

namespace Wct.Net;

// Pictures that don't fit whole: between the levels they are kept packed, and loaded and stored by bands of rows.
public sealed partial class StyleTransfer
{
    private KeptPicture Keep(Pixels pixels, int margin, Visibility? visibility)
    {
        KeptPicture picture = new(_backend, Extended(pixels), margin);
        try
        {
            byte[] copy = [];
            foreach ((int first, int count) in RowBands.Of(pixels.Height, SideGrain))
            {
                int stride = pixels.Stride;
                ReadOnlySpan<byte> rows = StraightPixels.Rows(
                    pixels.Bytes[checked(first * stride)..], pixels.Width, count, pixels.Format, ref stride, ref copy);
                KeepBand(picture, rows, stride, first, count, pixels.Width, pixels.Height, pixels.Format);
            }

            if (visibility is not null)
                FillHidden(picture, visibility);
            return picture;
        }
        catch
        {
            picture.Dispose();
            throw;
        }
    }

    // Reads the picture to its end; alpha goes where it is wanted. Visibility is null where all of the picture is visible.
    private KeptPicture Keep(IPixelReader reader, int margin, List<byte[]>? alpha, out Visibility? visibility, CancellationToken cancellation)
    {
        Visibility seen = new(reader.Width, reader.Height);
        KeptPicture picture = new(_backend, Extended(reader.Width, reader.Height), margin);
        try
        {
            int stride = checked(reader.Width * reader.Format.BytesPerPixel());
            byte[] band = [];
            foreach ((int first, int count) in RowBands.Of(reader.Height, SideGrain))
            {
                cancellation.ThrowIfCancellationRequested();
                int length = checked(count * stride);
                if (band.Length < length)
                    band = new byte[length];
                Span<byte> rows = band.AsSpan(0, length);
                reader.ReadRows(rows);
                if (reader.Format.HasAlpha())
                {
                    seen.Add(first, count, rows, stride);
                    alpha?.Add(Alpha.Of(rows));
                }

                if (reader.Format.IsPremultiplied())
                    Premultiplied.Divide(rows);
                KeepBand(picture, rows, stride, first, count, reader.Width, reader.Height, reader.Format);
            }

            visibility = seen.HasHidden ? seen : null;
            if (visibility is not null)
                FillHidden(picture, visibility);
            return picture;
        }
        catch
        {
            picture.Dispose();
            throw;
        }
    }

    // Hidden pixels get colors of their surroundings. The kept picture is read back: what it holds of a byte is that byte again.
    private void FillHidden(KeptPicture picture, Visibility visibility)
    {
        const PixelFormat Format = PixelFormat.Rgba32;
        int width = visibility.Width, height = visibility.Height, stride = checked(width * Format.BytesPerPixel());
        HiddenColors colors = new(visibility);
        byte[] band = [];
        foreach ((int first, int count) in RowBands.Of(height, SideGrain))
        {
            Read(first, count);
            colors.Add(first, count, band);
        }

        colors.Complete();
        foreach ((int first, int count) in RowBands.Of(height, SideGrain).Where(rows => visibility.AnyHidden(rows.First, rows.Count)))
        {
            Read(first, count);
            colors.Fill(first, count, band);
            KeepBand(picture, band, stride, first, count, width, height, Format);
        }

        void Read(int first, int count)
        {
            if (band.Length < checked(count * stride))
                band = new byte[count * stride];
            Store(picture, first, count, width, band, stride, Format);
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
