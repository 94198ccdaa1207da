using Wct.Net.Pipeline;

namespace Wct.Net;

// Methods for several styles, each with a region of the content, and for styles of which only a part counts.
public sealed partial class StyleTransfer
{
    /// <summary>Measures a part of a style.</summary>
    /// <param name="style">The painting; 2^31 - 1 pixels at most, after its sides are rounded up to multiples of 16.</param>
    /// <param name="mask">The share of each pixel in the style's statistics; has the style's size. Null if all pixels count.</param>
    /// <param name="contentColors">The colors of the content to which the style will be applied. Needed if the options preserve these by
    /// changing the style's pixels, otherwise ignored.</param>
    /// <param name="options">The levels to measure, the memory budget, and the transforms to prepare for; null for the defaults.</param>
    /// <param name="progress">Receives reports on the calling thread; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">An option is out of range, the list of levels is empty or has one that the model lacks, the
    /// memory budget is too small (the message gives the minimum), the mask has another size than the style, the colors are missing
    /// although the options ask for <see cref="ColorPreservation.Linear"/> or <see cref="ColorPreservation.Histogram"/>, or the style is
    /// too large or has no visible pixel.</exception>
    /// <exception cref="OverflowException">A picture's side is above 2^31 - 16.</exception>
    /// <exception cref="InsufficientMemoryException">The picture needs more memory than the process or the device can have, even in
    /// tiles.</exception>
    /// <exception cref="InvalidDataException">Features overflow, because the weights are too large.</exception>
    /// <exception cref="ArithmeticException">The eigensolver failed, or gave numbers that can't be used.</exception>
    /// <exception cref="Kernels.Gpu.GpuException">The GPU's driver reports an error.</exception>
    /// <exception cref="OperationCanceledException">Canceled.</exception>
    /// <exception cref="ObjectDisposedException">The transfer was disposed of.</exception>
    public PreparedStyle PrepareStyle(
        Pixels style, StyleMask? mask, PictureColors? contentColors = null, StylizeOptions? options = null,
        IProgress<StylizeProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        return PrepareStyle(style, new StylePreparation(mask, contentColors), options, progress, cancellationToken);
    }

    private PreparedStyle PrepareStyle(
        Pixels style, StylePreparation preparation, StylizeOptions? options, IProgress<StylizeProgress>? progress,
        CancellationToken cancellationToken)
    {
        using UsageGate.Pass pass = _gate.Enter();
        if (Scales(options, out double scale, out options))
        {
            Check(preparation, Check(options), style.Width, style.Height);
            style = Scaled(style, scale);
            preparation = Scaled(preparation, scale);
        }

        return Prepare(
            new HostSource(_backend, style), preparation, style.Bytes.Length + (preparation.Mask?.Shares.Length ?? 0), options, progress,
            cancellationToken);
    }

    /// <summary>Measures a part of a style that is read row by row.</summary>
    /// <param name="style">The painting; 2^31 - 1 pixels at most, after its sides are rounded up to multiples of 16.</param>
    /// <param name="mask">The share of each pixel in the style's statistics; has the style's size. Null if all pixels count.</param>
    /// <param name="contentColors">The colors of the content to which the style will be applied. Needed if the options preserve these by
    /// changing the style's pixels, otherwise ignored.</param>
    /// <param name="options">The levels to measure, the memory budget, and the transforms to prepare for; null for the defaults.</param>
    /// <param name="progress">Receives reports on the calling thread; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentNullException"><paramref name="style"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is out of range, the list of levels is empty or has one that the model lacks, the
    /// memory budget is too small (the message gives the minimum), the mask has another size than the style, the colors are missing
    /// although the options ask for <see cref="ColorPreservation.Linear"/> or <see cref="ColorPreservation.Histogram"/>, or the style is
    /// too large or has no visible pixel.</exception>
    /// <exception cref="OverflowException">A picture's side is above 2^31 - 16, or 79 of its rows take more than 2^31 - 1
    /// bytes.</exception>
    /// <exception cref="InsufficientMemoryException">The picture needs more memory than the process or the device can have, even in
    /// tiles.</exception>
    /// <exception cref="InvalidDataException">Features overflow, because the weights are too large.</exception>
    /// <exception cref="ArithmeticException">The eigensolver failed, or gave numbers that can't be used.</exception>
    /// <exception cref="Kernels.Gpu.GpuException">The GPU's driver reports an error.</exception>
    /// <exception cref="OperationCanceledException">Canceled.</exception>
    /// <exception cref="ObjectDisposedException">The transfer was disposed of.</exception>
    /// <remarks>Exceptions of the reader pass through unchanged.</remarks>
    public PreparedStyle PrepareStyle(
        IPixelReader style, StyleMask? mask, PictureColors? contentColors = null, StylizeOptions? options = null,
        IProgress<StylizeProgress>? progress = null, CancellationToken cancellationToken = default) =>
        PrepareStyle(style, new StylePreparation(mask, contentColors), options, progress, cancellationToken);

    /// <summary>Stylizes the regions of a picture with a style each.</summary>
    /// <param name="content">The photo; 2^31 - 1 pixels at most, after its sides are rounded up to multiples of 16.</param>
    /// <param name="regions">At least one region. Where no mask has a share, the picture stays content.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <param name="progress">Receives reports on the calling thread; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A picture with the content's size, layout (RGB for a gray content) and alpha.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="regions"/> is null.</exception>
    /// <exception cref="ArgumentException">There are no regions, one is null, a mask has another size than the content, an option or a
    /// region's strength is out of range, the list of levels is empty or has one that the model lacks or at which a style was not measured,
    /// a style was prepared for other transforms or colors, the memory budget is too small (the message gives the minimum), the content is
    /// too large, or the result of a gray content needs more bytes than an array holds.</exception>
    /// <exception cref="OverflowException">A picture's side is above 2^31 - 16.</exception>
    /// <exception cref="InsufficientMemoryException">The picture needs more memory than the process or the device can have, even in
    /// tiles.</exception>
    /// <exception cref="ModelMismatchException">Other encoders measured a style.</exception>
    /// <exception cref="InvalidDataException">Features overflow, because the weights or a style's numbers are too large.</exception>
    /// <exception cref="InvalidOperationException">The transform returned null, or a map with another number of channels than the
    /// features.</exception>
    /// <exception cref="ArithmeticException">The eigensolver failed, or gave numbers that can't be used.</exception>
    /// <exception cref="Kernels.Gpu.GpuException">The GPU's driver reports an error.</exception>
    /// <exception cref="OperationCanceledException">Canceled.</exception>
    /// <exception cref="ObjectDisposedException">The transfer was disposed of.</exception>
    public PixelImage Stylize(
        Pixels content, IReadOnlyList<StyleRegion> regions, StylizeOptions? options = null, IProgress<StylizeProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        using UsageGate.Pass pass = _gate.Enter();
        RunSettings settings = Check(options, regions, content.Width, content.Height);
        return Stylize(content, Uses(regions), settings, options, progress, cancellationToken);
    }

    /// <summary>Stylizes the regions of a picture with a style each, into memory of the caller.</summary>
    /// <param name="content">The photo; 2^31 - 1 pixels at most, after its sides are rounded up to multiples of 16.</param>
    /// <param name="regions">At least one region. Where no mask has a share, the picture stays content.</param>
    /// <param name="destination">Receives a picture of the content's size. May be the content's own memory if stride and pixel size are the
    /// same.</param>
    /// <param name="stride">Bytes from one of its rows to the next, at least a row's bytes; 0 for rows without gaps.</param>
    /// <param name="layout">Layout of its pixels. Alpha is the content's, or 255 if the content has none.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <param name="progress">Receives reports on the calling thread; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentNullException"><paramref name="regions"/> is null.</exception>
    /// <exception cref="ArgumentException">There are no regions, one is null, a mask has another size than the content, an option or a
    /// region's strength is out of range, the list of levels is empty or has one that the model lacks or at which a style was not measured,
    /// a style was prepared for other transforms or colors, the memory budget is too small (the message gives the minimum), the content is
    /// too large, the layout is not defined, the stride is shorter than a row, or the destination is too small or overlaps the content
    /// without being the same picture.</exception>
    /// <exception cref="OverflowException">A picture's side is above 2^31 - 16.</exception>
    /// <exception cref="InsufficientMemoryException">The picture needs more memory than the process or the device can have, even in
    /// tiles.</exception>
    /// <exception cref="ModelMismatchException">Other encoders measured a style.</exception>
    /// <exception cref="InvalidDataException">Features overflow, because the weights or a style's numbers are too large.</exception>
    /// <exception cref="InvalidOperationException">The transform returned null, or a map with another number of channels than the
    /// features.</exception>
    /// <exception cref="ArithmeticException">The eigensolver failed, or gave numbers that can't be used.</exception>
    /// <exception cref="Kernels.Gpu.GpuException">The GPU's driver reports an error.</exception>
    /// <exception cref="OperationCanceledException">Canceled; the destination is unchanged.</exception>
    /// <exception cref="ObjectDisposedException">The transfer was disposed of.</exception>
    public void Stylize(
        Pixels content, IReadOnlyList<StyleRegion> regions, Span<byte> destination, int stride, PixelLayout layout,
        StylizeOptions? options = null, IProgress<StylizeProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        using UsageGate.Pass pass = _gate.Enter();
        RunSettings settings = Check(options, regions, content.Width, content.Height);
        Stylize(content, Uses(regions), destination, stride, layout, settings, options, progress, cancellationToken);
    }

    /// <summary>Stylizes the regions of a picture that is read and written row by row.</summary>
    /// <param name="content">The photo; 2^31 - 1 pixels at most, after its sides are rounded up to multiples of 16.</param>
    /// <param name="regions">At least one region. Where no mask has a share, the picture stays content.</param>
    /// <param name="result">Receives the picture after all of it was computed. It has the content's size, layout (RGB for a gray content)
    /// and alpha.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <param name="progress">Receives reports on the calling thread; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentNullException"><paramref name="content"/>, <paramref name="regions"/> or <paramref name="result"/> is
    /// null.</exception>
    /// <exception cref="ArgumentException">There are no regions, one is null, a mask has another size than the content, an option or a
    /// region's strength is out of range, the list of levels is empty or has one that the model lacks or at which a style was not measured,
    /// a style was prepared for other transforms or colors, the memory budget is too small (the message gives the minimum), the content is
    /// too large, or its layout is not defined.</exception>
    /// <exception cref="OverflowException">A picture's side is above 2^31 - 16, or 79 of its rows take more than 2^31 - 1
    /// bytes.</exception>
    /// <exception cref="InsufficientMemoryException">The picture needs more memory than the process or the device can have, even in
    /// tiles.</exception>
    /// <exception cref="ModelMismatchException">Other encoders measured a style.</exception>
    /// <exception cref="InvalidDataException">Features overflow, because the weights or a style's numbers are too large.</exception>
    /// <exception cref="InvalidOperationException">The transform returned null, or a map with another number of channels than the
    /// features.</exception>
    /// <exception cref="ArithmeticException">The eigensolver failed, or gave numbers that can't be used.</exception>
    /// <exception cref="Kernels.Gpu.GpuException">The GPU's driver reports an error.</exception>
    /// <exception cref="OperationCanceledException">Canceled; nothing was written.</exception>
    /// <exception cref="ObjectDisposedException">The transfer was disposed of.</exception>
    /// <remarks>Reading, writing and lack of memory are handled as in the method that reads the style row by row.</remarks>
    public void Stylize(
        IPixelReader content, IReadOnlyList<StyleRegion> regions, IPixelWriter result, StylizeOptions? options = null,
        IProgress<StylizeProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(result);
        using UsageGate.Pass pass = _gate.Enter();
        RunSettings settings = Check(options, regions, content.Width, content.Height);
        Stylize(content, Uses(regions), result, held: 0, settings, options, progress, cancellationToken);
    }
}
