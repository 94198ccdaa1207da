using Wct.Kernels;
using Wct.Net.Pipeline;
using Wct.Net.Pipeline.Tiling;
using Wct.Net.Transforms;
using Wct.Net.Transparency;

namespace Wct.Net;

// The implementation that the public methods share.
public sealed partial class StyleTransfer
{
    // The encoder pools four times, and 2^4 = 16. If the sides are multiples of 16, floor and ceil pooling agree, and decoded pictures have
    // the size of the input.
    private const int SideGrain = 16;

    private RunSettings Check(StylizeOptions? options)
    {
        options ??= new StylizeOptions();
        if (!(options.Strength >= 0 && options.Strength <= 1))
            throw new ArgumentException(
                FormattableString.Invariant($"The strength is {options.Strength}; it must lie in 0..1."), nameof(options));
        if (options.Transform is null)
            throw new ArgumentException("The transform is null.", nameof(options));
        return new RunSettings(Pipeline.Levels.Resolve(options.Levels, Model), options.Strength, options.Transform);
    }

    private RunSettings Check(StylizeOptions? options, PreparedStyle style)
    {
        ArgumentNullException.ThrowIfNull(style);
        RunSettings settings = Check(options);
        if (style.Model != Model && style.Model.Fingerprint != Model.Fingerprint)
            throw new ModelMismatchException("The style", style.Model.Fingerprint, Model.Fingerprint);
        foreach (int level in settings.Levels)
        {
            if (!style.Moments.ContainsKey(level))
                throw new ArgumentException(
                    $"The style was measured at the levels {string.Join(", ", style.Levels)}, not at {level}.", nameof(style));
        }

        return settings;
    }

    private TilePlanner Planner(long? budget, long outside)
    {
        TilePlanner planner = new(
            _backend, _cascade, new MemoryNeeds(_backend, Model, _cascade, outside), budget, _backend.DeviceMemoryBudget);
        // Warns only once, because each call creates several planners and all calls would give the same warning.
        if (planner.Warning is { } warning && Interlocked.Exchange(ref _warnedOfBudget, 1) == 0)
            _warning?.Invoke(warning);
        return planner;
    }

    private double MeasureWork(TensorShape image, int[] levels, PicturePlan? plan) =>
        plan?.Operations(measureOnly: true) ?? _cascade.MeasureOperations(image, levels);

    private double RunWork(TensorShape image, int[] levels, PicturePlan? plan) =>
        plan?.Operations(measureOnly: false) ?? _cascade.RunOperations(image, levels);

    private PreparedStyle Prepare<TSource>(
        TSource style, long bytes, StylizeOptions? options, IProgress<StylizeProgress>? progress, CancellationToken cancellationToken)
        where TSource : IPictureSource, allows ref struct
    {
        RunSettings settings = Check(options);
        TensorShape shape = Extended(style.Width, style.Height);
        PicturePlan? plan = Planner(options?.MaxMemory, bytes).Style(shape, settings.Levels);
        WorkMeter meter = new(MeasureWork(shape, settings.Levels, plan), progress);
        return WithRoots(Measure(style, settings.Levels, plan, meter, cancellationToken), settings, cancellationToken);
    }

    // Computes what the transform needs of the style, so that the first picture doesn't have to.
    private PreparedStyle WithRoots(PreparedStyle style, RunSettings settings, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        StyleMoments.Prepare(_backend, settings.Transform, style.Moments.Values);
        return style;
    }

    private PreparedStyle MeasureOnce<TSource>(
        TSource style, int[] levels, PicturePlan? plan, WorkMeter meter, CancellationToken cancellationToken)
        where TSource : IPictureSource, allows ref struct
    {
        using Cascade.Use use = _cascade.Enter();
        Visibility? visibility = style.FindVisibility();
        CheckVisible(visibility);
        CascadeRun run = new(_backend, _cascade, meter, visibility, cancellationToken);
        if (plan is not null)
        {
            using KeptPicture picture = Keep(style, margin: 0, visibility);
            return new PreparedStyle(Model, run.Measure(new TiledPicture(run, picture), plan));
        }

        plan = _cascade.WholePlan(Extended(style.Width, style.Height), levels.Distinct());
        using WholePicture whole = new(run, Load(style, visibility), plan);
        return new PreparedStyle(Model, run.Measure(whole, plan));
    }

    // A fully transparent content gives a fully transparent result. A fully transparent style has no statistics, so it is an error.
    private static void CheckVisible(Visibility? style)
    {
        if (style is { HasVisible: false })
        {
            throw new ArgumentException(
                $"The style has no visible pixel: alpha is 0 at each of its {style.Width}x{style.Height} pixels.", nameof(style));
        }
    }

    private PixelImage Stylize(
        Pixels content, PreparedStyle style, RunSettings settings, PicturePlan? plan, WorkMeter meter, CancellationToken cancellationToken)
    {
        PixelImage result = new(content.Width, content.Height, ResultLayout(content.Layout));
        Paint(
            new HostSource(_backend, content), style, settings,
            new HostTarget(_backend, content, result.Bytes, result.Stride, result.Layout), plan, meter, cancellationToken);
        return result;
    }

    /// <param name="content">The photo.</param>
    /// <param name="style">The style, measured at all levels of the settings.</param>
    /// <param name="settings">The levels, the strength and the transform.</param>
    /// <param name="result">Receives the picture.</param>
    /// <param name="plan">The tiles; null to compute the picture whole.</param>
    /// <param name="meter">Counts the work.</param>
    /// <param name="stores">Set to true before the first byte of the result is written.</param>
    /// <param name="cancellationToken">Checked before each layer, and before the first byte of the result is written.</param>
    private void PaintOnce<TSource, TTarget>(
        TSource content, PreparedStyle style, RunSettings settings, TTarget result, PicturePlan? plan, WorkMeter meter, ref bool stores,
        CancellationToken cancellationToken)
        where TSource : IPictureSource, allows ref struct
        where TTarget : IPictureTarget, allows ref struct
    {
        using Cascade.Use use = _cascade.Enter();
        Visibility? visibility = content.FindVisibility();
        CascadeRun run = new(_backend, _cascade, meter, visibility, cancellationToken);
        if (plan is not null)
        {
            using KeptPicture picture = Keep(content, plan.Margin, visibility);
            run.Stylize(new TiledPicture(run, picture), plan, style.Moments, settings);
            cancellationToken.ThrowIfCancellationRequested();
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

        using WholePicture whole = new(run, Load(content, visibility));
        run.Stylize(whole, _cascade.WholePlan(Extended(content.Width, content.Height), settings.Levels), style.Moments, settings);
        Tensor image = whole.Result;
        // The caller may have canceled in the last progress report. Then nothing may be written.
        cancellationToken.ThrowIfCancellationRequested();
        stores = true;
        result.Begin();
        result.Store(image, 0, content.Height);
        result.End();
    }

    private static PixelLayout ResultLayout(PixelLayout content) => content == PixelLayout.Gray8 ? PixelLayout.Rgb24 : content;

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
