using System.Text.Json;
using System.Text.Unicode;
using Wct.Net.Transforms;

namespace Wct.Net.Recipes;

/// <summary>Reads recipes from JSON. Everything unknown is refused, because a misspelled setting would silently have no effect.</summary>
internal static class RecipeReader
{
    /// <summary>The version that is read and written.</summary>
    internal const int Version = 1;

    private const int MostDepth = 8;

    private static readonly string[] RecipeNames =
    [
        "wct", "content", "styles", "styleSize", "styleScale", "labels", "feather", "mix", "strength", "transform", "levels", "passes",
        "preserveColor", "photo", "texture", "model",
    ];

    private static readonly string[] StyleNames = ["file", "weight", "mask", "label", "styleMask", "strength"];
    private static readonly string[] PictureNames = ["file", "size"], LevelNames = ["level", "strength", "transform"];
    private static readonly string[] PhotoNames = ["radius", "epsilon", "detail"], TextureNames = ["width", "height", "seed", "tileable"];

    /// <summary>Reads and checks a recipe.</summary>
    /// <param name="utf8">The JSON, with or without a byte order mark.</param>
    /// <param name="source">The file's name for messages; null if there is none.</param>
    /// <exception cref="RecipeFormatException">The JSON is not a valid recipe.</exception>
    internal static Recipe Read(ReadOnlyMemory<byte> utf8, string? source)
    {
        if (utf8.Length > Recipe.MostBytes)
            throw TooLong(source);
        if (!Utf8.IsValid(utf8.Span))
            throw new RecipeFormatException(source, "the recipe has bytes that are not UTF-8");
        if (utf8.Span.StartsWith("\uFEFF"u8))
            utf8 = utf8["\uFEFF"u8.Length..];
        try
        {
            using JsonDocument json = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = MostDepth });
            CheckVersion(json.RootElement);
            Recipe recipe = ToRecipe(new RecipeValue(json.RootElement, ""));
            return RecipeCheck.Problem(recipe) is { } problem ? throw new RecipeFormatException(source, problem) : recipe;
        }
        catch (RecipeFormatException error) when (source is not null && error.Source is null)
        {
            throw new RecipeFormatException(source, error.Problem, error.InnerException);
        }
        // Texts with half a surrogate pair in escapes are noticed when they are used, with an InvalidOperationException.
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new RecipeFormatException(source, $"the recipe is not valid JSON: {error.Message}", error);
        }
    }

    /// <summary>The error for a recipe that is over the limit.</summary>
    internal static RecipeFormatException TooLong(string? source) =>
        new(source, $"the recipe has more than {Recipe.MostBytes} bytes, the largest size that is read");

    // A newer version may have properties that are unknown here, so it is checked before them.
    private static void CheckVersion(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("wct", out JsonElement version)
            && !(version.ValueKind == JsonValueKind.Number && version.TryGetInt32(out int number) && number == Version))
            throw new RecipeValue(version, "wct").Wrong($"{Version}, the version that this program reads");
    }

    private static Recipe ToRecipe(RecipeValue root)
    {
        Dictionary<string, RecipeValue> given = root.Properties("a recipe", RecipeNames);
        Recipe recipe = new();
        foreach (string name in RecipeNames.Where(given.ContainsKey))
            recipe = With(recipe, name, given[name]);
        return recipe;
    }

    private static Recipe With(Recipe recipe, string name, RecipeValue value) => name switch
    {
        "content" => recipe with { Content = Picture(value) },
        "styles" => recipe with { Styles = [.. value.Items().Select(Style)] },
        "styleSize" => recipe with { StyleSize = value.Whole(NumberRange.Side) },
        "styleScale" => recipe with { StyleScale = value.Real(NumberRange.StyleScale) },
        "labels" => recipe with { Labels = value.Text() },
        "feather" => recipe with { Feather = value.Whole(NumberRange.Feather) },
        "mix" => recipe with { Mixing = Mixing(value) },
        "strength" => recipe with { Strength = value.Real(NumberRange.Strength) },
        "transform" => recipe with { Transform = Transform(value) },
        "levels" => recipe with { Levels = value.Kind == JsonValueKind.Null ? null : [.. value.Items().Select(Level)] },
        "passes" => recipe with { Passes = value.Whole(NumberRange.Passes) },
        "preserveColor" => recipe with { PreserveColor = RecipeText.PreserveColor(value.Text(), value.Path) },
        "photo" => recipe with { Photo = Photo(value) },
        "texture" => recipe with { Texture = Texture(value) },
        "model" => recipe with { Model = value.Text() },
        _ => recipe,
    };

    private static RecipePicture Picture(RecipeValue value)
    {
        Dictionary<string, RecipeValue> given = value.Properties("content", PictureNames);
        return new(Needed(value, given, "file").Text()) { Size = Optional(given, "size")?.Whole(NumberRange.Side) };
    }

    private static RecipeStyle Style(RecipeValue value)
    {
        Dictionary<string, RecipeValue> given = value.Properties("a style", StyleNames);
        return new(Needed(value, given, "file").Text())
        {
            Weight = Optional(given, "weight")?.Real(NumberRange.Weight) ?? 1,
            Mask = Optional(given, "mask")?.Text(),
            Label = Optional(given, "label")?.Text(),
            StyleMask = Optional(given, "styleMask")?.Text(),
            Strength = Optional(given, "strength")?.Real(NumberRange.Strength),
        };
    }

    private static LevelOptions Level(RecipeValue value)
    {
        if (value.Kind == JsonValueKind.Number)
            return value.Whole(NumberRange.Level);
        Dictionary<string, RecipeValue> given = value.Properties("a level", LevelNames, $"a number {NumberRange.Level.Text} or an object");
        return new(Needed(value, given, "level").Whole(NumberRange.Level))
        {
            Strength = Optional(given, "strength")?.Real(NumberRange.Strength),
            Transform = Optional(given, "transform") is { } transform ? Transform(transform) : null,
        };
    }

    private static PhotoOptions? Photo(RecipeValue value)
    {
        if (value.Kind is JsonValueKind.True or JsonValueKind.False)
            return value.Truth() ? new() : null;
        Dictionary<string, RecipeValue> given = value.Properties("photo", PhotoNames, "true, false or an object");
        PhotoOptions defaults = new();
        return new()
        {
            Radius = Optional(given, "radius")?.Whole(NumberRange.Radius),
            Epsilon = Optional(given, "epsilon")?.Real(NumberRange.Epsilon) ?? defaults.Epsilon,
            Detail = Optional(given, "detail")?.Real(NumberRange.Detail) ?? defaults.Detail,
        };
    }

    private static RecipeTexture Texture(RecipeValue value)
    {
        Dictionary<string, RecipeValue> given = value.Properties("texture", TextureNames);
        return new(Needed(value, given, "width").Whole(NumberRange.Side), Needed(value, given, "height").Whole(NumberRange.Side))
        {
            Seed = Optional(given, "seed")?.Seed() ?? 0,
            Tileable = Optional(given, "tileable")?.Truth() ?? false,
        };
    }

    private static StyleMixing Mixing(RecipeValue value) => value.Kind == JsonValueKind.String ? value.Text() switch
    {
        "features" => StyleMixing.Features,
        "covariance" => StyleMixing.Covariance,
        _ => throw value.Wrong("features or covariance"),
    }
    : throw value.Wrong("features or covariance");

    private static FeatureTransform Transform(RecipeValue value) =>
        (value.Kind == JsonValueKind.String ? RecipeText.Transform(value.Text()) : null)
        ?? throw value.Wrong($"one of {RecipeCheck.TransformNames}");

    private static RecipeValue Needed(RecipeValue owner, Dictionary<string, RecipeValue> given, string name) =>
        Optional(given, name) ?? throw new RecipeFormatException(null, $"{owner.Path}.{name} is missing; it is needed");

    private static RecipeValue? Optional(Dictionary<string, RecipeValue> given, string name) =>
        given.TryGetValue(name, out RecipeValue value) ? value : null;
}
