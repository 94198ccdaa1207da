namespace Wct.Net.Recipes;

/// <summary>Options for preparing a recipe's styles that aren't part of the recipe.</summary>
public sealed record RecipeStyleOptions
{
    /// <summary>The memory budget; see <see cref="StylizeOptions.MaxMemory"/>.</summary>
    public long? MaxMemory { get; init; }

    /// <summary>The largest number of pixels that a picture may have after it was resized to <see cref="Recipe.StyleSize"/>. Larger ones
    /// are refused before memory is allocated for them.</summary>
    public long MaxPixels { get; init; } = 1L << 28;
}
