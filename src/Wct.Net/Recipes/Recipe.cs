using Wct.Net.Transforms;

namespace Wct.Net.Recipes;

/// <summary>All settings of a run as data: the files that it reads, and the options that decide what the result looks like. Immutable. A
/// recipe can be stored as JSON, for example next to a result or inside its PNG file, so that the result can be made again.</summary>
/// <remarks>
/// <para>docs/recipes.md describes the JSON. Settings of the machine, such as the device and the memory budget, are not part of a
/// recipe.</para>
/// <para>A recipe does not open its files. A relative file name counts from the current folder of the program that runs the recipe. Values
/// are checked when a recipe is read, written, or turned into options, and not when a property is set.</para>
/// </remarks>
public sealed partial record Recipe
{
    private readonly double? _strength;
    private readonly int? _passes;

    /// <summary>The picture to stylize. Null for a texture, and if the program gets the content in another way.</summary>
    public RecipePicture? Content { get; init; }

    /// <summary>The styles, at most 100; not null. Empty if the program gets the styles in another way.</summary>
    public IReadOnlyList<RecipeStyle> Styles { get; init; } = [];

    /// <summary>The shorter side to which the styles' pictures are resized, 1 to 1048576; null for their own size.</summary>
    public int? StyleSize { get; init; }

    /// <summary>See <see cref="StylizeOptions.StyleScale"/>; above 0 to 16.</summary>
    public double StyleScale { get; init; } = 1;

    /// <summary>The file of a picture in which each region has its own color, for <see cref="RecipeStyle.Label"/>; null for none.</summary>
    public string? Labels { get; init; }

    /// <summary>The number of pixels that the soft edge of a region reaches to each side, 0 to 4000; see <see cref="StyleMask.Feather"/>.
    /// Ignored if no style has a region.</summary>
    public int Feather { get; init; }

    /// <summary>How several styles become one.</summary>
    public StyleMixing Mixing { get; init; }

    /// <summary>α in [0, 1], see <see cref="StylizeOptions.Strength"/>. If it isn't set: 1 for a texture, else
    /// <see cref="StylizeOptions.DefaultStrength"/>.</summary>
    public double Strength
    {
        get => _strength ?? (Texture is null ? StylizeOptions.DefaultStrength : 1);
        init => _strength = value;
    }

    /// <summary>The transform at every level that has none of its own: one of <see cref="FeatureTransform.All"/>.</summary>
    public FeatureTransform Transform { get; init; } = FeatureTransform.WhiteningColoring;

    /// <summary>Levels to run, in this order, 1 to 100 of them; see <see cref="StylizeOptions.Levels"/>. Null runs all that the model has,
    /// deepest first.</summary>
    public IReadOnlyList<LevelOptions>? Levels { get; init; }

    /// <summary>How often all levels run, 1 to 100. If it isn't set: 3 for a texture, else 1.</summary>
    public int Passes
    {
        get => _passes ?? (Texture is null ? 1 : 3);
        init => _passes = value;
    }

    /// <summary>See <see cref="StylizeOptions.PreserveColor"/>; not null.</summary>
    public ColorPreservation PreserveColor { get; init; } = ColorPreservation.None;

    /// <summary>See <see cref="StylizeOptions.Photo"/>; null for no photo mode.</summary>
    public PhotoOptions? Photo { get; init; }

    /// <summary>The texture to make from noise; null to stylize a picture. With a texture there is no content, and so no region, photo mode
    /// or preserved color.</summary>
    public RecipeTexture? Texture { get; init; }

    /// <summary>The model's file or folder; null for the built-in model.</summary>
    public string? Model { get; init; }

    /// <summary>The options for stylizing a picture. The caller opens files, resizes pictures and applies masks.</summary>
    /// <exception cref="InvalidOperationException">A value is out of range, or the recipe is for a texture; the message names the
    /// property.</exception>
    public StylizeOptions ToOptions()
    {
        ThrowIfInvalid();
        if (Texture is not null)
            throw new InvalidOperationException("texture is set; such a recipe has options for a texture, and none for a picture");
        return new StylizeOptions
        {
            Strength = Strength,
            Transform = Transform,
            Levels = Levels,
            Passes = Passes,
            StyleScale = StyleScale,
            PreserveColor = PreserveColor,
            Photo = Photo,
        };
    }

    /// <summary>The options for making a texture. The caller opens files and resizes pictures.</summary>
    /// <exception cref="InvalidOperationException">A value is out of range, or the recipe is not for a texture; the message names the
    /// property.</exception>
    public TextureOptions ToTextureOptions()
    {
        ThrowIfInvalid();
        if (Texture is null)
            throw new InvalidOperationException("texture is not set; such a recipe has options for a picture, and none for a texture");
        return new TextureOptions
        {
            Seed = Texture.Seed,
            Tileable = Texture.Tileable,
            Passes = Passes,
            Strength = Strength,
            Transform = Transform,
            Levels = Levels,
        };
    }

    /// <summary>Compares all settings by value, and the styles and levels one by one.</summary>
    /// <param name="other">The other recipe; null is not equal.</param>
    public bool Equals(Recipe? other) => other is not null
        && Equals(Content, other.Content) && Same(Styles, other.Styles) && StyleSize == other.StyleSize
        && StyleScale.Equals(other.StyleScale) && Labels == other.Labels && Feather == other.Feather && Mixing == other.Mixing
        && Strength.Equals(other.Strength) && Equals(Transform, other.Transform) && Same(Levels, other.Levels) && Passes == other.Passes
        && Equals(PreserveColor, other.PreserveColor) && Equals(Photo, other.Photo) && Equals(Texture, other.Texture)
        && Model == other.Model;

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.Add(Content);
        foreach (RecipeStyle style in Styles ?? [])
            hash.Add(style);
        hash.Add(StyleSize);
        hash.Add(StyleScale);
        hash.Add(Labels);
        hash.Add(Feather);
        hash.Add(Mixing);
        hash.Add(Strength);
        hash.Add(Transform);
        foreach (LevelOptions level in Levels ?? [])
            hash.Add(level);
        hash.Add(Passes);
        hash.Add(PreserveColor);
        hash.Add(Photo);
        hash.Add(Texture);
        hash.Add(Model);
        return hash.ToHashCode();
    }

    private static bool Same<T>(IReadOnlyList<T>? one, IReadOnlyList<T>? other) =>
        one is null ? other is null : other is not null && one.SequenceEqual(other);

    private void ThrowIfInvalid()
    {
        if (RecipeCheck.Problem(this) is { } problem)
            throw new InvalidOperationException(problem);
    }
}
