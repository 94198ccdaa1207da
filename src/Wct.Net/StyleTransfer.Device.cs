using Wct.Kernels;
using Wct.Net.Pipeline;
using Wct.Net.Pipeline.Tiling;
using Wct.Net.Transforms;
using Wct.Net.Transparency;

namespace Wct.Net;

// Pictures in the device's memory, for packages that know the device.
public sealed partial class StyleTransfer
{
    /// <summary>What computes.</summary>
    internal Backend Backend => _backend;

    /// <summary>As <see cref="PrepareStyle(Pixels, IReadOnlyList{int}?, IProgress{StylizeProgress}?, long?, CancellationToken)"/>.</summary>
    internal Style PrepareStyle(
        IDevicePicture style, IReadOnlyList<int>? levels, long? maxMemory, IProgress<StylizeProgress>? progress, CancellationToken cancellation)
    {
        using UsageGate.Pass pass = _gate.Enter();
        if (OnHost(style) is { } pixels)
            return PrepareStyle(pixels, levels, progress, maxMemory, cancellation);
        int[] wanted = Pipeline.Levels.Resolve(levels, Model);
        TensorShape shape = Extended(style.Width, style.Height);
        PicturePlan? plan = Planner(maxMemory, Bytes(style.Width, style.Height, style.Format)).Style(shape, wanted);
        WorkMeter meter = new(MeasureWork(shape, wanted, plan), progress);
        Style? prepared = null;
        InSmallerTiles(shape, wanted, measureOnly: true, plan, meter, tiles => prepared = Measure(style, shape, wanted, tiles, meter, cancellation));
        cancellation.ThrowIfCancellationRequested();
        StyleStatistics.MakeReady(_backend, prepared!.Statistics.Values);
        return prepared;
    }

    /// <summary>As the method for pixels of the host.</summary>
    /// <param name="result">Of the content's size and format; may be the same memory.</param>
    internal void Stylize(
        IDevicePicture content, Style style, IDevicePicture result, StylizeOptions? options, IProgress<StylizeProgress>? progress,
        CancellationToken cancellation)
    {
        using UsageGate.Pass pass = _gate.Enter();
        (int[] levels, double strength) = Check(options, style);
        if (OnHost(content) is { } pixels)
        {
            Stylize(pixels, style, pixels.Bytes, pixels.Stride, pixels.Format, options, progress, cancellation);
            result.Upload(pixels);
            return;
        }

        TensorShape shape = Extended(content.Width, content.Height);
        PicturePlan? plan = Planner(options?.MaxMemory, 2 * Bytes(content.Width, content.Height, content.Format)).Content(shape, levels);
        WorkMeter meter = new(RunWork(shape, levels, plan), progress);
        // The result may be the content's own memory: once it is written to, there is no content to begin with again.
        bool stores = false;
        InSmallerTiles(
            shape, levels, measureOnly: false, plan, meter, tiles => Run(content, shape, style, levels, strength, result, tiles, meter, ref stores, cancellation),
            () => stores);
    }

    // What hidden colors become depends on the whole picture, and premultiplied ones are divided first: the host does both. Whether a pixel is
    // hidden is looked up there too. Null where the picture can stay on the device.
    private static PixelImage? OnHost(IDevicePicture picture)
    {
        if (!picture.Format.HasAlpha())
            return null;
        PixelImage image = picture.Download();
        return picture.Format.IsPremultiplied() || Visibility.Of(image) is not null ? image : null;
    }

    private Style Measure(IDevicePicture style, TensorShape shape, int[] levels, PicturePlan? plan, WorkMeter meter, CancellationToken cancellation)
    {
        using Cascade.Use use = _cascade.Enter();
        if (plan is not null)
        {
            using KeptPicture picture = Keep(style, shape, margin: 0);
            return new Style(Model, new TiledCascade(_backend, _cascade, meter, cancellation).Measure(picture, plan));
        }

        using Tensor image = Load(style, shape);
        return new Style(Model, _cascade.Measure(image, levels, meter, cancellation));
    }

    private void Run(
        IDevicePicture content, TensorShape shape, Style style, int[] levels, double strength, IDevicePicture result, PicturePlan? plan, WorkMeter meter,
        ref bool stores, CancellationToken cancellation)
    {
        using Cascade.Use use = _cascade.Enter();
        if (plan is null)
        {
            using Tensor image = _cascade.Run(Load(content, shape), levels, style.Statistics, strength, meter, cancellation);
            // The last report may have been what made somebody cancel: nothing is written then.
            cancellation.ThrowIfCancellationRequested();
            stores = true;
            if (result.Format.HasAlpha())
                result.TakeAlpha(content);
            result.Store(image, 0, result.Height);
            return;
        }

        using KeptPicture picture = Keep(content, shape, plan.Margin);
        new TiledCascade(_backend, _cascade, meter, cancellation).Run(picture, plan, style.Statistics, strength);
        cancellation.ThrowIfCancellationRequested();
        stores = true;
        if (result.Format.HasAlpha())
            result.TakeAlpha(content);
        foreach ((int first, int count) in RowBands.Of(result.Height, SideGrain))
        {
            Area area = new(new Stretch(first, first + count), new Stretch(0, shape.Width));
            using Tensor rows = _backend.Allocate(area.Shape(shape.Channels));
            picture.Read(area, rows);
            result.Store(rows, first, count);
        }
    }

    // As for pictures of the host: where the device lacks memory that it said to have, the picture goes on in tiles, and in smaller ones.
    private void InSmallerTiles(
        TensorShape image, int[] levels, bool measureOnly, PicturePlan? plan, WorkMeter meter, Action<PicturePlan?> run, Func<bool>? isTooLate = null)
    {
        while (true)
        {
            double begun = meter.Done;
            try
            {
                run(plan);
                return;
            }
            catch (OutOfMemoryException error)
            {
                if (isTooLate?.Invoke() == true || Smaller(plan, image, levels, measureOnly, error) is not { } smaller)
                    throw;
                meter.Replace(begun, Work(plan), Work(smaller));
                plan = smaller;
            }
        }

        double Work(PicturePlan? tiles) => measureOnly ? MeasureWork(image, levels, tiles) : RunWork(image, levels, tiles);
    }

    private Tensor Load(IDevicePicture picture, TensorShape shape)
    {
        Tensor image = _backend.Allocate(shape);
        try
        {
            picture.Load(0, picture.Height, image);
            return image;
        }
        catch
        {
            image.Dispose();
            throw;
        }
    }

    private KeptPicture Keep(IDevicePicture picture, TensorShape shape, int margin)
    {
        KeptPicture kept = new(_backend, shape, margin);
        try
        {
            foreach ((int first, int count) in RowBands.Of(picture.Height, SideGrain))
            {
                // The last band brings the rows below the picture.
                Area area = new(new Stretch(first, first + count == picture.Height ? shape.Height : first + count), new Stretch(0, shape.Width));
                using Tensor rows = _backend.Allocate(area.Shape(shape.Channels));
                picture.Load(first, count, rows);
                kept.Write(rows, area, area);
            }

            return kept;
        }
        catch
        {
            kept.Dispose();
            throw;
        }
    }
}
