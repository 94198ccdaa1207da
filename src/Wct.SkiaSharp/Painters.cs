using Wct.Net;

namespace Wct.SkiaSharp;

/// <summary>Makes painters of styles.</summary>
internal static class Painters
{
    internal static Painter Of(
        StyleTransfer transfer, PreparedStyle style, StylizeOptions? options, IProgress<StylizeProgress>? progress,
        CancellationToken cancellationToken) =>
        (content, destination, stride, layout) =>
            transfer.Stylize(content, style, destination, stride, layout, options, progress, cancellationToken);

    internal static Painter Of(
        StyleTransfer transfer, IReadOnlyList<StyleRegion> regions, StylizeOptions? options, IProgress<StylizeProgress>? progress,
        CancellationToken cancellationToken) =>
        (content, destination, stride, layout) =>
            transfer.Stylize(content, regions, destination, stride, layout, options, progress, cancellationToken);

    internal static Painter Of(
        StyleTransfer transfer, SkiaPicture style, StylizeOptions? options, IProgress<StylizeProgress>? progress,
        CancellationToken cancellationToken) =>
        (content, destination, stride, layout) =>
            transfer.Stylize(content, style.Pixels, destination, stride, layout, options, progress, cancellationToken);
}
