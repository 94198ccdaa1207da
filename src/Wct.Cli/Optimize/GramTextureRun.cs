using Wct.Cli.Stylize;
using Wct.Net;
using Wct.Net.Models;
using Wct.Net.Recipes;
using Wct.Training;
using Wct.Training.Losses;

namespace Wct.Cli.Optimize;

/// <summary>Runs <c>wct texture --method gram</c>.</summary>
internal static class GramTextureRun
{
    /// <returns>The exit code.</returns>
    internal static int Run(StylizeRequest texture, OptimizerRequest request, CancellationToken cancellationToken)
    {
        OptimizerRun run = new(request, cancellationToken);
        RecipeTexture size = TextureRun.CheckedSize(texture);
        run.Check(size.Width, size.Height, PixelLayout.Rgb24);
        StyleTarget[] styles = [.. texture.Recipe.Styles.Where(style => style.Weight > 0).Select(style => Target(run, texture, style))];
        ILossTerm[] losses = [GramLoss.OfStyles(styles, request.StyleTaps), .. run.Variation()];
        EncoderWeights network = run.Network();
        (PixelImage picture, PixelProgress? last) = run.Optimize(network, (options, progress) => PixelOptimizer.RunAsync(
            size.Width, size.Height, losses, options with { Start = PixelStart.Noise(size.Seed) }, progress, cancellationToken));
        return run.Complete(picture, last);
    }

    private static StyleTarget Target(OptimizerRun run, StylizeRequest texture, RecipeStyle style)
    {
        if (StylizeRequest.IsStyleFile(style.File))
            throw new Failure($"{style.File}: is a style file; optimizing needs the picture");
        PixelImage picture = run.Read(style.File, texture.Recipe.StyleSize ?? 0, texture.Recipe.StyleScale);
        StyleMask? mask = style.StyleMask is { } file ? run.Mask(file, "--style-mask", style.File, picture) : null;
        return new StyleTarget(picture) { Weight = style.Weight, StyleMask = mask };
    }
}
