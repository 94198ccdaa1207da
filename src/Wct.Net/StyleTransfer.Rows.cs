using Wct.Kernels;
using Wct.Net.Models;
using Wct.Net.Pipeline;
using Wct.Net.Pipeline.Tiling;
using Wct.Net.Transforms;
using Wct.Net.Transparency;

namespace Wct.Net;

// Pictures that come and go by rows: neither needs to be in memory as a whole.
public sealed partial class StyleTransfer
{
    /// <summary>Stylizes a picture that is read and written by rows.</summary>
    /// <param name="content">The photo, of any size.</param>
    /// <param name="style">The painting, of any size; read before the content.</param>
    /// <param name="result">Receives a picture of the content's size and layout (RGB for a gray content) when all is computed; alpha is the content's.</param>
    /// <exception cref="ArgumentException">A strength outside 0..1, a level that the model lacks, a budget of memory that is too small, or
    /// a style without a
    /// visible pixel.</exception>
    /// <exception cref="InsufficientMemoryException">The process can't have the memory that a picture needs at least.</exception>
    /// <exception cref="InvalidDataException">Features overflow: the weights, or the style's numbers, are too large.</exception>
    /// <exception cref="OperationCanceledException">Canceled; nothing was written.</exception>
    /// <remarks>
    /// A picture that fits into the budget is read whole. What readers and writers throw comes out as it is. Where a device lacks memory that it
    /// said to have, a picture that was read whole goes on in tiles; one in tiles can't be read again, and fails. Readers are told what
    /// the budget leaves to them (<see cref="IPixelReader.Limit"/>).
    /// </remarks>
    public void Stylize(
        IPixelReader content, IPixelReader style, IPixelWriter result, StylizeOptions? options = null, IProgress<StylizeProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(style);
        ArgumentNullException.ThrowIfNull(result);
        using UsageGate.Pass pass = _gate.Enter();
        (int[] levels, double strength) = Check(options);
        TensorShape shape = Extended(content.Width, content.Height), styleShape = Extended(style.Width, style.Height);
        PicturePlan? stylePlan = StylePlan(style, styleShape, levels, options?.MaxMemory, content.HeldBytes);
        PicturePlan? plan = ContentPlan(content, shape, levels, options?.MaxMemory);
        WorkMeter meter = new(MeasureWork(styleShape, levels, stylePlan) + RunWork(shape, levels, plan), progress);
        Style measured = Measure(style, levels, stylePlan, meter, cancellation);
        StyleStatistics.Begin(_backend, levels.Select(level => measured.Statistics[level]));
        Stylize(content, measured, levels, strength, result, plan, meter, cancellation);
    }

    /// <summary>Measures a style that is read by rows.</summary>
    /// <param name="style">The painting, of any size.</param>
    /// <param name="levels">The levels that will be used; null for all of the model.</param>
    /// <param name="maxMemory">As <see cref="StylizeOptions.MaxMemory"/>.</param>
    /// <exception cref="ArgumentException">A level that the model lacks, a budget of memory that is too small (the message names the
    /// least), or a style without a visible pixel.</exception>
    /// <exception cref="InsufficientMemoryException">The process can't have the memory that the picture needs at least.</exception>
    /// <exception cref="InvalidDataException">Features overflow: the weights are too large.</exception>
    /// <exception cref="OperationCanceledException">Canceled.</exception>
    /// <remarks>What the reader throws comes out as it is.</remarks>
    public Style PrepareStyle(
        IPixelReader style, IReadOnlyList<int>? levels = null, IProgress<StylizeProgress>? progress = null, long? maxMemory = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(style);
        using UsageGate.Pass pass = _gate.Enter();
        int[] wanted = Pipeline.Levels.Resolve(levels, Model);
        TensorShape shape = Extended(style.Width, style.Height);
        PicturePlan? plan = StylePlan(style, shape, wanted, maxMemory, held: 0);
        WorkMeter meter = new(MeasureWork(shape, wanted, plan), progress);
        Style prepared = Measure(style, wanted, plan, meter, cancellation);
        cancellation.ThrowIfCancellationRequested();
        StyleStatistics.MakeReady(_backend, prepared.Statistics.Values);
        return prepared;
    }

    /// <summary>Stylizes a picture that is read and written by rows, with a style measured before.</summary>
    /// <param name="content">The photo, of any size.</param>
    /// <param name="style">From a PrepareStyle of a model with the same encoders, or from <see cref="Style.Load(string, WctModel)"/>.</param>
    /// <param name="result">Receives a picture of the content's size and layout (RGB for a gray content) when all is computed; alpha is the content's.</param>
    /// <exception cref="ArgumentException">A strength outside 0..1, a level that the model lacks, or at which the style was not measured, or a budget of memory
    /// that is too small.</exception>
    /// <exception cref="InsufficientMemoryException">The process can't have the memory that the picture needs at least.</exception>
    /// <exception cref="ModelMismatchException">Other encoders measured the style.</exception>
    /// <exception cref="InvalidDataException">Features overflow: the weights, or the style's numbers, are too large.</exception>
    /// <exception cref="OperationCanceledException">Canceled; nothing was written.</exception>
    /// <remarks>As for a style that is read by rows.</remarks>
    public void Stylize(
        IPixelReader content, Style style, IPixelWriter result, StylizeOptions? options = null, IProgress<StylizeProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(result);
        using UsageGate.Pass pass = _gate.Enter();
        (int[] levels, double strength) = Check(options, style);
        TensorShape shape = Extended(content.Width, content.Height);
        PicturePlan? plan = ContentPlan(content, shape, levels, options?.MaxMemory);
        WorkMeter meter = new(RunWork(shape, levels, plan), progress);
        Stylize(content, style, levels, strength, result, plan, meter, cancellation);
    }

    // What else is held while the style is read; the reader is told what the budget leaves to it.
    private PicturePlan? StylePlan(IPixelReader style, TensorShape shape, int[] levels, long? budget, long held)
    {
        long bytes = Bytes(style.Width, style.Height, style.Layout);
        TilePlanner planner = Planner(budget, held + bytes + style.HeldBytes);
        PicturePlan? plan = null;
        // What is whole lies in one array.
        if (bytes > Array.MaxLength || !planner.IsWholeStyle(shape, levels))
        {
            planner = Planner(budget, held);
            plan = planner.Tiles(shape, levels, measureOnly: true, style.HeldBytes);
        }

        style.Limit(planner.LeftForReading(plan, style.HeldBytes + RowBands.Bytes(style.Width, SideGrain)));
        return plan;
    }

    private PicturePlan? ContentPlan(IPixelReader content, TensorShape shape, int[] levels, long? budget)
    {
        long bytes = Bytes(content.Width, content.Height, content.Layout), resultBytes = Bytes(content.Width, content.Height, ResultFormat(content.Layout));
        long alpha = content.Layout.HasAlpha() ? bytes / 4 : 0, held = content.HeldBytes;
        // A whole picture has its bytes beside it, and its result's.
        TilePlanner planner = Planner(budget, Math.Max(bytes + resultBytes, bytes + held));
        PicturePlan? plan = null;
        if (resultBytes > Array.MaxLength || !planner.IsWhole(shape, levels))
        {
            planner = Planner(budget, alpha);
            plan = planner.Tiles(shape, levels, measureOnly: false, held);
        }

        content.Limit(planner.LeftForReading(plan, held + RowBands.Bytes(content.Width, SideGrain)));
        return plan;
    }

    private void Stylize(
        IPixelReader content, Style style, int[] levels, double strength, IPixelWriter result, PicturePlan? plan, WorkMeter meter,
        CancellationToken cancellation)
    {
        if (plan is null)
            result.WriteRows(Stylize(Whole(content), style, levels, strength, null, meter, cancellation).Bytes);
        else
            StylizeRows(content, style, strength, result, plan, meter, cancellation);
    }

    private Style Measure(IPixelReader style, int[] levels, PicturePlan? plan, WorkMeter meter, CancellationToken cancellation)
    {
        if (plan is null)
            return Measure(new HostSource(_backend, Whole(style)), levels, null, meter, cancellation);
        using Cascade.Use use = _cascade.Enter();
        using KeptPicture picture = Keep(style, margin: 0, alpha: null, out Visibility? visibility, cancellation);
        CheckVisible(visibility);
        return new Style(Model, new TiledCascade(_backend, _cascade, meter, cancellation, visibility).Measure(picture, plan));
    }

    private void StylizeRows(
        IPixelReader content, Style style, double strength, IPixelWriter result, PicturePlan plan, WorkMeter meter, CancellationToken cancellation)
    {
        using Cascade.Use use = _cascade.Enter();
        PixelLayout layout = ResultFormat(content.Layout);
        List<byte[]> alpha = [];
        using KeptPicture picture = Keep(content, plan.Margin, alpha, out Visibility? visibility, cancellation);
        new TiledCascade(_backend, _cascade, meter, cancellation, visibility).Run(picture, plan, style.Statistics, strength);
        int stride = checked(content.Width * layout.BytesPerPixel()), band = 0;
        byte[] rows = [];
        foreach ((int first, int count) in RowBands.Of(content.Height, SideGrain))
        {
            int length = checked(count * stride);
            if (rows.Length != length)
                rows = new byte[length];
            Store(picture, first, count, content.Width, rows, stride, layout);
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
