namespace Wct.Net.Recipes;

/// <summary>Where styles of a recipe are applied. Styles with equal values share a region.</summary>
/// <param name="Mask">The mask's file; null for none.</param>
/// <param name="Label">The color in the picture of labels; null for none.</param>
/// <param name="Strength">The region's strength; null for the recipe's.</param>
internal sealed record RegionPlace(string? Mask, (byte Red, byte Green, byte Blue)? Label, double? Strength)
{
    /// <summary>The place of a recipe's style. "#f00" and "#ff0000" are the same label.</summary>
    internal static RegionPlace Of(RecipeStyle style) =>
        new(style.Mask, style.Label is null ? null : RecipeText.Label(style.Label), style.Strength);
}
