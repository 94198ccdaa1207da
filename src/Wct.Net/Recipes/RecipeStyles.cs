using Wct.Net.Pipeline;

namespace Wct.Net.Recipes;

/// <summary>The styles of a recipe, measured and mixed, and the regions of a content that they get. Immutable. It opens the pictures that
/// the recipe names through the application, so it works with any package for picture files.</summary>
/// <remarks>
/// <para>Prepared once, it can be used for any number of contents, except if their colors change the styles
/// (<see cref="NeedsContentColors"/>).</para>
/// <para>Styles with the same mask or label and the same strength share a region, and are mixed by weight. Where regions overlap, a pixel
/// is divided among them in proportion to mask times weight.</para>
/// </remarks>
public sealed partial class RecipeStyles
{
    private readonly Func<string, IPixelReader> _open;
    private readonly RegionStyle[] _regions;

    private RecipeStyles(Recipe recipe, Func<string, IPixelReader> open, RegionStyle[] regions) =>
        (Recipe, _open, _regions) = (recipe, open, regions);

    /// <summary>The recipe.</summary>
    public Recipe Recipe { get; }

    /// <summary>Whether a style is only for a region of the content, or has a strength of its own.</summary>
    public bool HasRegions => _regions is not [{ IsWhole: true }];

    /// <summary>The only style; a mixture if the recipe has several.</summary>
    /// <exception cref="InvalidOperationException">There are regions.</exception>
    public PreparedStyle Style => HasRegions
        ? throw new InvalidOperationException($"The recipe's {Recipe.Styles.Count} styles are for regions, so they are not one style.")
        : _regions[0].Style;

    /// <summary>Whether a recipe's styles get the colors of the content before they are measured. They must then be prepared for each
    /// content.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <exception cref="ArgumentNullException"><paramref name="recipe"/> is null.</exception>
    public static bool NeedsContentColors(Recipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        return recipe.PreserveColor.ChangesStyle;
    }

    /// <summary>Measures and mixes a recipe's styles. A style that occurs several times is measured once; one of weight 0 is not.</summary>
    /// <param name="transfer">Measures them.</param>
    /// <param name="recipe">The recipe, with at least one style, if not all of its transforms work without one. Files that end in
    /// .safetensors are prepared styles and are read by this method; others are pictures.</param>
    /// <param name="open">Opens the picture with a name from the recipe, upright, in any layout. It is called for each style and style mask
    /// here, and for masks and labels in <see cref="Regions"/>. A reader that implements <see cref="IDisposable"/> is disposed of.</param>
    /// <param name="contentColors">The colors of the content; needed if <see cref="NeedsContentColors"/> is true, otherwise
    /// ignored.</param>
    /// <param name="options">Options; null for the defaults.</param>
    /// <param name="progress">Receives reports on the calling thread, with fractions from 0 to 1 for all styles together; null for
    /// none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentNullException"><paramref name="transfer"/>, <paramref name="recipe"/> or <paramref name="open"/> is
    /// null.</exception>
    /// <exception cref="InvalidOperationException">A value of the recipe is out of range; the message names the property.</exception>
    /// <exception cref="ArgumentException">There are no styles, the model lacks a level, a style mask has another size than its style or no
    /// share at any pixel, a resized style would be too large, a prepared style has a style mask or lacks the content's colors, the
    /// content's colors are missing, a style has no visible pixel, or styles can't be mixed. The message names the property or the
    /// file.</exception>
    /// <exception cref="IOException">A style file can't be read; the message names it.</exception>
    /// <exception cref="Weights.WeightsFormatException">A style file is damaged, or isn't a style.</exception>
    /// <exception cref="ModelMismatchException">Other encoders measured the style of a style file.</exception>
    /// <exception cref="InsufficientMemoryException">A picture needs more memory than the process or the device can have, even in
    /// tiles.</exception>
    /// <exception cref="OperationCanceledException">Canceled.</exception>
    /// <exception cref="ObjectDisposedException">The transfer was disposed of.</exception>
    /// <remarks>Exceptions of <paramref name="open"/> and of readers pass through unchanged. Further exceptions are those of the method of
    /// <see cref="StyleTransfer"/> that prepares a style from a reader.</remarks>
    public static RecipeStyles Prepare(
        StyleTransfer transfer, Recipe recipe, Func<string, IPixelReader> open, PictureColors? contentColors = null,
        RecipeStyleOptions? options = null, IProgress<StylizeProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transfer);
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(open);
        options ??= new RecipeStyleOptions();
        RecipeMeasurement measurement = new(transfer, recipe, open, options, contentColors);
        if (recipe.Styles.Count == 0 && !UsesStyle(recipe))
        {
            RegionPlace whole = new(Mask: null, Label: null, Strength: null);
            return new RecipeStyles(recipe, open, [new RegionStyle(whole, 1, PreparedStyle.None(transfer.Model))]);
        }

        int[] used = [.. Enumerable.Range(0, recipe.Styles.Count).Where(i => recipe.Styles[i].Weight > 0)];
        if (used.Length == 0)
            throw new ArgumentException("The recipe has no styles; it must have at least one.", nameof(recipe));
        // Several styles may be the same picture in other regions.
        int[] different = [.. used.DistinctBy(i => (recipe.Styles[i].File, recipe.Styles[i].StyleMask))];
        Dictionary<(string File, string? Mask), PreparedStyle> measured = [];
        for (int done = 0; done < different.Length; done++)
        {
            IProgress<StylizeProgress>? part = PartOfProgress.Of(progress, (double)done / different.Length, 1.0 / different.Length);
            RecipeStyle style = recipe.Styles[different[done]];
            measured.Add((style.File, style.StyleMask), measurement.Measure(different[done], part, cancellationToken));
        }

        return new RecipeStyles(recipe, open, [.. used.Select(i => recipe.Styles[i]).GroupBy(RegionPlace.Of).Select(
            group => new RegionStyle(group.Key, group.Sum(style => style.Weight), Mixed(
                [.. group.Select(style => (measured[(style.File, style.StyleMask)], style.Weight))], recipe.Mixing)))]);
    }

    /// <summary>Whether any level's transform needs a style.</summary>
    internal static bool UsesStyle(Recipe recipe) => recipe.Levels is { Count: > 0 } levels
        ? levels.Any(level => (level.Transform ?? recipe.Transform).UsesStyle)
        : recipe.Transform.UsesStyle;

    private static PreparedStyle Mixed((PreparedStyle Style, double Weight)[] styles, StyleMixing mixing) =>
        styles.Length == 1 ? styles[0].Style : PreparedStyle.Mix(styles, mixing);
}
