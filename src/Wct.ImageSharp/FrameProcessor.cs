using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing.Processors;
using Wct.Net;
using Wct.Net.Recipes;

namespace Wct.ImageSharp;

/// <summary>Stylizes all frames of an image of a certain pixel type.</summary>
/// <remarks>If there are several frames, all results are computed before the first one is stored, so that a call that is canceled changes
/// no frame.</remarks>
internal sealed class FrameProcessor<TPixel>(
    StylizeRequest request, Configuration configuration, Image<TPixel> source, Rectangle rectangle) : IImageProcessor<TPixel>
    where TPixel : unmanaged, IPixel<TPixel>
{
    // Measuring a style takes about this share of the work if it has the content's size.
    private const double StyleShare = 0.3;

    private IReadOnlyList<StyleRegion>? _measured;

    /// <inheritdoc/>
    public void Execute()
    {
        FrameType<TPixel>.CheckColors("image", "context");
        Rectangle area = Rectangle.Intersect(rectangle, new Rectangle(0, 0, source.Width, source.Height));
        if (area.Width < 1 || area.Height < 1)
            throw new ArgumentException(
                $"The rectangle {rectangle.Width}x{rectangle.Height} at ({rectangle.X}, {rectangle.Y}) has no pixel of the image, which "
                    + $"has {source.Width}x{source.Height}.",
                nameof(rectangle));
        int count = source.Frames.Count;
        PixelImage[] results = new PixelImage[count];
        for (int i = 0; i < count; i++)
        {
            Frame<TPixel> frame = new(source.Frames[i], area, configuration);
            IProgress<StylizeProgress>? progress = PartOfProgress.Of(request.Progress, (double)i / count, 1.0 / count);
            IReadOnlyList<StyleRegion> regions = Regions(frame, ref progress);
            if (count == 1)
                Stylize(frame, regions, progress);
            else
                results[i] = Result(frame, regions, progress);
        }

        for (int i = 0; i < count && count > 1; i++)
            new FrameWriter<TPixel>(new Frame<TPixel>(source.Frames[i], area, configuration)).WriteRows(results[i].Bytes);
        // Its memory was used through spans.
        GC.KeepAlive(source);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    // The regions with their styles. Measures the style if it is a picture.
    private IReadOnlyList<StyleRegion> Regions(Frame<TPixel> frame, ref IProgress<StylizeProgress>? progress)
    {
        if (request.Regions is { } regions)
            return regions;
        if (_measured is null || request.Recolors)
        {
            PictureColors? colors = request.Recolors ? PictureColors.Of(new FrameReader<TPixel>(frame)) : null;
            PreparedStyle style = request.Transfer.PrepareStyle(
                request.Painting!, mask: null, colors, request.Options, PartOfProgress.Of(progress, 0, StyleShare),
                request.CancellationToken);
            progress = PartOfProgress.Of(progress, StyleShare, 1 - StyleShare);
            _measured = [new StyleRegion(null, style)];
        }

        return _measured;
    }

    // In the frame's own memory if it has a layout of the library, otherwise through rows that are converted.
    private void Stylize(Frame<TPixel> frame, IReadOnlyList<StyleRegion> regions, IProgress<StylizeProgress>? progress)
    {
        (StyleTransfer transfer, StylizeOptions? options, _, CancellationToken token) = request;
        if (!frame.TryGetMemory(out Span<byte> bytes, out int stride))
        {
            transfer.Stylize(new FrameReader<TPixel>(frame), regions, new FrameWriter<TPixel>(frame), options, progress, token);
            return;
        }

        PixelLayout layout = FrameType<TPixel>.Direct!.Value;
        if (layout == PixelLayout.Gray8)
            new FrameWriter<TPixel>(frame).WriteRows(Result(frame, regions, progress).Bytes);
        else
            transfer.Stylize(Content(frame, bytes, stride), regions, bytes, stride, layout, options, progress, token);
    }

    // In memory of its own. The frame is read in place if it has a layout of the library.
    private PixelImage Result(Frame<TPixel> frame, IReadOnlyList<StyleRegion> regions, IProgress<StylizeProgress>? progress)
    {
        (StyleTransfer transfer, StylizeOptions? options, _, CancellationToken token) = request;
        PixelImage result = new(frame.Area.Width, frame.Area.Height, FrameType<TPixel>.Layout);
        if (frame.TryGetMemory(out Span<byte> bytes, out int stride))
            transfer.Stylize(Content(frame, bytes, stride), regions, result.Bytes, result.Stride, result.Layout, options, progress, token);
        else
            transfer.Stylize(new FrameReader<TPixel>(frame), regions, new ImageWriter(result), options, progress, token);
        return result;
    }

    private static Pixels Content(Frame<TPixel> frame, ReadOnlySpan<byte> bytes, int stride) =>
        new(bytes, frame.Area.Width, frame.Area.Height, stride, FrameType<TPixel>.Direct!.Value);
}
