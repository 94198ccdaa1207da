using SkiaSharp;
using Wct.Net;

namespace Wct.SkiaSharp;

/// <summary>Style transfer on SkiaSharp's bitmaps.</summary>
/// <remarks>
/// The color types <see cref="SKColorType.Bgra8888"/>, <see cref="SKColorType.Rgba8888"/>, <see cref="SKColorType.Rgb888x"/> and
/// <see cref="SKColorType.Gray8"/> in sRGB, or without a color space, are read in place, premultiplied or not. If they are opaque, this
/// needs 255 in each fourth byte. Skia converts all others to 8 bits per component in sRGB, and converts the results back: colors are
/// rounded to 8 bits, and those outside 0..1 are clipped. Alpha is kept exactly, also with more than 8 bits, if it is in 0..1.
/// </remarks>
public static class BitmapExtensions
{
    /// <summary>Stylizes a bitmap with a style that was measured before.</summary>
    /// <param name="bitmap">The photo. Its memory must not change during the call.</param>
    /// <param name="transfer">The transfer that computes.</param>
    /// <param name="style">A style that a model with the same encoders measured.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <param name="progress">Receives reports on the calling thread; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A bitmap with the same size, color type, alpha type, color space and alpha. The caller disposes of it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="bitmap"/>, <paramref name="transfer"/> or <paramref name="style"/> is
    /// null.</exception>
    /// <exception cref="ArgumentException">The bitmap has no pixels or no colors (alpha only), or Skia can't convert its color type, or an
    /// option is out of range or doesn't fit the style.</exception>
    /// <exception cref="ModelMismatchException">Other encoders measured the style.</exception>
    /// <exception cref="InsufficientMemoryException">Skia can't allocate the result.</exception>
    /// <exception cref="ObjectDisposedException">The transfer or a bitmap was disposed of.</exception>
    /// <exception cref="OperationCanceledException">Canceled.</exception>
    /// <remarks>Also throws what the method of <see cref="StyleTransfer"/> throws for such pictures and options.</remarks>
    public static SKBitmap Stylize(
        this SKBitmap bitmap, StyleTransfer transfer, PreparedStyle style, StylizeOptions? options = null,
        IProgress<StylizeProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bitmap);
        ArgumentNullException.ThrowIfNull(transfer);
        ArgumentNullException.ThrowIfNull(style);
        using SkiaPicture content = SkiaPicture.Of(bitmap, nameof(bitmap));
        return content.Paint(Painters.Of(transfer, style, options, progress, cancellationToken));
    }

    /// <summary>Stylizes a bitmap with the style of another bitmap.</summary>
    /// <param name="bitmap">The photo. Its memory must not change during the call.</param>
    /// <param name="transfer">The transfer that computes.</param>
    /// <param name="style">The painting.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <param name="progress">Receives reports on the calling thread; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A bitmap with the same size, color type, alpha type, color space and alpha. The caller disposes of it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="bitmap"/>, <paramref name="transfer"/> or <paramref name="style"/> is
    /// null.</exception>
    /// <exception cref="ArgumentException">One of the bitmaps has no pixels or no colors (alpha only), or Skia can't convert its color
    /// type, or an option is out of range.</exception>
    /// <exception cref="InsufficientMemoryException">Skia can't allocate the result.</exception>
    /// <exception cref="ObjectDisposedException">The transfer or a bitmap was disposed of.</exception>
    /// <exception cref="OperationCanceledException">Canceled.</exception>
    /// <remarks>Also throws what the method of <see cref="StyleTransfer"/> throws for such pictures and options.</remarks>
    public static SKBitmap Stylize(
        this SKBitmap bitmap, StyleTransfer transfer, SKBitmap style, StylizeOptions? options = null,
        IProgress<StylizeProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bitmap);
        ArgumentNullException.ThrowIfNull(transfer);
        ArgumentNullException.ThrowIfNull(style);
        using SkiaPicture content = SkiaPicture.Of(bitmap, nameof(bitmap)), painting = SkiaPicture.Of(style, nameof(style));
        return content.Paint(Painters.Of(transfer, painting, options, progress, cancellationToken));
    }

    /// <summary>Stylizes the regions of a bitmap with a style each.</summary>
    /// <param name="bitmap">The photo. Its memory must not change during the call.</param>
    /// <param name="transfer">The transfer that computes.</param>
    /// <param name="regions">At least one region. Where no mask has a share, the picture stays content.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <param name="progress">Receives reports on the calling thread; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A bitmap with the same size, color type, alpha type, color space and alpha. The caller disposes of it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="bitmap"/>, <paramref name="transfer"/> or <paramref name="regions"/> is
    /// null.</exception>
    /// <exception cref="ArgumentException">The bitmap has no pixels or no colors (alpha only), or Skia can't convert its color type, or
    /// there are no regions, one is null, a mask has another size than the bitmap, or an option is out of range or doesn't fit a
    /// style.</exception>
    /// <exception cref="ModelMismatchException">Other encoders measured a style.</exception>
    /// <exception cref="InsufficientMemoryException">Skia can't allocate the result.</exception>
    /// <exception cref="ObjectDisposedException">The transfer or a bitmap was disposed of.</exception>
    /// <exception cref="OperationCanceledException">Canceled.</exception>
    /// <remarks>Also throws what the method of <see cref="StyleTransfer"/> throws for such pictures and options.</remarks>
    public static SKBitmap Stylize(
        this SKBitmap bitmap, StyleTransfer transfer, IReadOnlyList<StyleRegion> regions, StylizeOptions? options = null,
        IProgress<StylizeProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(bitmap);
        ArgumentNullException.ThrowIfNull(transfer);
        ArgumentNullException.ThrowIfNull(regions);
        using SkiaPicture content = SkiaPicture.Of(bitmap, nameof(bitmap));
        return content.Paint(Painters.Of(transfer, regions, options, progress, cancellationToken));
    }

    /// <summary>Copies a bitmap into memory of the library, for example for asynchronous methods.</summary>
    /// <param name="bitmap">The bitmap.</param>
    /// <returns>A picture in the bitmap's own layout if the library has it and the colors are those of sRGB, otherwise in
    /// <see cref="PixelLayout.Rgba32"/> and converted to sRGB.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="bitmap"/> is null.</exception>
    /// <exception cref="ArgumentException">The bitmap has no pixels or no colors (alpha only), or takes more bytes than an array holds, or
    /// Skia can't convert its color type.</exception>
    /// <exception cref="ObjectDisposedException">The bitmap was disposed of.</exception>
    public static PixelImage ToPixelImage(this SKBitmap bitmap)
    {
        ArgumentNullException.ThrowIfNull(bitmap);
        using SkiaPicture picture = SkiaPicture.Of(bitmap, nameof(bitmap));
        return picture.ToPixelImage();
    }

    /// <summary>Makes a mask of a bitmap: the share of a style in each pixel of a content, or of each pixel in a style.</summary>
    /// <param name="bitmap">Alpha only, or gray (<see cref="SKColorType.Gray8"/>), where black is no share and white is all.</param>
    /// <exception cref="ArgumentNullException"><paramref name="bitmap"/> is null.</exception>
    /// <exception cref="ArgumentException">The bitmap has no pixels, another color type, or too many pixels for an array.</exception>
    /// <exception cref="ObjectDisposedException">The bitmap was disposed of.</exception>
    public static StyleMask ToStyleMask(this SKBitmap bitmap)
    {
        ArgumentNullException.ThrowIfNull(bitmap);
        using PixelMemory memory = PixelMemory.Of(bitmap, nameof(bitmap));
        return Masks.Of(memory);
    }
}
