using Wct.Net;
using Wct.Net.Recipes;

namespace Wct.Cli.Stylize;

/// <summary>Warns of a style swap that takes long, before it begins. A run warns once.</summary>
/// <param name="request">The command's options. A quiet command does not warn.</param>
/// <param name="transfer">The networks, and what computes.</param>
internal sealed class SwapWarning(StylizeRequest request, StyleTransfer transfer)
{
    // Multiply-adds of a level's search. Two cores do about 1.2e11 per second, so they need 40 seconds. A GPU is at least 20 times as fast.
    // With the built-in model, a photo of 768x512 and a style of 512x512 pixels, level 1 takes 1.5e13, level 2 takes 1.9e12, and level 4
    // takes 3e10.
    private const double MostOnCpu = 5e12, MostOnGpu = 20 * MostOnCpu;

    private const int PatchPixels = 9;

    private bool _warned;

    /// <summary>Pixels of a picture's features. Each level halves the sides of the one above it.</summary>
    internal static double Pixels(double width, double height, int level) =>
        Math.Ceiling(Math.ScaleB(width, 1 - level)) * Math.Ceiling(Math.ScaleB(height, 1 - level));

    /// <summary>Prints the warning if a picture's search takes long.</summary>
    /// <param name="recipe">The complete recipe.</param>
    /// <param name="width">Pixels per row of the content or texture.</param>
    /// <param name="height">Its rows.</param>
    /// <param name="patches">Number of patches of a style at a level.</param>
    internal void Tell(Recipe recipe, int width, int height, Func<RecipeStyle, int, double> patches)
    {
        if (_warned || request.Quiet || Text(recipe, width, height, patches) is not { } warning)
            return;
        _warned = true;
        PictureWarnings.Print(warning);
    }

    /// <summary>The warning; null if the search is short.</summary>
    internal string? Text(Recipe recipe, int width, int height, Func<RecipeStyle, int, double> patches)
    {
        int[] levels = [.. recipe.Levels!.Where(level => (level.Transform ?? recipe.Transform).UsesFeatures).Select(level => level.Level)];
        if (levels.Length == 0)
            return null;
        (int level, double pairs, double work) = levels.Select(Search).MaxBy(search => search.Work);
        if (work <= (transfer.Device.StartsWith("CPU", StringComparison.Ordinal) ? MostOnCpu : MostOnGpu))
            return null;
        return FormattableString.Invariant(
            $"style swap at level {level} compares about {pairs / 1e9:0} billion pairs of patches, which takes long; ")
            + "deeper levels (--transform 5:swap,4:swap), a smaller --size or a smaller --style-size take less";

        (int Level, double Pairs, double Work) Search(int level)
        {
            double all = recipe.Styles.Where(style => style.Weight > 0).Sum(style => patches(style, level));
            double pairs = recipe.Passes * Pixels(width, height, level) * all;
            int channels = transfer.Model.Levels.First(own => own.Level == level).Decoder.InChannels;
            return (level, pairs, pairs * PatchPixels * channels);
        }
    }
}
