using ILGPU;
using ILGPU.Runtime;
using Wct.Net;

namespace Wct.Ilgpu;

/// <summary>Style transfer between pictures in an accelerator's memory; pixels without alpha never pass through the host.</summary>
/// <remarks>
/// Pictures with alpha are copied to the host to see whether colors are hidden under alpha 0. Those that hide some, and premultiplied ones, are loaded and
/// stored by the host; all others stay on the device.
/// The transfer must have been loaded with an <see cref="IlgpuBackend"/> on that accelerator as its <see cref="LoadOptions.Backend"/>. Everything is enqueued on the
/// backend's stream: what the application enqueued there before has been done when a picture is read, and the result is there for what it enqueues after the call.
/// To read it elsewhere, synchronize the stream first. Pictures are rows without gaps, and may be parts of larger buffers.
/// </remarks>
public static class StyleTransferExtensions
{
    /// <summary>Measures a style.</summary>
    /// <param name="transfer">Loaded with an <see cref="IlgpuBackend"/>.</param>
    /// <param name="accelerator">The backend's; the picture lies in its memory.</param>
    /// <param name="style">The painting: [height, width, bytes of a pixel]. What lies behind it is ignored.</param>
    /// <param name="width">Pixels per row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="layout">Layout of a pixel.</param>
    /// <param name="levels">The levels that will be used; null for all of the model.</param>
    /// <param name="maxMemory">As <see cref="StylizeOptions.MaxMemory"/>.</param>
    /// <exception cref="InvalidOperationException">The transfer computes on something else than an ILGPU accelerator.</exception>
    /// <exception cref="ArgumentException">Another accelerator, a view of another one or one that is too short, a level that the model lacks, or a budget of memory
    /// that is too small.</exception>
    /// <exception cref="ObjectDisposedException">The transfer, the accelerator or the picture's memory was disposed of.</exception>
    /// <exception cref="OperationCanceledException">Canceled.</exception>
    public static Style PrepareStyle(
        this StyleTransfer transfer, Accelerator accelerator, ArrayView<byte> style, int width, int height, PixelLayout layout = PixelLayout.Rgb24,
        IReadOnlyList<int>? levels = null, long? maxMemory = null, IProgress<StylizeProgress>? progress = null, CancellationToken cancellation = default)
    {
        IlgpuBackend backend = Backend(transfer, accelerator);
        return transfer.PrepareStyle(new AcceleratorPicture(backend, style, width, height, layout, nameof(style)), levels, maxMemory, progress, cancellation);
    }

    /// <summary>Stylizes a picture with a style measured before.</summary>
    /// <param name="transfer">Loaded with an <see cref="IlgpuBackend"/>.</param>
    /// <param name="accelerator">The backend's; both pictures lie in its memory.</param>
    /// <param name="content">The photo: [height, width, bytes of a pixel]. What lies behind it is ignored.</param>
    /// <param name="style">From a model with the same encoders, measured anywhere.</param>
    /// <param name="result">Receives a picture of the same size and layout, with the content's alpha. May be the content's own view; may not overlap it otherwise. What
    /// lies behind it is left alone.</param>
    /// <param name="width">Pixels per row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="layout">Layout of a pixel of both pictures.</param>
    /// <exception cref="InvalidOperationException">The transfer computes on something else than an ILGPU accelerator.</exception>
    /// <exception cref="ArgumentException">Another accelerator, views of another one, too short or overlapping ones, a strength outside 0..1, a level that the
    /// model lacks, or at which the style was not measured, or a budget of memory that is too small.</exception>
    /// <exception cref="ModelMismatchException">Other encoders measured the style.</exception>
    /// <exception cref="ObjectDisposedException">The transfer, the accelerator or a picture's memory was disposed of.</exception>
    /// <exception cref="OperationCanceledException">Canceled; the result is untouched.</exception>
    public static void Stylize(
        this StyleTransfer transfer, Accelerator accelerator, ArrayView<byte> content, Style style, ArrayView<byte> result, int width, int height,
        PixelLayout layout = PixelLayout.Rgb24, StylizeOptions? options = null, IProgress<StylizeProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        IlgpuBackend backend = Backend(transfer, accelerator);
        AcceleratorPicture from = new(backend, content, width, height, layout, nameof(content)), to = new(backend, result, width, height, layout, nameof(result));
        if (from.Overlaps(to))
            throw new ArgumentException("'result' overlaps 'content' without being the same picture in memory.", nameof(result));
        transfer.Stylize(from, style, to, options, progress, cancellation);
    }

    private static IlgpuBackend Backend(StyleTransfer transfer, Accelerator accelerator)
    {
        ArgumentNullException.ThrowIfNull(transfer);
        ArgumentNullException.ThrowIfNull(accelerator);
        if (transfer.Backend is not IlgpuBackend backend)
        {
            throw new InvalidOperationException(
                $"The transfer computes on {transfer.Device}. For pictures of an accelerator, load it with LoadOptions.Backend = new IlgpuBackend(accelerator).");
        }

        if (backend.Accelerator != accelerator)
            throw new ArgumentException($"The transfer computes on {backend.Accelerator}, 'accelerator' is {accelerator}.", nameof(accelerator));
        ObjectDisposedException.ThrowIf(accelerator.IsDisposed, accelerator);
        return backend;
    }
}
