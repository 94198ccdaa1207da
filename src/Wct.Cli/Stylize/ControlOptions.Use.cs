using System.CommandLine;
using Wct.Net.Recipes;

namespace Wct.Cli.Stylize;

internal sealed partial class ControlOptions
{
    // Refuses options that would have no effect. Values of a recipe are not refused, because it may be used with other styles.
    private void CheckUse(ParseResult parsed, Recipe recipe)
    {
        bool whitens = parsed.GetValue(_whiten);
        // A missing style is the greater mistake, and the command reports it.
        if (recipe.Styles.Count == 0 && !whitens)
            return;
        if (Has(parsed, _feather) && recipe.Feather > 0 && recipe.Styles.All(style => style is { Mask: null, Label: null }))
        {
            throw new UsageError(
                $"--feather is {recipe.Feather}, and there is no region with edges; give --mask or --labels, or leave --feather out");
        }

        if (Has(parsed, _mix) && !recipe.Styles.GroupBy(Region).Any(region => region.Count() > 1))
        {
            string problem = recipe.Styles.Count < 2 ? "there are no two styles to mix; give several"
                : "no two styles share a region; give them the same mask or label";
            throw new UsageError($"--mix is '{parsed.GetValue(_mix)}', and {problem}, or leave --mix out");
        }

        bool isSized = Has(parsed, _styleSize);
        if ((isSized || (Has(parsed, _styleScale) && recipe.StyleScale != 1))
            && recipe.Styles.All(style => StylizeRequest.IsStyleFile(style.File)))
        {
            string option = isSized ? _styleSize.Name : _styleScale.Name;
            throw new UsageError(whitens
                ? $"{option} resizes styles, and --whiten-only uses none; leave {option} out"
                : $"{option} resizes pictures, and {recipe.Styles[0].File} was measured before; give {option} to the 'wct style save' that "
                    + "makes the file, or leave it out");
        }
    }

    // Styles with the same region are mixed.
    private static (string?, (byte, byte, byte)?, double?) Region(RecipeStyle style) =>
        (style.Mask, style.Label is null ? null : RecipeText.Label(style.Label), style.Strength);

    // The recipe's properties that come from the command line.
    private HashSet<string> Properties(ParseResult parsed, bool hasStyles)
    {
        (string Property, bool IsGiven)[] properties =
        [
            ("styles", hasStyles || Has(parsed, _labeled)), ("labels", Has(parsed, _labels)), ("styleSize", Has(parsed, _styleSize)),
            ("preserveColor", Has(parsed, _colors)), ("levels", _set == ControlSet.Compared || Has(parsed, _levels)),
        ];
        return [.. properties.Where(property => property.IsGiven).Select(property => property.Property)];
    }
}
