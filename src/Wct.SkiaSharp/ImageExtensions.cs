using SkiaSharp;
using Wct.Net;

namespace Wct.SkiaSharp;

/// <summary>Style transfer on SkiaSharp's images.</summary>
/// <remarks>
/// The color types <see cref="SKColorType.Bgra8888"/>, <see cref="SKColorType.Rgba8888"/>, <see cref="SKColorType.Rgb888x"/> and
/// <see cref="SKColorType.Gray8"/> in sRGB, or without a color space, are read in place, premultiplied or not. If they are opaque, this
/// needs 255 in each fourth byte. Skia converts all others to 8 bits per component in sRGB, and converts the results back: colors are
/// rounded to 8 bits, and those outside 0..1 are clipped. Alpha is kept exactly, also with more than 8 bits, if it is in 0..1.
/// An image that is encoded is decoded for the call. One on a GPU is copied to the host; Skia can do this only for some of them.
/// </remarks>
public static class ImageExtensions
{
    /// <summary>Stylizes an image with a style that was measured before.</summary>
    /// <param name="image">The photo. Its memory must not change during the call.</param>
    /// <param name="transfer">The transfer that computes.</param>
    /// <param name="style">A style that a model with the same encoders measured.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <param name="progress">Receives reports on the calling thread; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>An image with the same size, color type, alpha type, color space and alpha. The caller disposes of it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="image"/>, <paramref name="transfer"/> or <paramref name="style"/> is
    /// null.</exception>
    /// <exception cref="ArgumentException">The image has no colors (alpha only) or can't be decoded, or Skia can't convert its color type,
    /// or an option is out of range or doesn't fit the style.</exception>
    /// <exception cref="ModelMismatchException">Other encoders measured the style.</exception>
    /// <exception cref="InsufficientMemoryException">Skia can't allocate the result.</exception>
    /// <exception cref="ObjectDisposedException">The transfer or an image was disposed of.</exception>
    /// <exception cref="OperationCanceledException">Canceled.</exception>
    /// <remarks>Also throws what the method of <see cref="StyleTransfer"/> throws for such pictures and options.</remarks>
    public static SKImage Stylize(
        this SKImage image, StyleTransfer transfer, PreparedStyle style, StylizeOptions? options = null,
        IProgress<StylizeProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(transfer);
        ArgumentNullException.ThrowIfNull(style);
        using SkiaPicture content = SkiaPicture.Of(image, nameof(image));
        return content.Paint(Painters.Of(transfer, style, options, progress, cancellationToken)).ToImage();
    }

    /// <summary>Stylizes an image with the style of another image.</summary>
    /// <param name="image">The photo. Its memory must not change during the call.</param>
    /// <param name="transfer">The transfer that computes.</param>
    /// <param name="style">The painting.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <param name="progress">Receives reports on the calling thread; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>An image with the same size, color type, alpha type, color space and alpha. The caller disposes of it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="image"/>, <paramref name="transfer"/> or <paramref name="style"/> is
    /// null.</exception>
    /// <exception cref="ArgumentException">One of the images has no colors (alpha only) or can't be decoded, or Skia can't convert its
    /// color type, or an option is out of range.</exception>
    /// <exception cref="InsufficientMemoryException">Skia can't allocate the result.</exception>
    /// <exception cref="ObjectDisposedException">The transfer or an image was disposed of.</exception>
    /// <exception cref="OperationCanceledException">Canceled.</exception>
    /// <remarks>Also throws what the method of <see cref="StyleTransfer"/> throws for such pictures and options.</remarks>
    public static SKImage Stylize(
        this SKImage image, StyleTransfer transfer, SKImage style, StylizeOptions? options = null,
        IProgress<StylizeProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(transfer);
        ArgumentNullException.ThrowIfNull(style);
        using SkiaPicture content = SkiaPicture.Of(image, nameof(image)), painting = SkiaPicture.Of(style, nameof(style));
        return content.Paint(Painters.Of(transfer, painting, options, progress, cancellationToken)).ToImage();
    }

    /// <summary>Stylizes the regions of an image with a style each.</summary>
    /// <param name="image">The photo. Its memory must not change during the call.</param>
    /// <param name="transfer">The transfer that computes.</param>
    /// <param name="regions">At least one region. Where no mask has a share, the picture stays content.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <param name="progress">Receives reports on the calling thread; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>An image with the same size, color type, alpha type, color space and alpha. The caller disposes of it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="image"/>, <paramref name="transfer"/> or <paramref name="regions"/> is
    /// null.</exception>
    /// <exception cref="ArgumentException">The image has no colors (alpha only) or can't be decoded, or Skia can't convert its color type,
    /// or there are no regions, one is null, a mask has another size than the image, or an option is out of range or doesn't fit a
    /// style.</exception>
    /// <exception cref="ModelMismatchException">Other encoders measured a style.</exception>
    /// <exception cref="InsufficientMemoryException">Skia can't allocate the result.</exception>
    /// <exception cref="ObjectDisposedException">The transfer or an image was disposed of.</exception>
    /// <exception cref="OperationCanceledException">Canceled.</exception>
    /// <remarks>Also throws what the method of <see cref="StyleTransfer"/> throws for such pictures and options.</remarks>
    public static SKImage Stylize(
        this SKImage image, StyleTransfer transfer, IReadOnlyList<StyleRegion> regions, StylizeOptions? options = null,
        IProgress<StylizeProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(transfer);
        ArgumentNullException.ThrowIfNull(regions);
        using SkiaPicture content = SkiaPicture.Of(image, nameof(image));
        return content.Paint(Painters.Of(transfer, regions, options, progress, cancellationToken)).ToImage();
    }

    /// <summary>Copies an image into memory of the library, for example for asynchronous methods.</summary>
    /// <param name="image">The image.</param>
    /// <returns>A picture in the image's own layout if the library has it and the colors are those of sRGB, otherwise in
    /// <see cref="PixelLayout.Rgba32"/> and converted to sRGB.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="image"/> is null.</exception>
    /// <exception cref="ArgumentException">The image has no colors (alpha only), can't be decoded, or takes more bytes than an array holds,
    /// or Skia can't convert its color type.</exception>
    /// <exception cref="ObjectDisposedException">The image was disposed of.</exception>
    public static PixelImage ToPixelImage(this SKImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        using SkiaPicture picture = SkiaPicture.Of(image, nameof(image));
        return picture.ToPixelImage();
    }

    /// <summary>Makes a mask of an image: the share of a style in each pixel of a content, or of each pixel in a style.</summary>
    /// <param name="image">Alpha only, or gray (<see cref="SKColorType.Gray8"/>), where black is no share and white is all.</param>
    /// <exception cref="ArgumentNullException"><paramref name="image"/> is null.</exception>
    /// <exception cref="ArgumentException">The image has another color type, can't be decoded, or has too many pixels for an
    /// array.</exception>
    /// <exception cref="ObjectDisposedException">The image was disposed of.</exception>
    public static StyleMask ToStyleMask(this SKImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        using PixelMemory memory = PixelMemory.Of(image, nameof(image));
        return Masks.Of(memory);
    }
}
