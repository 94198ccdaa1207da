using Wct.Kernels;
using Wct.Net.Pipeline;
using Wct.Net.Pipeline.Tiling;
using Wct.Net.Transparency;

namespace Wct.Net;

// Pictures in the device's memory, for packages that know the device.
public sealed partial class StyleTransfer
{
    /// <summary>What computes.</summary>
    internal Backend Backend => _backend;

    /// <summary>As <see cref="PrepareStyle(Pixels, StylizeOptions?, IProgress{StylizeProgress}?, CancellationToken)"/>.</summary>
    internal PreparedStyle PrepareStyle(
        IDevicePicture style, StylizeOptions? options, IProgress<StylizeProgress>? progress, CancellationToken cancellationToken)
    {
        using UsageGate.Pass pass = _gate.Enter();
        if (OnHost(style) is { } pixels)
            return PrepareStyle(pixels, options, progress, cancellationToken);
        return Prepare(
            new DeviceSource(style), Bytes(style.Width, style.Height, style.Layout), options, progress, cancellationToken);
    }

    /// <summary>As the method for pixels of the host.</summary>
    /// <param name="result">Of the content's size and format; may be the same memory.</param>
    internal void Stylize(
        IDevicePicture content, PreparedStyle style, IDevicePicture result, StylizeOptions? options, IProgress<StylizeProgress>? progress,
        CancellationToken cancellationToken)
    {
        using UsageGate.Pass pass = _gate.Enter();
        RunSettings settings = Check(options, style);
        if (OnHost(content) is { } pixels)
        {
            Stylize(pixels, style, pixels.Bytes, pixels.Stride, pixels.Layout, options, progress, cancellationToken);
            result.Upload(pixels);
            return;
        }

        TensorShape shape = Extended(content.Width, content.Height);
        PicturePlan? plan = Planner(
            options?.MaxMemory, 2 * Bytes(content.Width, content.Height, content.Layout)).Content(shape, settings.Levels);
        WorkMeter meter = new(RunWork(shape, settings.Levels, plan), progress);
        Paint(new DeviceSource(content), style, settings, new DeviceTarget(content, result), plan, meter, cancellationToken);
    }

    // What hidden colors become depends on the whole picture, and premultiplied ones are divided first: the host does both. Whether a pixel
    // is hidden is looked up there too. Null where the picture can stay on the device.
    private static PixelImage? OnHost(IDevicePicture picture)
    {
        if (!picture.Layout.HasAlpha())
            return null;
        PixelImage image = picture.Download();
        return picture.Layout.IsPremultiplied() || Visibility.Of(image) is not null ? image : null;
    }
}
