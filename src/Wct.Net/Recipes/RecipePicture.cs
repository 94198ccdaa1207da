namespace Wct.Net.Recipes;

/// <summary>A picture that a recipe reads. Immutable.</summary>
/// <param name="File">The file's name; not empty.</param>
public sealed record RecipePicture(string File)
{
    /// <summary>The shorter side to which the picture is resized, 1 to 1048576 pixels; null for its own size.</summary>
    public int? Size { get; init; }
}
