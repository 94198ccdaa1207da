using Wct.Bindings.Native;

namespace Wct.Bindings;

public sealed partial class StyleTransfer
{
    /// <summary>Measures a style.</summary>
    /// <param name="style">The painting, of any size.</param>
    /// <param name="options">Levels to measure, and memory; null for the defaults. The strength plays no part.</param>
    /// <param name="progress">Called on this thread. What it throws ends the call and comes out of it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">
    /// A strength outside 0..1, a level that the model lacks, or a budget of memory that is too small; the message names the least.
    /// </exception>
    /// <exception cref="WeightsFormatException">Features overflow: the weights, or the style's numbers, are too large.</exception>
    /// <exception cref="OperationCanceledException">Canceled.</exception>
    public PreparedStyle PrepareStyle(
        Pixels style, StylizeOptions? options = null, IProgress<StylizeProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        using Call call = new(options, progress, cancellationToken);
        using PinnedPixels painting = new(style, nameof(style));
        call.Check(LibWct.StylePrepare(Handle, painting.Picture, call.Options, out StyleHandle handle));
        return new PreparedStyle(handle);
    }

    /// <summary>Stylizes a picture.</summary>
    /// <param name="content">The photo, of any size.</param>
    /// <param name="style">The painting, of any size.</param>
    /// <param name="options">Choices; null for the defaults.</param>
    /// <param name="progress">Called on this thread. What it throws ends the call and comes out of it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A picture of the content's size and layout (RGB for a gray content); alpha is the content's.</returns>
    /// <exception cref="ArgumentException">
    /// A strength outside 0..1, a level that the model lacks, or a budget of memory that is too small.
    /// </exception>
    /// <exception cref="WeightsFormatException">Features overflow: the weights, or the style's numbers, are too large.</exception>
    /// <exception cref="OperationCanceledException">Canceled.</exception>
    public PixelImage Stylize(
        Pixels content, Pixels style, StylizeOptions? options = null, IProgress<StylizeProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        // A style is encoded; a content is decoded as well, which is about as much work.
        double painting = (double)style.Width * style.Height, photo = 2.0 * content.Width * content.Height;
        double share = painting / Math.Max(1, painting + photo);
        using PreparedStyle measured = PrepareStyle(style, options, PartOfProgress.Of(progress, 0, share), cancellationToken);
        return Stylize(content, measured, options, PartOfProgress.Of(progress, share, 1 - share), cancellationToken);
    }

    /// <summary>Stylizes a picture with a style measured before.</summary>
    /// <param name="content">The photo, of any size.</param>
    /// <param name="style">From <see cref="PrepareStyle"/> of a model with the same encoders, or from
    /// <see cref="PreparedStyle.Load"/>.</param>
    /// <param name="options">Choices; null for the defaults.</param>
    /// <param name="progress">Called on this thread. What it throws ends the call and comes out of it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A picture of the content's size and layout (RGB for a gray content); alpha is the content's.</returns>
    /// <exception cref="ArgumentException">
    /// A strength outside 0..1, a level that the model lacks, or at which the style was not measured, or a budget of memory that is too
    /// small.
    /// </exception>
    /// <exception cref="ModelMismatchException">Other encoders measured the style.</exception>
    /// <exception cref="WeightsFormatException">Features overflow: the weights, or the style's numbers, are too large.</exception>
    /// <exception cref="OperationCanceledException">Canceled.</exception>
    public PixelImage Stylize(
        Pixels content, PreparedStyle style, StylizeOptions? options = null, IProgress<StylizeProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        PixelLayout layout = content.Layout == PixelLayout.Gray8 ? PixelLayout.Rgb24 : content.Layout;
        PixelImage result = new(content.Width, content.Height, layout);
        Stylize(content, style, result.Bytes, result.Stride, layout, options, progress, cancellationToken);
        return result;
    }

    /// <summary>Stylizes a picture into an array of the caller's.</summary>
    /// <param name="content">The photo, of any size.</param>
    /// <param name="style">From <see cref="PrepareStyle"/> of a model with the same encoders, or from
    /// <see cref="PreparedStyle.Load"/>.</param>
    /// <param name="destination">
    /// Receives a picture of the content's size; may be the content's own array if stride and pixel size are the same.
    /// </param>
    /// <param name="stride">Bytes from one of its rows to the next; 0 for rows without gaps.</param>
    /// <param name="layout">Layout of its pixels. Alpha is the content's, or 255 where the content has none.</param>
    /// <param name="options">Choices; null for the defaults.</param>
    /// <param name="progress">Called on this thread. What it throws ends the call and comes out of it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">
    /// A strength outside 0..1, a level that the model lacks, or at which the style was not measured, a budget of memory that is too small,
    /// a destination too small, or one that overlaps the content differently.
    /// </exception>
    /// <exception cref="ModelMismatchException">Other encoders measured the style.</exception>
    /// <exception cref="WeightsFormatException">Features overflow: the weights, or the style's numbers, are too large.</exception>
    /// <exception cref="OperationCanceledException">Canceled; the destination is untouched.</exception>
    public void Stylize(
        Pixels content, PreparedStyle style, byte[] destination, int stride, PixelLayout layout, StylizeOptions? options = null,
        IProgress<StylizeProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        if (destination is null)
            throw new ArgumentNullException(nameof(destination));
        using Pin pin = new(destination);
        Run(content, style, Target(pin.Address, destination.Length, stride, layout), options, progress, cancellationToken);
    }

    /// <summary>Stylizes a picture into memory at an address, as a locked bitmap has.</summary>
    /// <param name="content">The photo, of any size.</param>
    /// <param name="style">From <see cref="PrepareStyle"/> of a model with the same encoders, or from
    /// <see cref="PreparedStyle.Load"/>.</param>
    /// <param name="destination">The top row's first byte. May be the content's own memory if stride and pixel size are the same.</param>
    /// <param name="length">Bytes that may be written there.</param>
    /// <param name="stride">Bytes from one row to the next; 0 for rows without gaps.</param>
    /// <param name="layout">Layout of its pixels. Alpha is the content's, or 255 where the content has none.</param>
    /// <param name="options">Choices; null for the defaults.</param>
    /// <param name="progress">Called on this thread. What it throws ends the call and comes out of it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">
    /// A strength outside 0..1, a level that the model lacks, or at which the style was not measured, a budget of memory that is too small,
    /// a destination too small, or one that overlaps the content differently.
    /// </exception>
    /// <exception cref="ModelMismatchException">Other encoders measured the style.</exception>
    /// <exception cref="WeightsFormatException">Features overflow: the weights, or the style's numbers, are too large.</exception>
    /// <exception cref="OperationCanceledException">Canceled; the destination is untouched.</exception>
    public void Stylize(
        Pixels content, PreparedStyle style, IntPtr destination, long length, int stride, PixelLayout layout,
        StylizeOptions? options = null,
        IProgress<StylizeProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        if (length < 0)
            throw new ArgumentException($"'length' is {length}, it must be at least 0.", nameof(length));
        Run(content, style, Target(destination, length, stride, layout), options, progress, cancellationToken);
    }

    private static NativeTarget Target(IntPtr address, long length, int stride, PixelLayout layout) => new()
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
        using Call call = new(options, progress, cancellationToken);
        using PinnedPixels photo = new(content, nameof(content));
        call.Check(LibWct.Stylize(Handle, photo.Picture, style.Handle, call.Options, target));
    }
}
