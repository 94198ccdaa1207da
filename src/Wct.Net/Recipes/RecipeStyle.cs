namespace Wct.Net.Recipes;

/// <summary>A style of a recipe. Immutable.</summary>
/// <param name="File">The name of a picture, or of a prepared style (.safetensors); not empty.</param>
public sealed record RecipeStyle(string File)
{
    /// <summary>The style's weight among all styles, at least 0. Only the ratio of the weights matters. One of them must be above
    /// 0.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>The file of a gray picture: the share that this style has in each pixel of the content, black for none to white for all.
    /// Null for all pixels.</summary>
    public string? Mask { get; init; }

    /// <summary>Instead of <see cref="Mask"/>: the color of this style's region in <see cref="Recipe.Labels"/>, # and 3 or 6 hexadecimal
    /// digits. Null for none.</summary>
    public string? Label { get; init; }

    /// <summary>The file of a gray picture: the share that each pixel of the style has in its statistics. Null for all pixels.</summary>
    public string? StyleMask { get; init; }

    /// <summary>α in [0, 1] in this style's region, at every level that has no strength of its own; null for
    /// <see cref="Recipe.Strength"/>.</summary>
    public double? Strength { get; init; }
}
