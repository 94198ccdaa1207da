using Wct.Kernels;
using Wct.Net.Pipeline.Tiling;
using Wct.Net.Transparency;

namespace Wct.Net;

// Methods for pictures that are too large to be computed whole. Between the levels they are kept packed, and they are loaded and stored in
// bands of rows.
public sealed partial class StyleTransfer
{
    private KeptPicture Keep<TSource>(TSource source, int margin, Visibility? visibility)
        where TSource : IPictureSource, allows ref struct
    {
        KeptPicture picture = new ShiftedPicture(_backend, Extended(source.Width, source.Height), margin);
        try
        {
            byte[] scratch = [];
            foreach ((int first, int count) in RowBands.Of(source.Height, SideGrain))
            {
                Area area = Band(picture, first, count, source.Height);
                using Tensor rows = _backend.Allocate(area.Shape(picture.Shape.Channels));
                source.Load(first, count, rows, ref scratch);
                picture.Write(rows, area, area);
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

    // Reads the whole picture, and adds its alpha to the list unless that is null. Visibility is null if all pixels are visible.
    private KeptPicture Keep(
        IPixelReader reader, int margin, List<byte[]>? alpha, out Visibility? visibility, CancellationToken cancellationToken) =>
        Keep(reader, new ShiftedPicture(_backend, Extended(reader.Width, reader.Height), margin), alpha, out visibility, cancellationToken);

    private KeptPicture Keep(
        IPixelReader reader, KeptPicture picture, List<byte[]>? alpha, out Visibility? visibility, CancellationToken cancellationToken)
    {
        Visibility seen = new(reader.Width, reader.Height);
        try
        {
            int stride = checked(reader.Width * reader.Layout.BytesPerPixel());
            byte[] band = [];
            foreach ((int first, int count) in RowBands.Of(reader.Height, SideGrain))
            {
                cancellationToken.ThrowIfCancellationRequested();
                int length = checked(count * stride);
                if (band.Length < length)
                    band = new byte[length];
                Span<byte> rows = band.AsSpan(0, length);
                reader.ReadRows(rows);
                if (reader.Layout.HasAlpha())
                {
                    seen.Add(first, count, rows, stride);
                    alpha?.Add(Alpha.Of(rows));
                }

                if (reader.Layout.IsPremultiplied())
                    Premultiplied.Divide(rows);
                KeepBand(picture, rows, stride, first, count, reader.Width, reader.Height, reader.Layout);
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

    // Gives hidden pixels colors of their surroundings. The colors are read back from the kept picture, which returns bytes exactly.
    private void FillHidden(KeptPicture picture, Visibility visibility)
    {
        const PixelLayout Layout = PixelLayout.Rgba32;
        int width = visibility.Width, height = visibility.Height, stride = checked(width * Layout.BytesPerPixel());
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
            KeepBand(picture, band, stride, first, count, width, height, Layout);
        }

        void Read(int first, int count)
        {
            if (band.Length < checked(count * stride))
                band = new byte[count * stride];
            Store(picture, first, count, width, band, stride, Layout);
        }
    }

    private void KeepBand(
        KeptPicture picture, ReadOnlySpan<byte> rows, int stride, int first, int count, int width, int height, PixelLayout layout)
    {
        Area area = Band(picture, first, count, height);
        using Tensor image = _backend.Allocate(area.Shape(picture.Shape.Channels));
        _backend.LoadPixels(rows, width, count, stride, layout, image);
        picture.Write(image, area, area);
    }

    // The last band includes the rows that extend the picture at the bottom.
    private static Area Band(KeptPicture picture, int first, int count, int height) => new(
        new Interval(first, first + count == height ? picture.Shape.Height : first + count), new Interval(0, picture.Shape.Width));

    private void Store(KeptPicture picture, int first, int count, int width, Span<byte> rows, int stride, PixelLayout layout)
    {
        using Tensor image = picture.Rows(_backend, first, count);
        _backend.StorePixels(image, rows, width, count, stride, layout);
    }
}
