namespace Wct.Net.Recipes;

/// <summary>Options for preparing a recipe's styles that aren't part of the recipe.</summary>
public sealed record RecipeStyleOptions
{
    /// <summary>The memory budget; see <see cref="StylizeOptions.MaxMemory"/>.</summary>
    public long? MaxMemory { get; init; }

    /// <summary>The largest number of pixels that a picture may have after it was resized to <see cref="Recipe.StyleSize"/>. Larger ones
    /// are refused before memory is allocated for them.</summary>
    public long MaxPixels { get; init; } = 1L << 28;

    /// <summary>Opens the style file with a name from the recipe, and returns null if that name is a picture's. The stream is disposed of.
    /// If this function is null, names that end in .safetensors are style files, and are opened as files.</summary>
    public Func<string, Stream?>? OpenStyle { get; init; }

    /// <summary>Called for each different style, with a function that measures it or reads its style file. Returns that function's result,
    /// or an equal style, for example from a cache. Null measures every time.</summary>
    public Func<RecipeStyle, Func<PreparedStyle>, PreparedStyle>? Measure { get; init; }
}
