using System.Buffers;
using Wct.Kernels;
using Wct.Net.Colors;
using Wct.Net.Pipeline;
using Wct.Net.Pipeline.Tiling;
using Wct.Net.Transforms;
using Wct.Net.Transparency;

namespace Wct.Net;

// Color preservation and photo mode.
public sealed partial class StyleTransfer
{
    // The colors of the content, if the settings ask for a recolored style.
    private static StylePreparation Preparation(RunSettings settings, Pixels content) =>
        settings.Recolors ? new StylePreparation(Mask: null, PictureColors.Of(content)) : default;

    // Memory for finishing a result.
    private long FinishBytes(RunSettings settings, int width, int height) =>
        Finish.Of(_backend, settings, width, height)?.Bytes(Environment.ProcessorCount) ?? 0;

    // Keeps the content's colors for the end.
    private void Remember(Finish finish, ILevelPicture picture, int width, int height)
    {
        foreach ((int first, int count) in RowBands.Of(height, SideGrain))
        {
            using Tensor rows = picture.Rows(first, count);
            Remember(finish, rows, first, count, width);
        }
    }

    private void Remember(Finish finish, Tensor rows, int first, int count, int width)
    {
        int length = checked(count * finish.Content.Stride);
        byte[] bytes = ArrayPool<byte>.Shared.Rent(length);
        _backend.StorePixels(rows, bytes.AsSpan(0, length), width, count, finish.Content.Stride, PixelLayout.Rgb24);
        finish.Content.Put(first, bytes.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(bytes);
    }

    // Gives a style's pixels the colors of a content. Disposes of the tensor if another one takes its place, and on errors.
    private Tensor Recolored(Tensor image, int width, int height, Visibility? visibility, PictureColors content, RunSettings settings)
    {
        try
        {
            return Recolor(image, width, height, visibility, content, settings);
        }
        catch
        {
            image.Dispose();
            throw;
        }
    }

    private Tensor Recolor(Tensor image, int width, int height, Visibility? visibility, PictureColors content, RunSettings settings)
    {
        const PixelLayout Layout = PixelLayout.Rgb24;
        int stride = checked(width * Layout.BytesPerPixel());
        ColorStatistics statistics = new();
        byte[] bytes;
        foreach ((int first, int count) in RowBands.Of(height, SideGrain))
        {
            bytes = new byte[checked(count * stride)];
            using Tensor rows = TensorRows.Of(_backend, image, first, count);
            _backend.StorePixels(rows, bytes, width, count, stride, Layout);
            statistics.Add(bytes, width, first, count, visibility);
        }

        using Recoloring recoloring = new(_backend, statistics, content.Statistics, settings.PreserveColor);
        if (recoloring.Map is { } map)
        {
            Tensor recolored = _backend.Allocate(image.Shape);
            _backend.Convolve(image, map, Activation.Clamp, recolored);
            image.Dispose();
            return recolored;
        }

        bytes = new byte[checked(height * stride)];
        _backend.StorePixels(image, bytes, width, height, stride, Layout);
        recoloring.Apply(bytes);
        _backend.LoadPixels(bytes, width, height, stride, Layout, image);
        return image;
    }

    private void Recolor(KeptPicture picture, int width, int height, Visibility? visibility, PictureColors content, RunSettings settings)
    {
        const PixelLayout Layout = PixelLayout.Rgb24;
        int stride = checked(width * Layout.BytesPerPixel());
        ColorStatistics statistics = new();
        foreach ((int first, int count) in RowBands.Of(height, SideGrain))
        {
            byte[] bytes = new byte[checked(count * stride)];
            Store(picture, first, count, width, bytes, stride, Layout);
            statistics.Add(bytes, width, first, count, visibility);
        }

        using Recoloring recoloring = new(_backend, statistics, content.Statistics, settings.PreserveColor);
        if (recoloring.Map is { } map)
        {
            Recolor(picture, map);
            return;
        }

        foreach ((int first, int count) in RowBands.Of(height, SideGrain))
        {
            byte[] bytes = new byte[checked(count * stride)];
            Store(picture, first, count, width, bytes, stride, Layout);
            recoloring.Apply(bytes);
            KeepBand(picture, bytes, stride, first, count, width, height, Layout);
        }
    }

    // Old and new rows are in memory together, so there are half as many as in other bands.
    private void Recolor(KeptPicture picture, Convolution map)
    {
        const int Rows = 32;
        TensorShape shape = picture.Shape;
        for (int first = 0; first < shape.Height; first += Rows)
        {
            Area area = new(new Interval(first, Math.Min(first + Rows, shape.Height)), new Interval(0, shape.Width));
            using Tensor rows = _backend.Allocate(area.Shape(shape.Channels)), recolored = _backend.Allocate(rows.Shape);
            picture.Read(area, rows);
            _backend.Convolve(rows, map, Activation.Clamp, recolored);
            picture.Write(recolored, area, area);
        }
    }
}
