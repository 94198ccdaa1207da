using Wct.Kernels;
using Wct.Net.Colors;
using Wct.Net.Models;
using Wct.Net.Pipeline;
using Wct.Net.Pipeline.Tiling;
using Wct.Net.Transforms;
using Wct.Net.Transparency;

namespace Wct.Net;

// Methods for pictures that are read and written row by row, so that neither picture must be in memory as a whole.
public sealed partial class StyleTransfer
{
    /// <summary>Stylizes a picture that is read and written row by row.</summary>
    /// <param name="content">The photo; 2^31 - 1 pixels at most, after its sides are rounded up to multiples of 16.</param>
    /// <param name="style">The painting, read before the content; 2^31 - 1 pixels at most, after its sides are rounded up to multiples of
    /// 16.</param>
    /// <param name="result">Receives the picture after all of it was computed. It has the content's size, layout (RGB for a gray content)
    /// and alpha.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <param name="progress">Receives reports on the calling thread; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentNullException"><paramref name="content"/>, <paramref name="style"/> or <paramref name="result"/> is
    /// null.</exception>
    /// <exception cref="ArgumentException">The strength is outside 0..1, the transform is null, the list of levels is empty or has one that
    /// the model lacks, the memory budget is too small (the message gives the minimum), a picture is too large, a layout is not defined, or
    /// the style has no visible pixel.</exception>
    /// <exception cref="OverflowException">A picture's side is above 2^31 - 16, or 79 of its rows take more than 2^31 - 1
    /// bytes.</exception>
    /// <exception cref="InsufficientMemoryException">A picture needs more memory than the process or the device can have, even in
    /// tiles.</exception>
    /// <exception cref="InvalidDataException">Features overflow, because the weights or the style's numbers are too large.</exception>
    /// <exception cref="InvalidOperationException">The transform returned null, or a map with another number of channels than the
    /// features.</exception>
    /// <exception cref="ArithmeticException">The eigensolver failed, or gave numbers that can't be used.</exception>
    /// <exception cref="Kernels.Gpu.GpuException">The GPU's driver reports an error.</exception>
    /// <exception cref="OperationCanceledException">Canceled; nothing was written.</exception>
    /// <exception cref="ObjectDisposedException">The transfer was disposed of.</exception>
    /// <remarks>
    /// A picture that fits the budget is read whole. Exceptions of readers and writers pass through unchanged. If the device runs out of
    /// memory that it had reported, a picture that was read whole is computed again in tiles; one that was read in tiles can't be read
    /// again, so the call fails. <see cref="IPixelReader.Limit"/> tells readers how much of the budget remains for them.
    /// </remarks>
    public void Stylize(
        IPixelReader content, IPixelReader style, IPixelWriter result, StylizeOptions? options = null,
        IProgress<StylizeProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(style);
        ArgumentNullException.ThrowIfNull(result);
        using UsageGate.Pass pass = _gate.Enter();
        RunSettings settings = Check(options);
        // The style is read before the content, whose colors are not known then.
        settings.CheckColors(isRecolored: false, nameof(style));
        if (Scales(options, out double scale, out options))
            style = new ImageReader(Scaled(style, scale, options?.MaxMemory));
        TensorShape shape = Extended(content.Width, content.Height), styleShape = Extended(style.Width, style.Height);
        LevelDemands demands = Demands(settings, styleShape);
        PicturePlan? stylePlan = StylePlan(style, styleShape, settings.Levels, demands, options?.MaxMemory, content.HeldBytes);
        PicturePlan? plan = ContentPlan(
            content, shape, settings.Levels, demands, options?.MaxMemory,
            FinishBytes(settings, content.Width, content.Height) + KeptBytes(settings, styleShape));
        WorkMeter meter = new(MeasureWork(styleShape, settings.Levels, stylePlan) + RunWork(shape, settings.Levels, plan), progress);
        PreparedStyle measured = Measure(style, default, settings, stylePlan, meter, cancellationToken);
        StyleMoments.Begin(_backend, Uses(settings, measured));
        Stylize(content, [new StyleUse(measured)], settings, result, plan, meter, cancellationToken);
    }

    /// <summary>Measures a style that is read row by row.</summary>
    /// <param name="style">The painting; 2^31 - 1 pixels at most, after its sides are rounded up to multiples of 16.</param>
    /// <param name="options">The levels to measure, the memory budget, and the transform to prepare for; null for the defaults. The
    /// strength is checked, but not used.</param>
    /// <param name="progress">Receives reports on the calling thread; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentNullException"><paramref name="style"/> is null.</exception>
    /// <exception cref="ArgumentException">The strength is outside 0..1, the transform is null, the list of levels is empty or has one that
    /// the model lacks, the memory budget is too small (the message gives the minimum), the layout is not defined, or the style is too
    /// large or has no visible pixel.</exception>
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
        IPixelReader style, StylizeOptions? options = null, IProgress<StylizeProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        PrepareStyle(style, default(StylePreparation), options, progress, cancellationToken);

    private PreparedStyle PrepareStyle(
        IPixelReader style, StylePreparation preparation, StylizeOptions? options, IProgress<StylizeProgress>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(style);
        using UsageGate.Pass pass = _gate.Enter();
        if (Scales(options, out double scale, out StylizeOptions? rest))
        {
            Check(preparation, Check(options), style.Width, style.Height);
            Pixels scaled = Scaled(style, scale, options?.MaxMemory);
            return PrepareStyle(scaled, Scaled(preparation, scale), rest, progress, cancellationToken);
        }

        RunSettings settings = Check(options);
        TensorShape shape = Extended(style.Width, style.Height);
        Check(preparation, settings, style.Width, style.Height);
        PicturePlan? plan = StylePlan(
            style, shape, settings.Levels, Demands(settings, shape), options?.MaxMemory, held: preparation.Mask?.Shares.Length ?? 0);
        WorkMeter meter = new(MeasureWork(shape, settings.Levels, plan), progress);
        return WithRoots(Measure(style, preparation, settings, plan, meter, cancellationToken), settings, cancellationToken);
    }

    /// <summary>Stylizes a picture that is read and written row by row, with a style that was measured before.</summary>
    /// <param name="content">The photo; 2^31 - 1 pixels at most, after its sides are rounded up to multiples of 16.</param>
    /// <param name="style">From PrepareStyle of a model with the same encoders, or from
    /// <see cref="PreparedStyle.Load(string, WctModel)"/>.</param>
    /// <param name="result">Receives the picture after all of it was computed. It has the content's size, layout (RGB for a gray content)
    /// and alpha.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <param name="progress">Receives reports on the calling thread; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentNullException"><paramref name="content"/>, <paramref name="style"/> or <paramref name="result"/> is
    /// null.</exception>
    /// <exception cref="ArgumentException">The strength is outside 0..1, the transform is null, the list of levels is empty or has one that
    /// the model lacks or at which the style was not measured, the memory budget is too small (the message gives the minimum), the content
    /// is too large, or its layout is not defined.</exception>
    /// <exception cref="OverflowException">A picture's side is above 2^31 - 16, or 79 of its rows take more than 2^31 - 1
    /// bytes.</exception>
    /// <exception cref="InsufficientMemoryException">The picture needs more memory than the process or the device can have, even in
    /// tiles.</exception>
    /// <exception cref="ModelMismatchException">Other encoders measured the style.</exception>
    /// <exception cref="InvalidDataException">Features overflow, because the weights or the style's numbers are too large.</exception>
    /// <exception cref="InvalidOperationException">The transform returned null, or a map with another number of channels than the
    /// features.</exception>
    /// <exception cref="ArithmeticException">The eigensolver failed, or gave numbers that can't be used.</exception>
    /// <exception cref="Kernels.Gpu.GpuException">The GPU's driver reports an error.</exception>
    /// <exception cref="OperationCanceledException">Canceled; nothing was written.</exception>
    /// <exception cref="ObjectDisposedException">The transfer was disposed of.</exception>
    /// <remarks>Reading, writing and lack of memory are handled as in the method that reads the style row by row.</remarks>
    public void Stylize(
        IPixelReader content, PreparedStyle style, IPixelWriter result, StylizeOptions? options = null,
        IProgress<StylizeProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(result);
        using UsageGate.Pass pass = _gate.Enter();
        Stylize(content, [new StyleUse(style)], result, held: 0, Check(options, style), options, progress, cancellationToken);
    }

    // 'held' is the memory in bytes that the writer holds.
    private void Stylize(
        IPixelReader content, StyleUse[] styles, IPixelWriter result, long held, RunSettings settings, StylizeOptions? options,
        IProgress<StylizeProgress>? progress, CancellationToken cancellationToken)
    {
        TensorShape shape = Extended(content.Width, content.Height);
        PicturePlan? plan = ContentPlan(
            content, shape, settings.Levels, Demands(settings, styles), options?.MaxMemory,
            held + Bytes(styles) + FinishBytes(settings, content.Width, content.Height));
        WorkMeter meter = new(RunWork(shape, settings.Levels, plan), progress);
        Stylize(content, styles, settings, result, plan, meter, cancellationToken);
    }

    // Plans the style's tiles and limits the reader to the rest of the budget. 'held' is the memory in bytes that the content's reader
    // holds meanwhile.
    private PicturePlan? StylePlan(
        IPixelReader style, TensorShape shape, int[] levels, LevelDemands demands, long? budget, long held)
    {
        long bytes = Bytes(style.Width, style.Height, style.Layout);
        TilePlanner planner = Planner(budget, held + bytes + style.HeldBytes, demands);
        PicturePlan? plan = null;
        // A picture that is read whole lies in one array.
        if (bytes > Array.MaxLength || !planner.IsWholeStyle(shape, levels))
        {
            planner = Planner(budget, held, demands);
            plan = planner.Tiles(shape, levels, measureOnly: true, style.HeldBytes);
        }

        style.Limit(planner.LeftForReading(plan, style.HeldBytes + RowBands.Bytes(style.Width, SideGrain)));
        return plan;
    }

    // 'others' is the memory in bytes of masks, prepared styles, the writer, and of finishing the result.
    private PicturePlan? ContentPlan(
        IPixelReader content, TensorShape shape, int[] levels, LevelDemands demands, long? budget, long others)
    {
        long bytes = Bytes(content.Width, content.Height, content.Layout),
            resultBytes = Bytes(content.Width, content.Height, ResultLayout(content.Layout));
        long alpha = content.Layout.HasAlpha() ? bytes / 4 : 0, held = content.HeldBytes;
        // The pixels of a whole picture are in memory together with those of its result.
        TilePlanner planner = Planner(budget, others + Math.Max(bytes + resultBytes, bytes + held), demands);
        PicturePlan? plan = null;
        if (resultBytes > Array.MaxLength || !planner.IsWhole(shape, levels))
        {
            planner = Planner(budget, others + alpha, demands);
            plan = planner.Tiles(shape, levels, measureOnly: false, held);
        }

        content.Limit(planner.LeftForReading(plan, held + RowBands.Bytes(content.Width, SideGrain)));
        return plan;
    }

    private void Stylize(
        IPixelReader content, IReadOnlyList<StyleUse> styles, RunSettings settings, IPixelWriter result, PicturePlan? plan, WorkMeter meter,
        CancellationToken cancellationToken)
    {
        if (plan is null)
            result.WriteRows(Stylize(Whole(content), styles, settings, null, meter, cancellationToken).Bytes);
        else
            StylizeRows(content, styles, settings, result, plan, meter, cancellationToken);
    }

    private PreparedStyle Measure(
        IPixelReader style, StylePreparation preparation, RunSettings settings, PicturePlan? plan, WorkMeter meter,
        CancellationToken cancellationToken)
    {
        if (plan is null)
            return Measure(new HostSource(_backend, Whole(style)), preparation, settings, null, meter, cancellationToken);
        using Cascade.Use use = _cascade.Enter();
        using KeptPicture picture = Keep(style, margin: 0, alpha: null, out Visibility? visibility, cancellationToken);
        CheckVisible(visibility);
        if (settings.Recolors)
            Recolor(picture, style.Width, style.Height, visibility, preparation.ContentColors!, settings);
        CascadeRun run = new(_backend, _cascade, meter, visibility, cancellationToken);
        return new PreparedStyle(Model, run.Measure(new TiledPicture(run, picture), plan, preparation.Mask, settings.UsesFeatures))
        {
            IsRecolored = settings.Recolors,
        };
    }

    private void StylizeRows(
        IPixelReader content, IReadOnlyList<StyleUse> styles, RunSettings settings, IPixelWriter result, PicturePlan plan, WorkMeter meter,
        CancellationToken cancellationToken)
    {
        using Cascade.Use use = _cascade.Enter();
        PixelLayout layout = ResultLayout(content.Layout);
        List<byte[]> alpha = [];
        TensorShape shape = Extended(content.Width, content.Height);
        KeptPicture memory = plan.Wraps ? new WrappedPicture(_backend, shape) : new ShiftedPicture(_backend, shape, plan.Margin);
        using KeptPicture picture = Keep(content, memory, alpha, out Visibility? visibility, cancellationToken);
        CascadeRun run = new(_backend, _cascade, meter, visibility, cancellationToken);
        Finish? finish = Finish.Of(_backend, settings, content.Width, content.Height);
        TiledPicture tiled = new(run, picture);
        if (finish is not null)
            Remember(finish, tiled, content.Width, content.Height);
        run.Stylize(tiled, plan, styles, settings, content.Width, content.Height);
        int stride = checked(content.Width * layout.BytesPerPixel()), band = 0;
        byte[] rows = [];
        foreach ((int first, int count) in RowBands.Of(content.Height, SideGrain))
        {
            int length = checked(count * stride);
            if (rows.Length != length)
                rows = new byte[length];
            using (Tensor image = finish?.Rows(first, count, tiled.Rows) ?? tiled.Rows(first, count))
                _backend.StorePixels(image, rows, content.Width, count, stride, layout);
            if (layout.HasAlpha())
                Alpha.Put(alpha[band++], rows);
            if (layout.IsPremultiplied())
                Premultiplied.Multiply(rows);
            result.WriteRows(rows);
        }
    }

    private static PixelImage Whole(IPixelReader reader)
    {
        PixelImage image = new(reader.Width, reader.Height, reader.Layout);
        reader.ReadRows(image.Bytes);
        return image;
    }
}
