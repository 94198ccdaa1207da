using Wct.Net.Pipeline;
using Wct.Net.Pipeline.Tiling;
using Wct.Net.Transforms;

namespace Wct.Net;

// Two pictures of which one is the style, with a result in the caller's memory.
public sealed partial class StyleTransfer
{
    /// <summary>Stylizes a picture into memory of the caller.</summary>
    /// <param name="content">The photo; 2^31 - 1 pixels at most, after its sides are rounded up to multiples of 16.</param>
    /// <param name="style">The painting; 2^31 - 1 pixels at most, after its sides are rounded up to multiples of 16.</param>
    /// <param name="destination">Receives a picture of the content's size. May be the content's own memory if stride and pixel size are the
    /// same.</param>
    /// <param name="stride">Bytes from one of its rows to the next, at least a row's bytes; 0 for rows without gaps.</param>
    /// <param name="layout">Layout of its pixels. Alpha is the content's, or 255 if the content has none.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <param name="progress">Receives reports on the calling thread; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">The strength is outside 0..1, the transform is null, the list of levels is empty or has one that
    /// the model lacks, the memory budget is too small (the message gives the minimum), a picture is too large, the style has no
    /// visible pixel, the layout is not defined, the stride is shorter than a row, or the destination is too small or overlaps the content
    /// without being the same picture.</exception>
    /// <exception cref="OverflowException">A picture's side is above 2^31 - 16.</exception>
    /// <exception cref="InsufficientMemoryException">A picture needs more memory than the process or the device can have, even in
    /// tiles.</exception>
    /// <exception cref="InvalidDataException">Features overflow, because the weights or the style's numbers are too large.</exception>
    /// <exception cref="InvalidOperationException">The transform returned null, or a map with another number of channels than the
    /// features.</exception>
    /// <exception cref="ArithmeticException">The eigensolver failed, or gave numbers that can't be used.</exception>
    /// <exception cref="Kernels.Gpu.GpuException">The GPU's driver reports an error.</exception>
    /// <exception cref="OperationCanceledException">Canceled; the destination is unchanged.</exception>
    /// <exception cref="ObjectDisposedException">The transfer was disposed of.</exception>
    public void Stylize(
        Pixels content, Pixels style, Span<byte> destination, int stride, PixelLayout layout, StylizeOptions? options = null,
        IProgress<StylizeProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        using UsageGate.Pass pass = _gate.Enter();
        stride = CheckDestination(content, destination, stride, layout);
        PreparedStyle measured = MeasureFor(
            content, style, content.Bytes.Overlaps(destination) ? 0 : destination.Length, options, progress, out RunSettings settings,
            out PicturePlan? plan, out WorkMeter meter, cancellationToken);
        Paint(
            new HostSource(_backend, content), [new StyleUse(measured)], settings,
            new HostTarget(_backend, content, destination, stride, layout), plan, meter, cancellationToken);
    }

    // Plans both pictures and measures the style. 'result' is the memory of the result in bytes.
    private PreparedStyle MeasureFor(
        Pixels content, Pixels style, long result, StylizeOptions? options, IProgress<StylizeProgress>? progress,
        out RunSettings settings, out PicturePlan? plan, out WorkMeter meter, CancellationToken cancellationToken)
    {
        if (Scales(options, out double scale, out options))
            style = Scaled(style, scale);
        settings = Check(options);
        TilePlanner planner = Planner(
            options?.MaxMemory,
            content.Bytes.Length + style.Bytes.Length + result + FinishBytes(settings, content.Width, content.Height)
                + KeptBytes(settings, Extended(style)),
            Demands(settings, Extended(style)));
        PicturePlan? stylePlan = planner.Style(Extended(style), settings.Levels);
        plan = planner.Content(Extended(content), settings.Levels);
        meter = new WorkMeter(
            MeasureWork(Extended(style), settings.Levels, stylePlan) + RunWork(Extended(content), settings.Levels, plan), progress);
        PreparedStyle measured = Measure(
            new HostSource(_backend, style), Preparation(settings, content), settings, stylePlan, meter, cancellationToken);
        StyleMoments.Begin(_backend, Uses(settings, measured));
        return measured;
    }

    // Returns the stride, with 0 replaced by the length of a row.
    private static int CheckDestination(Pixels content, ReadOnlySpan<byte> destination, int stride, PixelLayout layout)
    {
        stride = PixelRows.Check(destination.Length, content.Width, content.Height, stride, layout, nameof(destination));
        if (!InPlace.IsSafe(content, destination, stride, layout))
            throw new ArgumentException(
                "The destination overlaps the content without being the same picture in memory.", nameof(destination));
        return stride;
    }
}
