using System.Diagnostics;
using Wct.Cli.Sheets;
using Wct.Cli.Stylize;
using Wct.Cli.Weights;
using Wct.Imaging;
using Wct.Net;

namespace Wct.Cli.Methods;

/// <summary>Stylizes one photo in one style by several methods, and draws the pictures with their times and losses as one sheet.</summary>
/// <param name="request">The photo, the painting, the result's file and the options of transforms and machine.</param>
/// <param name="methods">The methods.</param>
/// <param name="cancellationToken">Cancels the run.</param>
internal sealed class MethodRun(StylizeRequest request, MethodRequest methods, CancellationToken cancellationToken)
{
    // Sides of the picture for the warm-up: full and partial tiles.
    private const int WarmUpWidth = 48, WarmUpHeight = 32;

    private readonly string _contentName = Path.GetFileNameWithoutExtension(request.Content),
        _styleName = Path.GetFileNameWithoutExtension(request.Style);

    private readonly ImageReadOptions _limits = StylizeRun.Limits(request);
    private readonly PictureWarnings _warnings = new();

    /// <summary>Runs the methods, one after the other.</summary>
    /// <param name="cellSize">Longer side of each picture on the sheet, in pixels.</param>
    /// <returns>The exit code.</returns>
    internal int Run(int cellSize)
    {
        long start = Stopwatch.GetTimestamp();
        int count = methods.Methods.Sum(method => method == MethodOptions.Network ? methods.Networks.Count : 1);
        ContactSheet sheet = ContactSheet.WithCaptions(
            count + 2, cellSize, captionLines: 3, $"{_contentName} in the style of {_styleName}",
            $"Losses: 0 is equal, 1 is features of zero. Judge: {Path.GetFileNameWithoutExtension(methods.Judge)}", request.MaxPixels);
        PixelImage content = Read(request.Content, request.ContentSide),
            style = Scaled(Read(request.Style, request.Recipe.StyleSize ?? 0), request.Recipe.StyleScale);
        if (!request.Force)
            new InputGuard([.. request.Inputs, .. methods.Networks, methods.Judge]).Check(request.Output!);
        OutputFile.Check(request.Output!, content.Width, content.Height, PixelLayout.Rgb24);
        // The losses of the photo itself show whether the judge can measure, before long work begins.
        Judge judge = new(methods.Judge, content, style, request, cancellationToken);
        List<MethodResult> results = [Result(judge, "content", seconds: null, content)];
        sheet.Put(0, content, Caption(results[0], _contentName));
        sheet.Put(1, style, [new CaptionLine("style", _styleName)], SideWithin(content, style, cellSize));
        using StyleMethods all = new(request, methods, cancellationToken);
        all.WarnOfSwap(content, style);
        WarmUp(all);
        foreach (IStyleMethod method in all.All)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (PixelImage picture, double seconds) = Timed(method, content, style, $"{results.Count}/{count} ");
            MethodResult result = Result(judge, method.Name, seconds, picture);
            results.Add(result);
            sheet.Put(results.Count, picture, Caption(result, result.Time));
        }

        if (!request.Quiet)
            PlainTable.Write(Console.Out, [MethodResult.Heading, .. results.Select(result => result.Columns)]);
        SheetRun.Complete(request, sheet, count, start);
        return ExitCode.Done;
    }

    private PixelImage Read(string path, int side)
    {
        using PictureRows picture = StylizeRun.Open(path, side, _limits, request.MaxMemory, _warnings);
        return picture.ReadAll();
    }

    private static PixelImage Scaled(PixelImage style, double scale) => scale == 1 ? style
        : ShorterSide.Resize(style, (int)Math.Max(1, Math.Round(Math.Min(style.Width, style.Height) * scale)));

    private void WarmUp(StyleMethods all)
    {
        PixelImage picture = new(WarmUpWidth, WarmUpHeight);
        new Random(0).NextBytes(picture.Bytes);
        foreach (IStyleMethod method in all.All)
            ReadingMemory.Explaining(() => method.WarmUp(picture, cancellationToken));
    }

    private (PixelImage Picture, double Seconds) Timed(IStyleMethod method, PixelImage content, PixelImage style, string number)
    {
        PixelImage? picture = null;
        TimeSpan time = default;
        StylizeRun.Display(request, number).Show(progress => ReadingMemory.Explaining(() =>
        {
            long begin = Stopwatch.GetTimestamp();
            picture = method.Run(content, style, progress, cancellationToken);
            time = Stopwatch.GetElapsedTime(begin);
        }));
        return (picture!, time.TotalSeconds);
    }

    private MethodResult Result(Judge judge, string name, double? seconds, PixelImage picture)
    {
        (double style, double content) = judge.Measure(picture, cancellationToken);
        return new MethodResult(name, seconds, style, content);
    }

    private static CaptionLine[] Caption(MethodResult result, string right) =>
    [
        new(result.Name, right), new("style loss", MethodResult.Loss(result.Style)),
        new("content loss", MethodResult.Loss(result.Content)),
    ];

    // The longer side with which a style fits into the content's cell, so that all pictures of a row are equally high.
    private static int SideWithin(PixelImage content, PixelImage style, int cellSize)
    {
        double scale = Math.Min((double)content.Width / style.Width, (double)content.Height / style.Height);
        double side = Math.Max(style.Width, style.Height) * scale * cellSize / Math.Max(content.Width, content.Height);
        return (int)Math.Max(1, Math.Round(side));
    }
}
