namespace Wct.Net.Recipes;

/// <summary>A region of a recipe and its style.</summary>
/// <param name="Place">Where the style is applied.</param>
/// <param name="Weight">The sum of the weights of the region's styles, above 0.</param>
/// <param name="Style">Its style, which may be a mixture.</param>
internal sealed record RegionStyle(RegionPlace Place, double Weight, PreparedStyle Style)
{
    /// <summary>Whether the region is the whole picture, with the recipe's strength.</summary>
    internal bool IsWhole => Place is { Mask: null, Label: null, Strength: null };
}
