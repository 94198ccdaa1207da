using Wct.Kernels;
using Wct.Net.Colors;
using Wct.Net.Pipeline;
using Wct.Net.Pipeline.Tiling;
using Wct.Net.Transforms;
using Wct.Net.Transparency;

namespace Wct.Net;

// The implementation that the public methods share.
public sealed partial class StyleTransfer
{
    /// <summary>Pictures are extended until their sides are multiples of this.</summary>
    /// <remarks>The encoder pools four times, and 2^4 = 16. If the sides are multiples of 16, floor and ceil pooling agree, and decoded
    /// pictures have the size of the input.</remarks>
    internal const int SideGrain = 16;

    private RunSettings Check(StylizeOptions? options) => RunSettings.Of(options ?? new StylizeOptions(), Model);

    // 'comparesModels' is false on the thread that makes an asynchronous call: the fingerprint of another model takes as long as hashing
    // its weights. The call compares the models when it runs.
    private RunSettings Check(StylizeOptions? options, PreparedStyle style, bool comparesModels = true)
    {
        ArgumentNullException.ThrowIfNull(style);
        RunSettings settings = Check(options);
        Check(style, settings, nameof(style), comparesModels);
        return settings;
    }

    private RunSettings Check(
        StylizeOptions? options, IReadOnlyList<StyleRegion> regions, int width, int height, bool comparesModels = true)
    {
        ArgumentNullException.ThrowIfNull(regions);
        RunSettings settings = Check(options);
        if (regions.Count == 0)
            throw new ArgumentException("There are no regions.", nameof(regions));
        for (int i = 0; i < regions.Count; i++)
        {
            StyleRegion region = regions[i];
            if (region?.Style is null)
                throw new ArgumentException($"Region {i} is null or has no style.", nameof(regions));
            Check(region.Style, settings, nameof(regions), comparesModels);
            if (region.Strength is { } strength)
                RunSettings.CheckStrength(strength, $"The strength of region {i}", nameof(regions));
            if (region.Mask is { } mask)
                CheckSize(mask, width, height, $"The mask of region {i}", "the content", nameof(regions));
        }

        return settings;
    }

    // 'name' is the parameter of the public method.
    private void Check(PreparedStyle style, RunSettings settings, string name, bool comparesModels = true)
    {
        if (comparesModels && style.Model != Model && style.Model.Fingerprint != Model.Fingerprint)
            throw new ModelMismatchException("The style", style.Model.Fingerprint, Model.Fingerprint);
        settings.CheckColors(style.IsRecolored, name);
        foreach (LevelRun run in settings.Runs)
        {
            if (style.IsNone && run.Transform.UsesStyle)
            {
                throw new ArgumentException(
                    $"The transform '{run.Transform.Name}' at level {run.Level} uses a style, and the style is PreparedStyle.None.", name);
            }

            if (!style.Levels.Contains(run.Level))
                throw new ArgumentException(
                    $"The style was measured at the levels {string.Join(", ", style.Levels)}, not at {run.Level}.", name);
            if (run.Transform.UsesFeatures && style.Parts.Any(part => part.Levels[run.Level] is { IsEmpty: false, Features: null }))
                throw new ArgumentException(
                    $"The transform '{run.Transform.Name}' needs the style's features at level {run.Level}, and the style was prepared "
                        + "without them. Prepare it with this transform, and mix features rather than covariances.",
                    name);
        }
    }

    private static void CheckSize(StyleMask mask, int width, int height, string what, string other, string name)
    {
        if (mask.Width != width || mask.Height != height)
            throw new ArgumentException($"{what} has {mask.Width}x{mask.Height} pixels, {other} has {width}x{height}.", name);
    }

    private static void CheckMask(StyleMask? mask, int width, int height)
    {
        if (mask is null)
            return;
        CheckSize(mask, width, height, "The style's mask", "the style", nameof(mask));
        if (!mask.Shares.ContainsAnyExcept((byte)0))
            throw new ArgumentException("The style's mask has no share at any pixel.", nameof(mask));
    }

    private static void Check(StylePreparation preparation, RunSettings settings, int width, int height)
    {
        CheckMask(preparation.Mask, width, height);
        if (preparation.ContentColors is null)
            settings.CheckColors(isRecolored: false, "contentColors");
    }

    private static StyleUse[] Uses(IReadOnlyList<StyleRegion> regions) =>
        [.. regions.Select(region => new StyleUse(region.Style, region.Mask, region.Strength))];

    private TilePlanner Planner(long? budget, long outside, LevelDemands demands)
    {
        TilePlanner planner = new(
            _backend, _cascade, new MemoryNeeds(_backend, Model, _cascade, outside, demands), budget, _backend.DeviceMemoryBudget,
            usable: null, demands);
        // Warns only once, because each call creates several planners and all calls would give the same warning.
        if (planner.Warning is { } warning && Interlocked.Exchange(ref _warnedOfBudget, 1) == 0)
            _warning?.Invoke(warning);
        return planner;
    }

    // What the transforms need for styles that were measured before.
    private static LevelDemands Demands(RunSettings settings, IReadOnlyList<StyleUse> styles) => new(
        settings, styles.Count, styles.Sum(use => use.Style.Parts.Count), styles.Any(use => use.Shown is not null),
        level => styles.SelectMany(use => use.Style.Parts).Select(part => part.Levels[level].Features).OfType<StyleFeatures>()
            .Select(features => new TensorShape(features.Channels, features.Height, features.Width)));

    // What the transforms need for one style, a picture that is measured in the same call.
    private LevelDemands Demands(RunSettings settings, TensorShape style)
    {
        CheckFeatures(settings, style);
        return new LevelDemands(settings, regions: 1, parts: 1, isMasked: false, level => Kept(settings, level, style));
    }

    // The features of a style that are kept at a level.
    private IEnumerable<TensorShape> Kept(RunSettings settings, int level, TensorShape style) =>
        settings.UsesFeatures(level) ? [_cascade.Tiles(level, style).Features] : [];

    // Memory in bytes of the features that a style keeps at all levels.
    private long KeptBytes(RunSettings settings, TensorShape style) =>
        sizeof(float) * settings.Levels.Distinct().SelectMany(level => Kept(settings, level, style)).Sum(features => features.Length);

    private void CheckFeatures(RunSettings settings, TensorShape style)
    {
        foreach (int level in settings.Levels.Distinct())
        {
            foreach (TensorShape kept in Kept(settings, level, style))
            {
                if (kept.Length > StyleFeatures.MostValues || kept.Pixels > StyleFeatures.MostPixels)
                {
                    throw new ArgumentException(
                        $"The style's features at level {level} are {kept}; a transform that keeps them can use {StyleFeatures.MostPixels} "
                            + $"pixels and {StyleFeatures.MostValues} numbers. Use a smaller style, or this transform at deeper levels.",
                        nameof(style));
                }
            }
        }
    }

    private double MeasureWork(TensorShape image, int[] levels, PicturePlan? plan) =>
        plan?.Operations(measureOnly: true) ?? _cascade.MeasureOperations(image, levels);

    private double RunWork(TensorShape image, int[] levels, PicturePlan? plan) =>
        plan?.Operations(measureOnly: false) ?? _cascade.RunOperations(image, levels);

    private PreparedStyle Prepare<TSource>(
        TSource style, StylePreparation preparation, long bytes, StylizeOptions? options, IProgress<StylizeProgress>? progress,
        CancellationToken cancellationToken)
        where TSource : IPictureSource, allows ref struct
    {
        RunSettings settings = Check(options);
        TensorShape shape = Extended(style.Width, style.Height);
        Check(preparation, settings, style.Width, style.Height);
        PicturePlan? plan = Planner(options?.MaxMemory, bytes, Demands(settings, shape)).Style(shape, settings.Levels);
        WorkMeter meter = new(MeasureWork(shape, settings.Levels, plan), progress);
        return WithRoots(Measure(style, preparation, settings, plan, meter, cancellationToken), settings, cancellationToken);
    }

    // Computes what the transform needs of the style, so that the first picture doesn't have to.
    private PreparedStyle WithRoots(PreparedStyle style, RunSettings settings, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        StyleMoments.Prepare(_backend, Uses(settings, style));
        return style;
    }

    // Each level of a style with each transform that will use it.
    private static IEnumerable<(FeatureTransform Transform, StyleMoments Level)> Uses(RunSettings settings, PreparedStyle style) =>
        settings.Runs.Select(run => (run.Transform, style.Moments[run.Level])).Distinct();

    private PreparedStyle MeasureOnce<TSource>(
        TSource style, StylePreparation preparation, RunSettings settings, PicturePlan? plan, WorkMeter meter,
        CancellationToken cancellationToken)
        where TSource : IPictureSource, allows ref struct
    {
        using Cascade.Use use = _cascade.Enter();
        Visibility? visibility = style.FindVisibility();
        CheckVisible(visibility);
        CascadeRun run = new(_backend, _cascade, meter, visibility, cancellationToken);
        if (plan is not null)
        {
            using KeptPicture picture = Keep(style, margin: 0, visibility);
            if (settings.Recolors)
                Recolor(picture, style.Width, style.Height, visibility, preparation.ContentColors!, settings);
            return new PreparedStyle(Model, run.Measure(new TiledPicture(run, picture), plan, preparation.Mask, settings.UsesFeatures))
            {
                IsRecolored = settings.Recolors,
            };
        }

        plan = _cascade.WholePlan(Extended(style.Width, style.Height), settings.Levels.Distinct());
        Tensor image = Load(style, visibility);
        if (settings.Recolors)
            image = Recolored(image, style.Width, style.Height, visibility, preparation.ContentColors!, settings);
        using WholePicture whole = new(run, image, plan);
        return new PreparedStyle(Model, run.Measure(whole, plan, preparation.Mask, settings.UsesFeatures))
        {
            IsRecolored = settings.Recolors,
        };
    }

    /// <summary>The beginning of the message for a style without visible pixels.</summary>
    internal const string InvisibleStyle = "The style has no visible pixel";

    // A fully transparent content gives a fully transparent result. A fully transparent style has no statistics, so it is an error.
    private static void CheckVisible(Visibility? style)
    {
        if (style is { HasVisible: false })
        {
            throw new ArgumentException(
                $"{InvisibleStyle}: alpha is 0 at each of its {style.Width}x{style.Height} pixels.", nameof(style));
        }
    }

    private PixelImage Stylize(
        Pixels content, IReadOnlyList<StyleUse> styles, RunSettings settings, PicturePlan? plan, WorkMeter meter,
        CancellationToken cancellationToken)
    {
        PixelImage result = new(content.Width, content.Height, ResultLayout(content.Layout));
        Paint(
            new HostSource(_backend, content), styles, settings,
            new HostTarget(_backend, content, result.Bytes, result.Stride, result.Layout), plan, meter, cancellationToken);
        return result;
    }

    /// <param name="content">The photo.</param>
    /// <param name="styles">The styles, measured at all levels of the settings, and their regions.</param>
    /// <param name="settings">The levels, their strengths and transforms.</param>
    /// <param name="result">Receives the picture.</param>
    /// <param name="plan">The tiles; null to compute the picture whole.</param>
    /// <param name="meter">Counts the work.</param>
    /// <param name="stores">Set to true before the first byte of the result is written.</param>
    /// <param name="cancellationToken">Checked before each layer, and before the first byte of the result is written.</param>
    private void PaintOnce<TSource, TTarget>(
        TSource content, IReadOnlyList<StyleUse> styles, RunSettings settings, TTarget result, PicturePlan? plan, WorkMeter meter,
        ref bool stores, CancellationToken cancellationToken)
        where TSource : IPictureSource, allows ref struct
        where TTarget : IPictureTarget, allows ref struct
    {
        using Cascade.Use use = _cascade.Enter();
        Visibility? visibility = content.FindVisibility();
        Finish? finish = Finish.Of(_backend, settings, content.Width, content.Height);
        CascadeRun run = new(_backend, _cascade, meter, visibility, cancellationToken);
        if (plan is not null)
        {
            using KeptPicture picture = Keep(content, plan.Margin, visibility);
            TiledPicture tiled = new(run, picture);
            if (finish is not null)
                Remember(finish, tiled, content.Width, content.Height);
            run.Stylize(tiled, plan, styles, settings, content.Width, content.Height);
            cancellationToken.ThrowIfCancellationRequested();
            stores = true;
            result.Begin();
            foreach ((int first, int count) in RowBands.Of(content.Height, SideGrain))
            {
                using Tensor rows = finish?.Rows(first, count, tiled.Rows) ?? tiled.Rows(first, count);
                result.Store(rows, first, count);
            }

            result.End();
            return;
        }

        using WholePicture whole = new(run, Load(content, visibility));
        if (finish is not null)
            Remember(finish, whole, content.Width, content.Height);
        PicturePlan all = _cascade.WholePlan(Extended(content.Width, content.Height), settings.Levels);
        run.Stylize(whole, all, styles, settings, content.Width, content.Height);
        Tensor image = whole.Result;
        // The caller may have canceled in the last progress report. Then nothing may be written.
        cancellationToken.ThrowIfCancellationRequested();
        stores = true;
        result.Begin();
        if (finish is null)
            result.Store(image, 0, content.Height);
        else
            Store(finish, whole, result);
        result.End();
    }

    private static void Store<TTarget>(Finish finish, WholePicture image, TTarget result)
        where TTarget : IPictureTarget, allows ref struct
    {
        foreach ((int first, int count) in RowBands.Of(finish.Height, SideGrain))
        {
            using Tensor rows = finish.Rows(first, count, image.Rows);
            result.Store(rows, first, count);
        }
    }

    private static PixelLayout ResultLayout(PixelLayout content) => content == PixelLayout.Gray8 ? PixelLayout.Rgb24 : content;

    // Memory of masks and of the features that styles keep.
    private static long Bytes(IReadOnlyList<StyleUse> styles) =>
        styles.Select(use => use.Style).Distinct().Sum(style => style.FeatureBytes)
            + styles.Select(use => use.Mask).Distinct().Sum(mask => (long)(mask?.Shares.Length ?? 0));

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
