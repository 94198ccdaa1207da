using Wct.Net.Transforms;

namespace Wct.Net.Recipes;

/// <summary>Checks the values of a recipe, and whether they fit together. Problems name the property as in JSON.</summary>
internal static class RecipeCheck
{
    /// <summary>Most styles and most levels of a recipe, so that a small file can't ask for endless work.</summary>
    internal const int MostEntries = 100;

    /// <summary>The first problem of a recipe; null if it is valid.</summary>
    internal static string? Problem(Recipe recipe) => Problems(recipe).FirstOrDefault(problem => problem is not null);

    /// <summary>The problem with a transform, without the property's name; null if it has a name that <see cref="FeatureTransform.Named"/>
    /// finds.</summary>
    internal static string? TransformProblem(FeatureTransform? transform) =>
        transform is not null && FeatureTransform.All.Any(one => one.Name == transform.Name && one.GetType() == transform.GetType())
            ? null
            : $"is {transform?.Name ?? transform?.GetType().Name ?? "null"}; it must be one of {TransformNames}";

    /// <summary>The names of the transforms that a recipe can have, for messages.</summary>
    internal static string TransformNames => string.Join(", ", FeatureTransform.All.Select(transform => transform.Name));

    /// <summary>Shortens a value in a message, so that what it must be stays readable.</summary>
    internal static string Short(string value)
    {
        const int Most = 80;
        return value.Length <= Most ? value : value[..Most] + "...";
    }

    private static IEnumerable<string?> Problems(Recipe recipe) =>
    [
        .. recipe.Content is null ? [] : Content(recipe.Content),
        .. recipe.Styles is null ? ["styles is null; it must be a list"] : Styles(recipe),
        Whole("styleSize", recipe.StyleSize, NumberRange.Side),
        Real("styleScale", recipe.StyleScale, NumberRange.StyleScale),
        Text("labels", recipe.Labels),
        recipe.Labels is not null && (recipe.Styles ?? []).All(style => style?.Label is null)
            ? "labels is set, but no style has a label; it must be left out" : null,
        Whole("feather", recipe.Feather, NumberRange.Feather),
        Enum.IsDefined(recipe.Mixing) ? null : $"mix is {recipe.Mixing}; it must be features or covariance",
        Real("strength", recipe.Strength, NumberRange.Strength),
        Named("transform", TransformProblem(recipe.Transform)),
        .. recipe.Levels is null ? [] : Levels(recipe.Levels),
        Whole("passes", recipe.Passes, NumberRange.Passes),
        Color(recipe.PreserveColor),
        .. recipe.Photo is null ? [] : Photo(recipe.Photo),
        .. recipe.Texture is null ? [] : Texture(recipe, recipe.Texture),
        Text("model", recipe.Model),
    ];

    private static IEnumerable<string?> Content(RecipePicture content) =>
        [File("content.file", content.File), Whole("content.size", content.Size, NumberRange.Side)];

    private static IEnumerable<string?> Styles(Recipe recipe)
    {
        if (recipe.Styles.Count > MostEntries)
            return [$"styles has {recipe.Styles.Count} entries; it must have at most {MostEntries}"];
        string?[] own = [.. recipe.Styles.SelectMany((style, i) => Style(style, $"styles[{i}]", recipe))];
        double sum = own.All(problem => problem is null) ? recipe.Styles.Sum(style => style.Weight) : 1;
        return
        [
            .. own,
            sum == 0 && recipe.Styles.Count > 0 ? "styles have no weight above 0; one at least must have" : null,
            double.IsFinite(sum) ? null : "styles have weights whose sum is not finite; they must be smaller",
        ];
    }

    private static IEnumerable<string?> Style(RecipeStyle? style, string path, Recipe recipe) => style is null
        ? [$"{path} is null; it must be a style"]
        :
        [
            File($"{path}.file", style.File),
            Real($"{path}.weight", style.Weight, NumberRange.Weight),
            Text($"{path}.mask", style.Mask),
            style.Label is null || RecipeText.TryLabel(style.Label, out _)
                ? null : $"{path}.label is '{Short(style.Label)}'; it must be # and 3 or 6 hexadecimal digits",
            Text($"{path}.styleMask", style.StyleMask),
            style.Strength is { } strength ? Real($"{path}.strength", strength, NumberRange.Strength) : null,
            style is { Mask: not null, Label: not null } ? $"{path} has a mask and a label; it must have at most one of them" : null,
            style.Label is not null && recipe.Labels is null ? $"{path}.label is set, but labels is not; it must name a picture" : null,
            recipe.Texture is null ? null : style switch
            {
                { Mask: not null } => Contradiction($"{path}.mask"),
                { Label: not null } => Contradiction($"{path}.label"),
                { Strength: not null } => Contradiction($"{path}.strength"),
                _ => null,
            },
        ];

    private static IEnumerable<string?> Levels(IReadOnlyList<LevelOptions> levels) => levels.Count is 0 or > MostEntries
        ? [$"levels has {levels.Count} entries; it must have from 1 to {MostEntries}"]
        : levels.SelectMany((level, i) => Level(level, $"levels[{i}]"));

    private static IEnumerable<string?> Level(LevelOptions? level, string path) => level is null
        ? [$"{path} is null; it must be a level"]
        :
        [
            Whole($"{path}{(level is { Strength: null, Transform: null } ? "" : ".level")}", level.Level, NumberRange.Level),
            level.Strength is { } strength ? Real($"{path}.strength", strength, NumberRange.Strength) : null,
            level.Transform is null ? null : Named($"{path}.transform", TransformProblem(level.Transform)),
        ];

    private static string? Color(ColorPreservation? color) => color is null
        ? "preserveColor is null; it must be a method"
        : color.Method == ColorPreservationMethod.None && color.Strength != 1
        ? $"preserveColor is none with strength {NumberRange.Number(color.Strength)}; only the other methods have a strength"
        : Real("preserveColor", color.Strength, NumberRange.Strength);

    private static IEnumerable<string?> Photo(PhotoOptions photo) =>
    [
        Whole("photo.radius", photo.Radius, NumberRange.Radius),
        Real("photo.epsilon", photo.Epsilon, NumberRange.Epsilon),
        Real("photo.detail", photo.Detail, NumberRange.Detail),
    ];

    private static IEnumerable<string?> Texture(Recipe recipe, RecipeTexture texture) =>
    [
        Whole("texture.width", texture.Width, NumberRange.Side),
        Whole("texture.height", texture.Height, NumberRange.Side),
        texture.Tileable ? Multiple("texture.width", texture.Width) ?? Multiple("texture.height", texture.Height) : null,
        recipe.Content is null ? null : Contradiction("content"),
        recipe.Labels is null ? null : Contradiction("labels"),
        recipe.Photo is null ? null : Contradiction("photo"),
        recipe.PreserveColor is null or { Method: ColorPreservationMethod.None } ? null : Contradiction("preserveColor"),
    ];

    private static string? Multiple(string path, int side) =>
        side % StyleTransfer.SideGrain == 0
            ? null
            : $"{path} is {side}; it must be a multiple of {StyleTransfer.SideGrain}, because the texture is tileable";

    private static string Contradiction(string path) => $"{path} is set, and texture too; a texture has no content";

    private static string? Whole(string path, int? value, NumberRange range) =>
        value is { } number ? Named(path, range.Problem(number)) : null;

    private static string? Real(string path, double value, NumberRange range) => Named(path, range.Problem(value));

    private static string? File(string path, string? name) => name is null ? $"{path} is null; it must be a file's name" : Text(path, name);

    private static string? Text(string path, string? text) => text switch
    {
        null => null,
        "" => $"{path} is empty; it must be a file's name",
        _ when text.Contains('\0') => $"{path} has a zero character; it must be a file's name",
        _ when !IsUnicode(text) => $"{path} has half a surrogate pair; it must be valid Unicode text",
        _ => null,
    };

    private static bool IsUnicode(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (!char.IsSurrogatePair(text, i))
                return false;
            i++;
        }

        return true;
    }

    private static string? Named(string path, string? problem) => problem is null ? null : $"{path} {problem}";
}
