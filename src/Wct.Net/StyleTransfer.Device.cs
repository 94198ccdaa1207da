using Wct.Kernels;
using Wct.Net.Pipeline;
using Wct.Net.Pipeline.Tiling;
using Wct.Net.Transparency;

namespace Wct.Net;

// Methods for pictures in the device's memory, used by packages for a certain kind of device.
public sealed partial class StyleTransfer
{
    /// <summary>The backend that computes.</summary>
    internal Backend Backend => _backend;

    /// <summary>Measures a style, like the methods for pixels on the host.</summary>
    internal PreparedStyle PrepareStyle(
        IDevicePicture style, StylePreparation preparation, StylizeOptions? options, IProgress<StylizeProgress>? progress,
        CancellationToken cancellationToken)
    {
        using UsageGate.Pass pass = _gate.Enter();
        if ((OnHost(style) ?? (options is { StyleScale: not 1 } ? style.Download() : null)) is { } pixels)
            return PrepareStyle(pixels, preparation, options, progress, cancellationToken);
        return Prepare(
            new DeviceSource(style), preparation, Bytes(style.Width, style.Height, style.Layout), options, progress, cancellationToken);
    }

    /// <summary>Stylizes a picture, like the method for pixels on the host.</summary>
    /// <param name="content">The photo, in the device's memory.</param>
    /// <param name="style">A style that a model with the same encoders measured.</param>
    /// <param name="result">Receives the result. Has the content's size and layout, and may be the content's memory.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <param name="progress">Receives reports on the calling thread; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    internal void Stylize(
        IDevicePicture content, PreparedStyle style, IDevicePicture result, StylizeOptions? options, IProgress<StylizeProgress>? progress,
        CancellationToken cancellationToken)
    {
        using UsageGate.Pass pass = _gate.Enter();
        RunSettings settings = Check(options, style);
        Stylize(content, [new StyleUse(style)], result, settings, options, progress, cancellationToken);
    }

    /// <summary>Stylizes the regions of a picture, like the method for pixels on the host.</summary>
    internal void Stylize(
        IDevicePicture content, IReadOnlyList<StyleRegion> regions, IDevicePicture result, StylizeOptions? options,
        IProgress<StylizeProgress>? progress, CancellationToken cancellationToken)
    {
        using UsageGate.Pass pass = _gate.Enter();
        RunSettings settings = Check(options, regions, content.Width, content.Height);
        Stylize(content, Uses(regions), result, settings, options, progress, cancellationToken);
    }

    private void Stylize(
        IDevicePicture content, StyleUse[] styles, IDevicePicture result, RunSettings settings, StylizeOptions? options,
        IProgress<StylizeProgress>? progress, CancellationToken cancellationToken)
    {
        if (OnHost(content) is { } pixels)
        {
            Stylize(pixels, styles, pixels.Bytes, pixels.Stride, pixels.Layout, settings, options, progress, cancellationToken);
            result.Upload(pixels);
            return;
        }

        TensorShape shape = Extended(content.Width, content.Height);
        long outside = 2 * Bytes(content.Width, content.Height, content.Layout) + Bytes(styles)
            + FinishBytes(settings, content.Width, content.Height);
        PicturePlan? plan = Planner(options?.MaxMemory, outside, Demands(settings, styles)).Content(shape, settings.Levels);
        WorkMeter meter = new(RunWork(shape, settings.Levels, plan), progress);
        Paint(new DeviceSource(content), styles, settings, new DeviceTarget(content, result), plan, meter, cancellationToken);
    }

    // Downloads a picture that must be processed on the host; null if it can stay on the device. The host fills hidden pixels, because
    // their colors depend on the whole picture, and divides premultiplied colors. The host also checks whether any pixel is hidden.
    private static PixelImage? OnHost(IDevicePicture picture)
    {
        if (!picture.Layout.HasAlpha())
            return null;
        PixelImage image = picture.Download();
        return picture.Layout.IsPremultiplied() || Visibility.Of(image) is not null ? image : null;
    }
}
