namespace Wct.Net.Recipes;

/// <summary>A texture that a recipe makes from noise. Immutable.</summary>
/// <param name="Width">Pixels per row, 1 to 1048576.</param>
/// <param name="Height">Rows, 1 to 1048576.</param>
public sealed record RecipeTexture(int Width, int Height)
{
    /// <summary>See <see cref="TextureOptions.Seed"/>.</summary>
    public ulong Seed { get; init; }

    /// <summary>See <see cref="TextureOptions.Tileable"/>. If it is true, both sides must be multiples of 16.</summary>
    public bool Tileable { get; init; }
}
