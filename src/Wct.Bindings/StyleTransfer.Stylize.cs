using Wct.Bindings.Native;

namespace Wct.Bindings;

public sealed partial class StyleTransfer
{
    /// <summary>Measures a style.</summary>
    /// <param name="style">The painting, of any size.</param>
    /// <param name="options">Levels, the transforms to prepare for, the style's scale and the memory budget; null for the defaults. The
    /// other options aren't used, but must be valid.</param>
    /// <param name="progress">Receives reports on the calling thread; null for none. An exception from it cancels the call and is
    /// rethrown.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">
    /// The strength is outside 0..1, the model lacks a requested level, or the memory budget is too small. The message has the required
    /// bytes.
    /// </exception>
    /// <exception cref="WeightsFormatException">Features overflow because the weights or the style's numbers are too large. libwct reports
    /// this as a format error.</exception>
    /// <exception cref="OperationCanceledException">The call was canceled.</exception>
    public PreparedStyle PrepareStyle(
        Pixels style, StylizeOptions? options = null, IProgress<StylizeProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        using StylizeCall call = new(options, progress, cancellationToken);
        using PinnedPixels painting = new(style, nameof(style));
        call.Check(LibWct.StylePrepare(Handle, painting.Picture, call.Options, out StyleHandle handle));
        return new PreparedStyle(handle);
    }

    /// <summary>Stylizes a picture.</summary>
    /// <param name="content">The photo, of any size.</param>
    /// <param name="style">The painting, of any size.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <param name="progress">Receives reports on the calling thread; null for none. An exception from it cancels the call and is
    /// rethrown.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A picture with the content's size, layout and alpha. The layout is RGB if the content is gray.</returns>
    /// <exception cref="ArgumentException">
    /// The strength is outside 0..1, the model lacks a level, or the memory budget is too small.
    /// </exception>
    /// <exception cref="WeightsFormatException">Features overflow because the weights or the style's numbers are too large. libwct reports
    /// this as a format error.</exception>
    /// <exception cref="OperationCanceledException">The call was canceled.</exception>
    public PixelImage Stylize(
        Pixels content, Pixels style, StylizeOptions? options = null, IProgress<StylizeProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        // Estimated work per pixel: 1 for the style, which is only encoded, and 2 for the content, which is encoded and decoded.
        double painting = (double)style.Width * style.Height, photo = 2.0 * content.Width * content.Height;
        double share = painting / Math.Max(1, painting + photo);
        using PreparedStyle measured =
            PrepareStyle(style, mask: null, content, options, PartialProgress.Of(progress, 0, share), cancellationToken);
        return Stylize(content, measured, options, PartialProgress.Of(progress, share, 1 - share), cancellationToken);
    }

    /// <summary>Stylizes a picture with a prepared style.</summary>
    /// <param name="content">The photo, of any size.</param>
    /// <param name="style">A style from a transfer with the same encoders, or from <see cref="PreparedStyle.Load"/>.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <param name="progress">Receives reports on the calling thread; null for none. An exception from it cancels the call and is
    /// rethrown.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A picture with the content's size, layout and alpha. The layout is RGB if the content is gray.</returns>
    /// <exception cref="ArgumentException">
    /// The strength is outside 0..1, the model lacks a level, the style was not measured at a level, or the memory budget is too small.
    /// </exception>
    /// <exception cref="ModelMismatchException">Other encoders measured the style.</exception>
    /// <exception cref="WeightsFormatException">Features overflow because the weights or the style's numbers are too large. libwct reports
    /// this as a format error.</exception>
    /// <exception cref="OperationCanceledException">The call was canceled.</exception>
    public PixelImage Stylize(
        Pixels content, PreparedStyle style, StylizeOptions? options = null, IProgress<StylizeProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        PixelLayout layout = ResultLayout(content.Layout);
        PixelImage result = new(content.Width, content.Height, layout);
        Stylize(content, style, result.Bytes, result.Stride, layout, options, progress, cancellationToken);
        return result;
    }

    /// <summary>Stylizes a picture into the caller's array.</summary>
    /// <param name="content">The photo, of any size.</param>
    /// <param name="style">A style from a transfer with the same encoders, or from <see cref="PreparedStyle.Load"/>.</param>
    /// <param name="destination">
    /// Receives a picture of the content's size. It may be the content's own array if stride and bytes per pixel are the same.
    /// </param>
    /// <param name="stride">Bytes from one row to the next; 0 for rows without gaps.</param>
    /// <param name="layout">Layout of the destination's pixels. Alpha is the content's, or 255 if the content has none.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <param name="progress">Receives reports on the calling thread; null for none. An exception from it cancels the call and is
    /// rethrown.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">
    /// The strength is outside 0..1, the model lacks a level, the style was not measured at a level, the memory budget is too small, the
    /// destination is too small, or the destination overlaps the content without being the same picture.
    /// </exception>
    /// <exception cref="ModelMismatchException">Other encoders measured the style.</exception>
    /// <exception cref="WeightsFormatException">Features overflow because the weights or the style's numbers are too large. libwct reports
    /// this as a format error.</exception>
    /// <exception cref="OperationCanceledException">The call was canceled. The destination is unchanged.</exception>
    public void Stylize(
        Pixels content, PreparedStyle style, byte[] destination, int stride, PixelLayout layout, StylizeOptions? options = null,
        IProgress<StylizeProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        if (destination is null)
            throw new ArgumentNullException(nameof(destination));
        using Pin pin = new(destination);
        Run(content, style, Target(pin.Address, destination.Length, stride, layout), options, progress, cancellationToken);
    }

    /// <summary>Stylizes a picture into unmanaged memory, for example a locked bitmap.</summary>
    /// <param name="content">The photo, of any size.</param>
    /// <param name="style">A style from a transfer with the same encoders, or from <see cref="PreparedStyle.Load"/>.</param>
    /// <param name="destination">Address of the top row's first byte. It may be the content's own memory if stride and bytes per pixel are
    /// the same.</param>
    /// <param name="length">Size of the memory in bytes.</param>
    /// <param name="stride">Bytes from one row to the next; 0 for rows without gaps.</param>
    /// <param name="layout">Layout of the destination's pixels. Alpha is the content's, or 255 if the content has none.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <param name="progress">Receives reports on the calling thread; null for none. An exception from it cancels the call and is
    /// rethrown.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">
    /// The strength is outside 0..1, the model lacks a level, the style was not measured at a level, the memory budget is too small, the
    /// destination is too small, or the destination overlaps the content without being the same picture.
    /// </exception>
    /// <exception cref="ModelMismatchException">Other encoders measured the style.</exception>
    /// <exception cref="WeightsFormatException">Features overflow because the weights or the style's numbers are too large. libwct reports
    /// this as a format error.</exception>
    /// <exception cref="OperationCanceledException">The call was canceled. The destination is unchanged.</exception>
    public void Stylize(
        Pixels content, PreparedStyle style, IntPtr destination, long length, int stride, PixelLayout layout,
        StylizeOptions? options = null, IProgress<StylizeProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        if (length < 0)
            throw new ArgumentException($"'length' is {length}; it must be at least 0.", nameof(length));
        Run(content, style, Target(destination, length, stride, layout), options, progress, cancellationToken);
    }

    internal static NativeTarget Target(IntPtr address, long length, int stride, PixelLayout layout) => new()
    {
        Pixels = address,
        Bytes = (UIntPtr)(ulong)length,
        Stride = stride,
        Format = (int)layout,
    };

    private void Run(
        Pixels content, PreparedStyle style, in NativeTarget target, StylizeOptions? options, IProgress<StylizeProgress>? progress,
        CancellationToken cancellationToken)
    {
        if (style is null)
            throw new ArgumentNullException(nameof(style));
        using StylizeCall call = new(options, progress, cancellationToken);
        using PinnedPixels photo = new(content, nameof(content));
        call.Check(LibWct.Stylize(Handle, photo.Picture, style.Handle, call.Options, target));
    }
}
