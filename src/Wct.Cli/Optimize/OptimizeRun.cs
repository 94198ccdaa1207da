using Wct.Net;
using Wct.Net.Models;
using Wct.Net.Recipes;
using Wct.Training;
using Wct.Training.Losses;

namespace Wct.Cli.Optimize;

/// <summary>The content of <c>wct optimize</c>.</summary>
/// <param name="File">The photo's file.</param>
/// <param name="Tap">The tap at which it is compared.</param>
/// <param name="Weight">Its weight; 0 leaves it out; null for the default.</param>
/// <param name="Start">"content", "noise", "previous" or a picture's file.</param>
/// <param name="Seed">Chooses the noise.</param>
/// <param name="Colors">How the result keeps the photo's colors.</param>
internal sealed record ContentChoice(string File, string Tap, double? Weight, string Start, ulong Seed, ColorPreservation Colors);

/// <summary>The styles of <c>wct optimize</c>.</summary>
/// <param name="Weight">Their weight; 0 leaves them out; null for the default.</param>
/// <param name="Strength">Multiplies the default weight.</param>
/// <param name="MatchEvery">Steps from one matching of patches to the next; null for Gram matrices.</param>
/// <param name="Styles">Files and weights.</param>
/// <param name="Masks">A file per style, or empty.</param>
/// <param name="StyleMasks">A file per style, or empty.</param>
internal sealed record StyleChoice(
    double? Weight, double Strength, int? MatchEvery, IReadOnlyList<RecipeStyle> Styles, IReadOnlyList<string> Masks,
    IReadOnlyList<string> StyleMasks);

/// <summary>Runs <c>wct optimize</c>.</summary>
internal static class OptimizeRun
{
    /// <returns>The exit code.</returns>
    internal static int Run(
        OptimizerRequest request, ContentChoice content, StyleChoice style, FrameChoice earlier, CancellationToken cancellationToken)
    {
        OptimizerRun run = new(request, cancellationToken);
        PixelImage photo = run.Read(content.File, request.ContentSide);
        run.Check(photo.Width, photo.Height, photo.Layout);
        EarlierFrame[] frames = [.. earlier.Frames.Select(files => Frame(run, files, content.File, photo))];
        ILossTerm[] losses =
        [
            .. style.Weight == 0 ? Array.Empty<ILossTerm>()
                : [Weighted(weight => StyleLoss(run, request, content.File, photo, style, weight), style.Weight, DefaultWeight(style))],
            .. content.Weight == 0 ? Array.Empty<ILossTerm>()
                : [Weighted(weight => new ContentLoss(photo, content.Tap, weight), content.Weight, Defaults.ContentWeight)],
            .. earlier.Weight == 0 ? Array.Empty<ILossTerm>() : [new TemporalLoss(frames, earlier.Weight)],
            .. run.Variation(),
        ];
        if (losses.Length == 0)
            throw new UsageError("--style-weight, --content-weight and --tv-weight are all 0; one must be above 0");
        PixelStart start = OptimizerArguments.Start(content.Start, content.Seed, frames, path => run.Read(path));
        EncoderWeights network = run.Network();
        (PixelImage picture, PixelProgress? last) = run.Optimize(network, (options, progress) => PixelOptimizer.RunAsync(
            photo, losses, options with { Start = start, PreserveColor = content.Colors }, progress, cancellationToken));
        return run.Complete(picture, last);
    }

    private static EarlierFrame Frame(OptimizerRun run, FrameFiles files, string contentFile, PixelImage photo)
    {
        PixelImage result = run.Read(files.Result);
        if ((result.Width, result.Height) != (photo.Width, photo.Height))
            throw new Failure(
                $"{files.Result}: --previous has {result.Width}x{result.Height} pixels, the result has {photo.Width}x{photo.Height}");
        return new EarlierFrame(result, run.Flow(files.Flow, "--flow", contentFile, photo))
        {
            ReverseFlow = files.ReverseFlow is { } reverse ? run.Flow(reverse, "--reverse-flow", contentFile, photo) : null,
        };
    }

    // A weight that is given counts as it is. The default one suits every network.
    private static ILossTerm Weighted(Func<double, IPreparedLossTerm> create, double? weight, double relative) =>
        weight is { } given ? create(given) : new RelativeLoss(create(1), relative);

    private static double DefaultWeight(StyleChoice style) =>
        style.Strength * (style.MatchEvery is null ? Defaults.StyleWeight : Defaults.PatchWeight);

    private static IPreparedLossTerm StyleLoss(
        OptimizerRun run, OptimizerRequest request, string contentFile, PixelImage photo, StyleChoice style, double weight)
    {
        if (style.MatchEvery is { } matchEvery)
            return new MarkovLoss(run.Read(style.Styles[0].File, request.StyleSide), request.StyleTaps, weight, matchEvery);
        // Styles with the same file of a mask share its region.
        Dictionary<string, StyleMask> masks = [];
        foreach (string mask in style.Masks.Distinct())
            masks.Add(mask, run.Mask(mask, "--mask", contentFile, photo));
        StyleTarget[] targets = [.. style.Styles.Select((own, i) => Target(run, request, own, masks, style, i))];
        return GramLoss.OfStyles(targets, request.StyleTaps, weight);
    }

    private static StyleTarget Target(
        OptimizerRun run, OptimizerRequest request, RecipeStyle own, Dictionary<string, StyleMask> masks, StyleChoice style, int index)
    {
        PixelImage picture = run.Read(own.File, request.StyleSide);
        StyleMask? part = style.StyleMasks.Count == 0 ? null : run.Mask(style.StyleMasks[index], "--style-mask", own.File, picture);
        return new StyleTarget(picture)
        {
            Weight = own.Weight,
            Mask = style.Masks.Count == 0 ? null : masks[style.Masks[index]],
            StyleMask = part,
        };
    }
}
