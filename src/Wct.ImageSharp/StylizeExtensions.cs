using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Processing;
using Wct.Net;

namespace Wct.ImageSharp;

/// <summary>Style transfer as an operation of ImageSharp's <c>Mutate</c> and <c>Clone</c>.</summary>
/// <remarks>
/// All frames are stylized. If the call is canceled, or its arguments are wrong, the image is unchanged. Images in Rgb24, Rgba32, Bgr24,
/// Bgra32 and L8 are read in place if their memory is in one piece (see <see cref="Configuration.PreferContiguousImageBuffers"/>). All
/// others are converted row by row to 8 bits per component. An image with one frame in one of these pixel types but L8 is also written in
/// place. If there are several frames, the results of all frames are in memory until the last one is done, beside the memory budget. Alpha
/// is kept exactly. Pixels are treated as sRGB: the ICC profile in the image's metadata is kept, but colors aren't converted.
/// </remarks>
public static class StylizeExtensions
{
    /// <summary>Stylizes an image with a style that was measured before.</summary>
    /// <param name="context">The context that <c>Mutate</c> or <c>Clone</c> gives.</param>
    /// <param name="transfer">The transfer that computes.</param>
    /// <param name="style">A style that a model with the same encoders measured.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <param name="rectangle">The part of the image to stylize, as a picture of its own; null for the whole image.</param>
    /// <param name="progress">Receives reports on the calling thread; null for none.</param>
    /// <param name="cancellationToken">Cancels the call; the image is then unchanged.</param>
    /// <returns>The context, for further operations.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="context"/>, <paramref name="transfer"/> or <paramref name="style"/> is
    /// null.</exception>
    /// <exception cref="ArgumentException">The pixel type has only alpha, the rectangle has no pixel of the image, or an option is out of
    /// range or doesn't fit the style.</exception>
    /// <exception cref="ModelMismatchException">Other encoders measured the style.</exception>
    /// <exception cref="ObjectDisposedException">The transfer was disposed of.</exception>
    /// <exception cref="OperationCanceledException">Canceled; the image is unchanged.</exception>
    /// <remarks>Also throws what the method of <see cref="StyleTransfer"/> throws for such pictures and options.</remarks>
    public static IImageProcessingContext Stylize(
        this IImageProcessingContext context, StyleTransfer transfer, PreparedStyle style, StylizeOptions? options = null,
        Rectangle? rectangle = null, IProgress<StylizeProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(transfer);
        ArgumentNullException.ThrowIfNull(style);
        StylizeRequest request = new(transfer, options, progress, cancellationToken) { Regions = [new StyleRegion(null, style)] };
        return Apply(context, request, rectangle);
    }

    /// <summary>Stylizes an image with the style of another image.</summary>
    /// <param name="context">The context that <c>Mutate</c> or <c>Clone</c> gives.</param>
    /// <param name="transfer">The transfer that computes.</param>
    /// <param name="style">The painting; its first frame is used.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <param name="rectangle">The part of the image to stylize, as a picture of its own; null for the whole image.</param>
    /// <param name="progress">Receives reports on the calling thread; null for none.</param>
    /// <param name="cancellationToken">Cancels the call; the image is then unchanged.</param>
    /// <returns>The context, for further operations.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="context"/>, <paramref name="transfer"/> or <paramref name="style"/> is
    /// null.</exception>
    /// <exception cref="ArgumentException">The pixel type has only alpha, the rectangle has no pixel of the image, or an option is out of
    /// range.</exception>
    /// <exception cref="ObjectDisposedException">The transfer was disposed of.</exception>
    /// <exception cref="OperationCanceledException">Canceled; the image is unchanged.</exception>
    /// <remarks>Also throws what the method of <see cref="StyleTransfer"/> throws for such pictures and options.</remarks>
    public static IImageProcessingContext Stylize(
        this IImageProcessingContext context, StyleTransfer transfer, Image style, StylizeOptions? options = null,
        Rectangle? rectangle = null, IProgress<StylizeProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(transfer);
        ArgumentNullException.ThrowIfNull(style);
        StylizeRequest request = new(transfer, options, progress, cancellationToken) { Painting = style };
        return Apply(context, request, rectangle);
    }

    /// <summary>Stylizes the regions of an image with a style each.</summary>
    /// <param name="context">The context that <c>Mutate</c> or <c>Clone</c> gives.</param>
    /// <param name="transfer">The transfer that computes.</param>
    /// <param name="regions">At least one region. A mask has the size of the image or of the rectangle. Where no mask has a share, the
    /// picture stays content.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <param name="rectangle">The part of the image to stylize, as a picture of its own; null for the whole image.</param>
    /// <param name="progress">Receives reports on the calling thread; null for none.</param>
    /// <param name="cancellationToken">Cancels the call; the image is then unchanged.</param>
    /// <returns>The context, for further operations.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="context"/>, <paramref name="transfer"/> or <paramref name="regions"/> is
    /// null.</exception>
    /// <exception cref="ArgumentException">The pixel type has only alpha, the rectangle has no pixel of the image, or there are no regions,
    /// one is null, a mask has another size than what is stylized, or an option is out of range or doesn't fit a style.</exception>
    /// <exception cref="ModelMismatchException">Other encoders measured a style.</exception>
    /// <exception cref="ObjectDisposedException">The transfer was disposed of.</exception>
    /// <exception cref="OperationCanceledException">Canceled; the image is unchanged.</exception>
    /// <remarks>Also throws what the method of <see cref="StyleTransfer"/> throws for such pictures and options.</remarks>
    public static IImageProcessingContext Stylize(
        this IImageProcessingContext context, StyleTransfer transfer, IReadOnlyList<StyleRegion> regions, StylizeOptions? options = null,
        Rectangle? rectangle = null, IProgress<StylizeProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(transfer);
        ArgumentNullException.ThrowIfNull(regions);
        StylizeRequest request = new(transfer, options, progress, cancellationToken) { Regions = [.. regions] };
        return Apply(context, request, rectangle);
    }

    private static IImageProcessingContext Apply(IImageProcessingContext context, StylizeRequest request, Rectangle? rectangle) =>
        rectangle is { } part
            ? context.ApplyProcessor(new StylizeProcessor(request), part)
            : context.ApplyProcessor(new StylizeProcessor(request));
}
