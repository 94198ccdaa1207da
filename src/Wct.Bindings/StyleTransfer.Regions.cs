using Wct.Bindings.Native;

namespace Wct.Bindings;

// Methods for several styles, each with a region of the content, and for styles of which only a part counts.
public sealed partial class StyleTransfer
{
    /// <summary>Measures a part of a style, or a style with the colors of a content.</summary>
    /// <param name="style">The painting, of any size.</param>
    /// <param name="mask">The share of each pixel in the style's statistics; has the style's size. Null if all pixels count.</param>
    /// <param name="content">The content to which the style will be applied. Needed if the options preserve its colors by changing the
    /// style's pixels, otherwise ignored; null for none.</param>
    /// <param name="options">Levels, the transforms to prepare for, the style's scale, the color preservation and the memory budget; null
    /// for the defaults. The other options aren't used, but must be valid.</param>
    /// <param name="progress">Receives reports on the calling thread; null for none. An exception from it cancels the call and is
    /// rethrown.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">
    /// An option is out of range, the model lacks a requested level, the mask has another size than the style or no share at any pixel, the
    /// content is missing although the options ask for its colors, or the memory budget is too small.
    /// </exception>
    /// <exception cref="WeightsFormatException">Features overflow because the weights or the style's numbers are too large. libwct reports
    /// this as a format error.</exception>
    /// <exception cref="OperationCanceledException">The call was canceled.</exception>
    public PreparedStyle PrepareStyle(
        Pixels style, StyleMask? mask, Pixels? content = null, StylizeOptions? options = null,
        IProgress<StylizeProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        using StylizeCall call = new(options, progress, cancellationToken);
        using PinnedPixels painting = new(style, nameof(style));
        using PinnedPixels photo = content is { } given ? new(given, nameof(content)) : default;
        using Pin shares = new(mask?.Shares);
        call.Check(LibWct.StylePrepareMasked(
            Handle, painting.Picture, mask is null ? null : [NativeMask.Of(mask, shares)], content is null ? null : [photo.Picture],
            call.Options, out StyleHandle handle));
        return new PreparedStyle(handle);
    }

    /// <summary>Stylizes the regions of a picture with a style each.</summary>
    /// <param name="content">The photo, of any size.</param>
    /// <param name="regions">1 to 100 regions. Where no mask has a share, the picture stays content.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <param name="progress">Receives reports on the calling thread; null for none. An exception from it cancels the call and is
    /// rethrown.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A picture with the content's size, layout and alpha. The layout is RGB if the content is gray.</returns>
    /// <exception cref="ArgumentException">
    /// There are no regions or too many, one is null, a mask has another size than the content, an option or a region's strength is out of
    /// range, the model lacks a level, a style was not measured at a level or for other transforms or colors, or the memory budget is too
    /// small.
    /// </exception>
    /// <exception cref="ModelMismatchException">Other encoders measured a style.</exception>
    /// <exception cref="ObjectDisposedException">A style or the transfer was disposed of.</exception>
    /// <exception cref="WeightsFormatException">Features overflow because the weights or a style's numbers are too large. libwct reports
    /// this as a format error.</exception>
    /// <exception cref="OperationCanceledException">The call was canceled.</exception>
    public PixelImage Stylize(
        Pixels content, IReadOnlyList<StyleRegion> regions, StylizeOptions? options = null, IProgress<StylizeProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        PixelImage result = new(content.Width, content.Height, ResultLayout(content.Layout));
        Stylize(content, regions, result.Bytes, result.Stride, result.Layout, options, progress, cancellationToken);
        return result;
    }

    /// <summary>Stylizes the regions of a picture with a style each, into the caller's array.</summary>
    /// <param name="content">The photo, of any size.</param>
    /// <param name="regions">1 to 100 regions. Where no mask has a share, the picture stays content.</param>
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
    /// As in the method that returns a picture. Or the destination is too small, or overlaps the content without being the same picture.
    /// </exception>
    /// <exception cref="ModelMismatchException">Other encoders measured a style.</exception>
    /// <exception cref="ObjectDisposedException">A style or the transfer was disposed of.</exception>
    /// <exception cref="WeightsFormatException">Features overflow because the weights or a style's numbers are too large. libwct reports
    /// this as a format error.</exception>
    /// <exception cref="OperationCanceledException">The call was canceled. The destination is unchanged.</exception>
    public void Stylize(
        Pixels content, IReadOnlyList<StyleRegion> regions, byte[] destination, int stride, PixelLayout layout,
        StylizeOptions? options = null, IProgress<StylizeProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        if (destination is null)
            throw new ArgumentNullException(nameof(destination));
        using Pin pin = new(destination);
        Run(content, regions, Target(pin.Address, destination.Length, stride, layout), options, progress, cancellationToken);
    }

    /// <summary>Stylizes the regions of a picture with a style each, into unmanaged memory, for example a locked bitmap.</summary>
    /// <param name="content">The photo, of any size.</param>
    /// <param name="regions">1 to 100 regions. Where no mask has a share, the picture stays content.</param>
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
    /// As in the method that returns a picture. Or the destination is too small, or overlaps the content without being the same picture.
    /// </exception>
    /// <exception cref="ModelMismatchException">Other encoders measured a style.</exception>
    /// <exception cref="ObjectDisposedException">A style or the transfer was disposed of.</exception>
    /// <exception cref="WeightsFormatException">Features overflow because the weights or a style's numbers are too large. libwct reports
    /// this as a format error.</exception>
    /// <exception cref="OperationCanceledException">The call was canceled. The destination is unchanged.</exception>
    public void Stylize(
        Pixels content, IReadOnlyList<StyleRegion> regions, IntPtr destination, long length, int stride, PixelLayout layout,
        StylizeOptions? options = null, IProgress<StylizeProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        if (length < 0)
            throw new ArgumentException($"'length' is {length}; it must be at least 0.", nameof(length));
        Run(content, regions, Target(destination, length, stride, layout), options, progress, cancellationToken);
    }

    internal static PixelLayout ResultLayout(PixelLayout content) => content == PixelLayout.Gray8 ? PixelLayout.Rgb24 : content;

    private void Run(
        Pixels content, IReadOnlyList<StyleRegion> regions, in NativeTarget target, StylizeOptions? options,
        IProgress<StylizeProgress>? progress, CancellationToken cancellationToken)
    {
        if (regions is null)
            throw new ArgumentNullException(nameof(regions));
        using StylizeCall call = new(options, progress, cancellationToken);
        using PinnedPixels photo = new(content, nameof(content));
        using PinnedRegions areas = new(regions);
        call.Check(LibWct.StylizeRegions(
            Handle, photo.Picture, areas.Regions, (UIntPtr)(uint)areas.Regions.Length, call.Options, target));
    }
}
