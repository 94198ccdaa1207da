using Wct.Kernels;
using Wct.Net.Pipeline;
using Wct.Net.Pipeline.Tiling;
using Wct.Net.Transforms;
using Wct.Net.Transparency;

namespace Wct.Net;

// What stands behind the public door; arguments were checked there.
public sealed partial class StyleTransfer
{
    // Four poolings: with sides of whole multiples, floor and ceil pooling agree, and decoded maps have the picture's size.
    private const int SideGrain = 16;

    private (int[] Levels, double Strength) Check(StylizeOptions? options)
    {
        options ??= new StylizeOptions();
        if (!(options.Strength >= 0 && options.Strength <= 1))
            throw new ArgumentException(FormattableString.Invariant($"The strength is {options.Strength}; it must lie in 0..1."), nameof(options));
        return (Pipeline.Levels.Resolve(options.Levels, Model), options.Strength);
    }

    private (int[] Levels, double Strength) Check(StylizeOptions? options, Style style)
    {
        ArgumentNullException.ThrowIfNull(style);
        (int[] levels, double strength) = Check(options);
        if (style.Model != Model && style.Model.Fingerprint != Model.Fingerprint)
            throw new ModelMismatchException("The style", style.Model.Fingerprint, Model.Fingerprint);
        foreach (int level in levels)
        {
            if (!style.Statistics.ContainsKey(level))
                throw new ArgumentException($"The style was measured at the levels {string.Join(", ", style.Levels)}, not at {level}.", nameof(style));
        }

        return (levels, strength);
    }

    private TilePlanner Planner(long? budget, long outside)
    {
        TilePlanner planner = new(_backend, _cascade, new MemoryNeeds(_backend, Model, _cascade, outside), budget, _backend.OwnMemory);
        // A call makes several planners, and calls are alike: once says it all.
        if (planner.Warning is { } warning && Interlocked.Exchange(ref _warnedOfBudget, 1) == 0)
            _warning?.Invoke(warning);
        return planner;
    }

    private double MeasureWork(TensorShape image, int[] levels, PicturePlan? plan) =>
        plan?.Operations(measureOnly: true) ?? _cascade.MeasureOperations(image, levels);

    private double RunWork(TensorShape image, int[] levels, PicturePlan? plan) =>
        plan?.Operations(measureOnly: false) ?? _cascade.RunOperations(image, levels);

    private Style Prepare<TSource>(
        TSource style, long bytes, IReadOnlyList<int>? levels, IProgress<StylizeProgress>? progress, long? maxMemory, CancellationToken cancellation)
        where TSource : IPictureSource, allows ref struct
    {
        int[] wanted = Pipeline.Levels.Resolve(levels, Model);
        TensorShape shape = Extended(style.Width, style.Height);
        PicturePlan? plan = Planner(maxMemory, bytes).Style(shape, wanted);
        WorkMeter meter = new(MeasureWork(shape, wanted, plan), progress);
        Style prepared = Measure(style, wanted, plan, meter, cancellation);
        cancellation.ThrowIfCancellationRequested();
        StyleStatistics.MakeReady(_backend, prepared.Statistics.Values);
        return prepared;
    }

    private Style MeasureOnce<TSource>(TSource style, int[] levels, PicturePlan? plan, WorkMeter meter, CancellationToken cancellation)
        where TSource : IPictureSource, allows ref struct
    {
        using Cascade.Use use = _cascade.Enter();
        Visibility? visibility = style.FindVisibility();
        CheckVisible(visibility);
        if (plan is not null)
        {
            using KeptPicture picture = Keep(style, margin: 0, visibility);
            return new Style(Model, new TiledCascade(_backend, _cascade, meter, cancellation, visibility).Measure(picture, plan));
        }

        using Tensor image = Load(style, visibility);
        return new Style(Model, _cascade.Measure(image, levels, meter, cancellation, visibility));
    }

    // A content of which nothing can be seen has a result of which nothing can be seen; such a style has nothing to give.
    private static void CheckVisible(Visibility? style)
    {
        if (style is { HasVisible: false })
        {
            throw new ArgumentException(
                $"The style has no visible pixel: alpha is 0 at each of its {style.Width}x{style.Height} pixels.", nameof(style));
        }
    }

    private PixelImage Stylize(
        Pixels content, Style style, int[] levels, double strength, PicturePlan? plan, WorkMeter meter, CancellationToken cancellation)
    {
        PixelImage result = new(content.Width, content.Height, ResultFormat(content.Layout));
        Paint(
            new HostSource(_backend, content), style, levels, strength,
            new HostTarget(_backend, content, result.Bytes, result.Stride, result.Layout), plan, meter, cancellation);
        return result;
    }

    /// <param name="stores">Becomes true as soon as the result is written to.</param>
    private void PaintOnce<TSource, TTarget>(
        TSource content, Style style, int[] levels, double strength, TTarget result, PicturePlan? plan, WorkMeter meter, ref bool stores,
        CancellationToken cancellation)
        where TSource : IPictureSource, allows ref struct
        where TTarget : IPictureTarget, allows ref struct
    {
        using Cascade.Use use = _cascade.Enter();
        Visibility? visibility = content.FindVisibility();
        if (plan is not null)
        {
            using KeptPicture picture = Keep(content, plan.Margin, visibility);
            new TiledCascade(_backend, _cascade, meter, cancellation, visibility).Run(picture, plan, style.Statistics, strength);
            cancellation.ThrowIfCancellationRequested();
            stores = true;
            result.Begin();
            foreach ((int first, int count) in RowBands.Of(content.Height, SideGrain))
            {
                using Tensor rows = Read(picture, first, count);
                result.Store(rows, first, count);
            }

            result.End();
            return;
        }

        using Tensor image = _cascade.Run(Load(content, visibility), levels, style.Statistics, strength, meter, cancellation, visibility);
        // The last report may have been what made somebody cancel: nothing is written then.
        cancellation.ThrowIfCancellationRequested();
        stores = true;
        result.Begin();
        result.Store(image, 0, content.Height);
        result.End();
    }

    private static PixelLayout ResultFormat(PixelLayout content) => content == PixelLayout.Gray8 ? PixelLayout.Rgb24 : content;

    private static long Bytes(int width, int height, PixelLayout layout) => (long)width * height * layout.BytesPerPixel();

    private Tensor Load<TSource>(TSource picture, Visibility? visibility)
        where TSource : IPictureSource, allows ref struct
    {
        Tensor image = _backend.Allocate(Extended(picture.Width, picture.Height));
        try
        {
            picture.Load(visibility, image);
            return image;
        }
        catch
        {
            image.Dispose();
            throw;
        }
    }

    private static TensorShape Extended(Pixels pixels) => Extended(pixels.Width, pixels.Height);

    private static TensorShape Extended(int width, int height) => new(3, Extended(height), Extended(width));

    private static int Extended(int side) => checked(side + SideGrain - 1) / SideGrain * SideGrain;
}
