using Wct.Kernels;
using Wct.Net.Pipeline;
using Wct.Net.Pipeline.Tiling;
using Wct.Net.Transforms;

namespace Wct.Net;

// Pictures that come and go by rows: neither needs to be in memory as a whole.
public sealed partial class StyleTransfer
{
    /// <summary>Stylises a picture that is read and written by rows.</summary>
    /// <param name="content">The photo, of any size.</param>
    /// <param name="style">The painting, of any size; read before the content.</param>
    /// <param name="result">Receives a picture of the content's size and format (RGB for a grey content) when all is computed; alpha is the content's.</param>
    /// <exception cref="ArgumentException">A strength outside 0..1, a level that the model lacks, or a budget of memory that is too small.</exception>
    /// <exception cref="InvalidDataException">Features overflow: the weights, or the style's numbers, are too large.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; nothing was written.</exception>
    /// <remarks>
    /// A picture that fits into the budget is read whole. What readers and writers throw comes out as it is. Where a device lacks memory that it
    /// said to have, a picture that was read whole goes on in tiles; one in tiles can't be read again, and fails.
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
        long bytes = Bytes(content.Width, content.Height, content.Format), resultBytes = Bytes(content.Width, content.Height, ResultFormat(content.Format));
        long alpha = content.Format.HasAlpha() ? bytes / 4 : 0;
        long styleBytes = Bytes(style.Width, style.Height, style.Format);
        // What is whole lies in one array.
        PicturePlan? stylePlan = styleBytes <= Array.MaxLength && Planner(options?.MaxMemory, styleBytes).IsWholeStyle(styleShape, levels)
            ? null : Planner(options?.MaxMemory, 0).Tiles(styleShape, levels, measureOnly: true);
        // A whole picture has its bytes beside it, and its result's.
        PicturePlan? plan = resultBytes <= Array.MaxLength && Planner(options?.MaxMemory, bytes + resultBytes).IsWhole(shape, levels)
            ? null : Planner(options?.MaxMemory, alpha).Tiles(shape, levels, measureOnly: false);
        WorkMeter meter = new(MeasureWork(styleShape, levels, stylePlan) + RunWork(shape, levels, plan), progress);
        Style measured = Measure(style, levels, stylePlan, meter, cancellation);
        StyleStatistics.Begin(_backend, levels.Select(level => measured.Statistics[level]));
        if (plan is null)
            result.WriteRows(Stylize(Whole(content), measured, levels, strength, null, meter, cancellation).Bytes);
        else
            StylizeRows(content, measured, strength, result, plan, meter, cancellation);
    }

    private Style Measure(IPixelReader style, int[] levels, PicturePlan? plan, WorkMeter meter, CancellationToken cancellation)
    {
        if (plan is null)
            return PrepareStyle(Whole(style), levels, null, meter, cancellation);
        using Cascade.Use use = _cascade.Enter();
        using KeptPicture picture = Keep(style, margin: 0, alpha: null, cancellation);
        return new Style(Model, new TiledCascade(_backend, _cascade, meter, cancellation).Measure(picture, plan));
    }

    private void StylizeRows(
        IPixelReader content, Style style, double strength, IPixelWriter result, PicturePlan plan, WorkMeter meter, CancellationToken cancellation)
    {
        using Cascade.Use use = _cascade.Enter();
        PixelFormat format = ResultFormat(content.Format);
        List<byte[]> alpha = [];
        using KeptPicture picture = Keep(content, plan.Margin, alpha, cancellation);
        new TiledCascade(_backend, _cascade, meter, cancellation).Run(picture, plan, style.Statistics, strength);
        int stride = checked(content.Width * format.BytesPerPixel()), band = 0;
        byte[] rows = [];
        foreach ((int first, int count) in RowBands.Of(content.Height, SideGrain))
        {
            int length = checked(count * stride);
            if (rows.Length != length)
                rows = new byte[length];
            Store(picture, first, count, content.Width, rows, stride, format);
            if (format.HasAlpha())
                Alpha.Put(alpha[band++], rows);
            result.WriteRows(rows);
        }
    }

    private static PixelImage Whole(IPixelReader reader)
    {
        PixelImage image = new(reader.Width, reader.Height, reader.Format);
        reader.ReadRows(image.Bytes);
        return image;
    }
}
