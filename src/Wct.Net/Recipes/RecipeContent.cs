namespace Wct.Net.Recipes;

/// <summary>The size of a content, to which a recipe's masks must fit. Immutable.</summary>
/// <param name="Name">What messages call it: "photo.jpg".</param>
/// <param name="Width">Pixels per row of the picture that is stylized.</param>
/// <param name="Height">Its rows.</param>
public sealed record RecipeContent(string Name, int Width, int Height)
{
    /// <summary>Pixels per row before the picture was resized. A mask may have this size too; it is resized like the picture.</summary>
    public int FileWidth { get; init; } = Width;

    /// <summary>Rows before the picture was resized.</summary>
    public int FileHeight { get; init; } = Height;

    /// <summary>Whether the picture was resized.</summary>
    internal bool IsResized => (FileWidth, FileHeight) != (Width, Height);
}
