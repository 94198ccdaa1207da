using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Advanced;
using SixLabors.ImageSharp.PixelFormats;
using Wct.Net;

namespace Wct.ImageSharp;

/// <summary>Measures styles of ImageSharp's images.</summary>
public static class StyleTransferExtensions
{
    /// <summary>Measures a style.</summary>
    /// <param name="transfer">The transfer that computes.</param>
    /// <param name="style">The painting; its first frame is used.</param>
    /// <param name="options">The levels to measure, the memory budget, and the transforms to prepare for; null for the defaults.</param>
    /// <param name="progress">Receives reports on the calling thread; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentNullException"><paramref name="transfer"/> or <paramref name="style"/> is null.</exception>
    /// <exception cref="ArgumentException">The pixel type has only alpha, or an option is out of range.</exception>
    /// <exception cref="ObjectDisposedException">The transfer was disposed of.</exception>
    /// <exception cref="OperationCanceledException">Canceled.</exception>
    /// <remarks>Also throws what the method of <see cref="StyleTransfer"/> throws for such pictures and options.</remarks>
    public static PreparedStyle PrepareStyle(
        this StyleTransfer transfer, Image style, StylizeOptions? options = null, IProgress<StylizeProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        transfer.PrepareStyle(style, mask: null, contentColors: null, options, progress, cancellationToken);

    /// <summary>Measures a part of a style, or a style for a content whose colors are kept.</summary>
    /// <param name="transfer">The transfer that computes.</param>
    /// <param name="style">The painting; its first frame is used.</param>
    /// <param name="mask">The share of each pixel in the style's statistics; has the style's size. Null if all pixels count.</param>
    /// <param name="contentColors">The colors of the content to which the style will be applied. Needed if the options preserve these by
    /// changing the style's pixels, otherwise ignored. <see cref="PictureColors.Of(Pixels)"/> measures them in what
    /// <see cref="ImageConversions.ToPixelImage"/> returns.</param>
    /// <param name="options">The levels to measure, the memory budget, and the transforms to prepare for; null for the defaults.</param>
    /// <param name="progress">Receives reports on the calling thread; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentNullException"><paramref name="transfer"/> or <paramref name="style"/> is null.</exception>
    /// <exception cref="ArgumentException">The pixel type has only alpha, an option is out of range, the mask has another size than the
    /// style, or the colors are missing although the options need them.</exception>
    /// <exception cref="ObjectDisposedException">The transfer was disposed of.</exception>
    /// <exception cref="OperationCanceledException">Canceled.</exception>
    /// <remarks>Also throws what the method of <see cref="StyleTransfer"/> throws for such pictures and options.</remarks>
    public static PreparedStyle PrepareStyle(
        this StyleTransfer transfer, Image style, StyleMask? mask, PictureColors? contentColors = null, StylizeOptions? options = null,
        IProgress<StylizeProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transfer);
        ArgumentNullException.ThrowIfNull(style);
        Measurement measurement = new(transfer, new(mask, contentColors, options, progress, cancellationToken));
        style.AcceptVisitor(measurement);
        return measurement.Style!;
    }

    private sealed record Arguments(
        StyleMask? Mask, PictureColors? ContentColors, StylizeOptions? Options, IProgress<StylizeProgress>? Progress,
        CancellationToken CancellationToken);

    // An image's pixel type is known only inside a visitor.
    private sealed class Measurement(StyleTransfer transfer, Arguments arguments) : IImageVisitor
    {
        internal PreparedStyle? Style { get; private set; }

        public void Visit<TPixel>(Image<TPixel> image)
            where TPixel : unmanaged, IPixel<TPixel>
        {
            FrameType<TPixel>.CheckColors("style", "style");
            Frame<TPixel> frame = Frame<TPixel>.Of(image);
            (StyleMask? mask, PictureColors? colors, StylizeOptions? options, IProgress<StylizeProgress>? progress,
                CancellationToken token) = arguments;
            Style = frame.TryGetMemory(out Span<byte> bytes, out int stride)
                ? transfer.PrepareStyle(
                    new Pixels(bytes, image.Width, image.Height, stride, FrameType<TPixel>.Direct!.Value), mask, colors, options, progress,
                    token)
                : transfer.PrepareStyle(new FrameReader<TPixel>(frame), mask, colors, options, progress, token);
            // Its memory was used through spans.
            GC.KeepAlive(image);
        }
    }
}
