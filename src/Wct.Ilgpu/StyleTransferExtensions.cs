using ILGPU;
using ILGPU.Runtime;
using Wct.Net;

namespace Wct.Ilgpu;

/// <summary>Style transfer between pictures in an ILGPU accelerator's memory.</summary>
/// <remarks>
/// <para>Load the transfer with an <see cref="IlgpuBackend"/> on that accelerator as its <see cref="LoadOptions.Backend"/>. Work is
/// enqueued on the backend's stream, in order with the application's: pictures are read after the work enqueued before the call, and the
/// result can be used by work enqueued after it. Synchronize the stream before using the result elsewhere. Pictures are rows without gaps,
/// and may be parts of larger buffers.</para>
/// <para>Pixels without alpha never pass through the host. Pictures with alpha are copied to the host to look for colors hidden under alpha
/// 0. If they hide some, or are premultiplied, the host also loads and stores their pixels.</para>
/// </remarks>
public static class StyleTransferExtensions
{
    /// <summary>Prepares a style from a painting.</summary>
    /// <param name="transfer">Loaded with an <see cref="IlgpuBackend"/>.</param>
    /// <param name="accelerator">The backend's accelerator, whose memory holds the picture.</param>
    /// <param name="style">The painting: [height, width, bytes of a pixel]. Bytes after it are ignored.</param>
    /// <param name="width">Pixels per row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="layout">Layout of a pixel.</param>
    /// <param name="options">Levels to measure, the memory budget, and the transform to prepare for; null for the defaults. The strength
    /// has no effect.</param>
    /// <param name="progress">Receives reports on the calling thread; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="InvalidOperationException">The transfer doesn't compute on an ILGPU accelerator.</exception>
    /// <exception cref="ArgumentException">The transfer computes on another accelerator, the view is in another accelerator's memory or too
    /// short, the strength is outside 0..1, the model lacks a level, or the memory budget is too small.</exception>
    /// <exception cref="ObjectDisposedException">The transfer, the accelerator or the picture's memory was disposed of.</exception>
    /// <exception cref="OperationCanceledException">The call was canceled.</exception>
    public static PreparedStyle PrepareStyle(
        this StyleTransfer transfer, Accelerator accelerator, ArrayView<byte> style, int width, int height,
        PixelLayout layout = PixelLayout.Rgb24, StylizeOptions? options = null, IProgress<StylizeProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        return transfer.PrepareStyle(
            accelerator, style, width, height, mask: null, contentColors: null, layout, options, progress, cancellationToken);
    }

    /// <summary>Prepares a style from a part of a painting, or for a content whose colors are preserved.</summary>
    /// <param name="transfer">Loaded with an <see cref="IlgpuBackend"/>.</param>
    /// <param name="accelerator">The backend's accelerator, whose memory holds the picture.</param>
    /// <param name="style">The painting: [height, width, bytes of a pixel]. Bytes after it are ignored.</param>
    /// <param name="width">Pixels per row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="mask">The share of each pixel in the style's statistics; has the style's size. Null if all pixels count.</param>
    /// <param name="contentColors">The colors of the content to which the style will be applied. Needed if the options preserve these by
    /// changing the style's pixels, otherwise ignored.</param>
    /// <param name="layout">Layout of a pixel.</param>
    /// <param name="options">Levels to measure, the memory budget, and the transform to prepare for; null for the defaults. The strength
    /// has no effect.</param>
    /// <param name="progress">Receives reports on the calling thread; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="InvalidOperationException">The transfer doesn't compute on an ILGPU accelerator.</exception>
    /// <exception cref="ArgumentException">The transfer computes on another accelerator, the view is in another accelerator's memory or too
    /// short, an option is out of range, the model lacks a level, the memory budget is too small, the mask has another size than the style,
    /// or the colors are missing although the options ask for <see cref="ColorPreservation.Linear"/> or
    /// <see cref="ColorPreservation.Histogram"/>.</exception>
    /// <exception cref="ObjectDisposedException">The transfer, the accelerator or the picture's memory was disposed of.</exception>
    /// <exception cref="OperationCanceledException">The call was canceled.</exception>
    public static PreparedStyle PrepareStyle(
        this StyleTransfer transfer, Accelerator accelerator, ArrayView<byte> style, int width, int height, StyleMask? mask,
        PictureColors? contentColors = null, PixelLayout layout = PixelLayout.Rgb24, StylizeOptions? options = null,
        IProgress<StylizeProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        IlgpuBackend backend = Backend(transfer, accelerator);
        AcceleratorPicture picture = new(backend, style, width, height, layout, nameof(style));
        return transfer.PrepareStyle(picture, new StylePreparation(mask, contentColors), options, progress, cancellationToken);
    }

    /// <summary>Stylizes a picture with a prepared style.</summary>
    /// <param name="transfer">Loaded with an <see cref="IlgpuBackend"/>.</param>
    /// <param name="accelerator">The backend's accelerator, whose memory holds both pictures.</param>
    /// <param name="content">The photo: [height, width, bytes of a pixel]. Bytes after it are ignored.</param>
    /// <param name="style">A style of a model with the same encoders, prepared on any device.</param>
    /// <param name="result">Receives a picture of the same size and layout, with the content's alpha. It may be the content's view, but may
    /// not overlap it otherwise. Bytes after it are unchanged.</param>
    /// <param name="width">Pixels per row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="layout">Layout of a pixel of both pictures.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <param name="progress">Receives reports on the calling thread; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="InvalidOperationException">The transfer doesn't compute on an ILGPU accelerator.</exception>
    /// <exception cref="ArgumentException">The transfer computes on another accelerator, a view is in another accelerator's memory or too
    /// short, the views overlap, the strength is outside 0..1, the model lacks a level, the style was not measured at a level, or the
    /// memory budget is too small.</exception>
    /// <exception cref="ModelMismatchException">Other encoders measured the style.</exception>
    /// <exception cref="ObjectDisposedException">The transfer, the accelerator or a picture's memory was disposed of.</exception>
    /// <exception cref="OperationCanceledException">The call was canceled. The result is unchanged.</exception>
    public static void Stylize(
        this StyleTransfer transfer, Accelerator accelerator, ArrayView<byte> content, PreparedStyle style, ArrayView<byte> result,
        int width, int height, PixelLayout layout = PixelLayout.Rgb24, StylizeOptions? options = null,
        IProgress<StylizeProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transfer);
        (AcceleratorPicture from, AcceleratorPicture to) = Pictures(transfer, accelerator, content, result, width, height, layout);
        transfer.Stylize(from, style, to, options, progress, cancellationToken);
    }

    /// <summary>Stylizes the regions of a picture with a style each.</summary>
    /// <param name="transfer">Loaded with an <see cref="IlgpuBackend"/>.</param>
    /// <param name="accelerator">The backend's accelerator, whose memory holds both pictures.</param>
    /// <param name="content">The photo: [height, width, bytes of a pixel]. Bytes after it are ignored.</param>
    /// <param name="regions">At least one region; the masks are in the host's memory. Where no mask has a share, the picture stays
    /// content.</param>
    /// <param name="result">Receives a picture of the same size and layout, with the content's alpha. It may be the content's view, but may
    /// not overlap it otherwise. Bytes after it are unchanged.</param>
    /// <param name="width">Pixels per row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="layout">Layout of a pixel of both pictures.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <param name="progress">Receives reports on the calling thread; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentNullException"><paramref name="regions"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The transfer doesn't compute on an ILGPU accelerator.</exception>
    /// <exception cref="ArgumentException">The transfer computes on another accelerator, a view is in another accelerator's memory or too
    /// short, the views overlap, there are no regions, one is null, a mask has another size than the content, an option or a region's
    /// strength is out of range, the model lacks a level, a style was not measured at a level or was prepared for other transforms or
    /// colors, or the memory budget is too small.</exception>
    /// <exception cref="ModelMismatchException">Other encoders measured a style.</exception>
    /// <exception cref="ObjectDisposedException">The transfer, the accelerator or a picture's memory was disposed of.</exception>
    /// <exception cref="OperationCanceledException">The call was canceled. The result is unchanged.</exception>
    public static void Stylize(
        this StyleTransfer transfer, Accelerator accelerator, ArrayView<byte> content, IReadOnlyList<StyleRegion> regions,
        ArrayView<byte> result, int width, int height, PixelLayout layout = PixelLayout.Rgb24, StylizeOptions? options = null,
        IProgress<StylizeProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transfer);
        (AcceleratorPicture from, AcceleratorPicture to) = Pictures(transfer, accelerator, content, result, width, height, layout);
        transfer.Stylize(from, regions, to, options, progress, cancellationToken);
    }

    private static (AcceleratorPicture Content, AcceleratorPicture Result) Pictures(
        StyleTransfer transfer, Accelerator accelerator, ArrayView<byte> content, ArrayView<byte> result, int width, int height,
        PixelLayout layout)
    {
        IlgpuBackend backend = Backend(transfer, accelerator);
        AcceleratorPicture from = new(backend, content, width, height, layout, nameof(content));
        AcceleratorPicture to = new(backend, result, width, height, layout, nameof(result));
        if (from.Overlaps(to))
            throw new ArgumentException("'result' overlaps 'content' without being the same picture in memory.", nameof(result));
        return (from, to);
    }

    private static IlgpuBackend Backend(StyleTransfer transfer, Accelerator accelerator)
    {
        ArgumentNullException.ThrowIfNull(transfer);
        ArgumentNullException.ThrowIfNull(accelerator);
        if (transfer.Backend is not IlgpuBackend backend)
        {
            throw new InvalidOperationException($"The transfer computes on {transfer.Device}. For pictures of an accelerator, load it with "
                + "LoadOptions.Backend = new IlgpuBackend(accelerator).");
        }

        if (backend.Accelerator != accelerator)
        {
            throw new ArgumentException(
                $"The transfer computes on {backend.Accelerator}, 'accelerator' is {accelerator}.", nameof(accelerator));
        }

        ObjectDisposedException.ThrowIf(accelerator.IsDisposed, accelerator);
        return backend;
    }
}
