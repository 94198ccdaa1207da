using SkiaSharp;
using Wct.Net;

namespace Wct.SkiaSharp;

/// <summary>Measures styles of SkiaSharp's bitmaps and images.</summary>
public static class StyleTransferExtensions
{
    /// <summary>Measures a style.</summary>
    /// <param name="transfer">The transfer that computes.</param>
    /// <param name="style">The painting.</param>
    /// <param name="options">The levels to measure, the memory budget, and the transforms to prepare for; null for the defaults.</param>
    /// <param name="progress">Receives reports on the calling thread; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentNullException"><paramref name="transfer"/> or <paramref name="style"/> is null.</exception>
    /// <exception cref="ArgumentException">The bitmap has no pixels or no colors (alpha only), or Skia can't convert its color type, or an
    /// option is out of range.</exception>
    /// <exception cref="ObjectDisposedException">The transfer or the style was disposed of.</exception>
    /// <exception cref="OperationCanceledException">Canceled.</exception>
    /// <remarks>Also throws what the method of <see cref="StyleTransfer"/> throws for such pictures and options.</remarks>
    public static PreparedStyle PrepareStyle(
        this StyleTransfer transfer, SKBitmap style, StylizeOptions? options = null, IProgress<StylizeProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        transfer.PrepareStyle(style, mask: null, contentColors: null, options, progress, cancellationToken);

    /// <summary>Measures a part of a style, or a style for a content whose colors are kept.</summary>
    /// <param name="transfer">The transfer that computes.</param>
    /// <param name="style">The painting.</param>
    /// <param name="mask">The share of each pixel in the style's statistics; has the style's size. Null if all pixels count.</param>
    /// <param name="contentColors">The colors of the content to which the style will be applied. Needed if the options preserve these by
    /// changing the style's pixels, otherwise ignored. <see cref="PictureColors.Of(Pixels)"/> measures them in what
    /// <see cref="BitmapExtensions.ToPixelImage"/> returns.</param>
    /// <param name="options">The levels to measure, the memory budget, and the transforms to prepare for; null for the defaults.</param>
    /// <param name="progress">Receives reports on the calling thread; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentNullException"><paramref name="transfer"/> or <paramref name="style"/> is null.</exception>
    /// <exception cref="ArgumentException">The bitmap has no pixels or no colors (alpha only), or Skia can't convert its color type, or an
    /// option is out of range, the mask has another size than the bitmap, or the colors are missing although the options need
    /// them.</exception>
    /// <exception cref="ObjectDisposedException">The transfer or the style was disposed of.</exception>
    /// <exception cref="OperationCanceledException">Canceled.</exception>
    /// <remarks>Also throws what the method of <see cref="StyleTransfer"/> throws for such pictures and options.</remarks>
    public static PreparedStyle PrepareStyle(
        this StyleTransfer transfer, SKBitmap style, StyleMask? mask, PictureColors? contentColors = null, StylizeOptions? options = null,
        IProgress<StylizeProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transfer);
        ArgumentNullException.ThrowIfNull(style);
        using SkiaPicture painting = SkiaPicture.Of(style, nameof(style));
        return transfer.PrepareStyle(painting.Pixels, mask, contentColors, options, progress, cancellationToken);
    }

    /// <summary>Measures a style.</summary>
    /// <param name="transfer">The transfer that computes.</param>
    /// <param name="style">The painting.</param>
    /// <param name="options">The levels to measure, the memory budget, and the transforms to prepare for; null for the defaults.</param>
    /// <param name="progress">Receives reports on the calling thread; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentNullException"><paramref name="transfer"/> or <paramref name="style"/> is null.</exception>
    /// <exception cref="ArgumentException">The image has no colors (alpha only) or can't be decoded, or Skia can't convert its color type,
    /// or an option is out of range.</exception>
    /// <exception cref="ObjectDisposedException">The transfer or the style was disposed of.</exception>
    /// <exception cref="OperationCanceledException">Canceled.</exception>
    /// <remarks>Also throws what the method of <see cref="StyleTransfer"/> throws for such pictures and options.</remarks>
    public static PreparedStyle PrepareStyle(
        this StyleTransfer transfer, SKImage style, StylizeOptions? options = null, IProgress<StylizeProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        transfer.PrepareStyle(style, mask: null, contentColors: null, options, progress, cancellationToken);

    /// <summary>Measures a part of a style, or a style for a content whose colors are kept.</summary>
    /// <param name="transfer">The transfer that computes.</param>
    /// <param name="style">The painting.</param>
    /// <param name="mask">The share of each pixel in the style's statistics; has the style's size. Null if all pixels count.</param>
    /// <param name="contentColors">The colors of the content to which the style will be applied. Needed if the options preserve these by
    /// changing the style's pixels, otherwise ignored. <see cref="PictureColors.Of(Pixels)"/> measures them in what
    /// <see cref="ImageExtensions.ToPixelImage"/> returns.</param>
    /// <param name="options">The levels to measure, the memory budget, and the transforms to prepare for; null for the defaults.</param>
    /// <param name="progress">Receives reports on the calling thread; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentNullException"><paramref name="transfer"/> or <paramref name="style"/> is null.</exception>
    /// <exception cref="ArgumentException">The image has no colors (alpha only) or can't be decoded, or Skia can't convert its color type,
    /// or an option is out of range, the mask has another size than the image, or the colors are missing although the options need
    /// them.</exception>
    /// <exception cref="ObjectDisposedException">The transfer or the style was disposed of.</exception>
    /// <exception cref="OperationCanceledException">Canceled.</exception>
    /// <remarks>Also throws what the method of <see cref="StyleTransfer"/> throws for such pictures and options.</remarks>
    public static PreparedStyle PrepareStyle(
        this StyleTransfer transfer, SKImage style, StyleMask? mask, PictureColors? contentColors = null, StylizeOptions? options = null,
        IProgress<StylizeProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transfer);
        ArgumentNullException.ThrowIfNull(style);
        using SkiaPicture painting = SkiaPicture.Of(style, nameof(style));
        return transfer.PrepareStyle(painting.Pixels, mask, contentColors, options, progress, cancellationToken);
    }
}
