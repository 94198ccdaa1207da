using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Wct.Net;
using Wct.Net.Models;
using Wct.Net.Recipes;

namespace Wct.AspNetCore.Requests;

/// <summary>Makes a recipe from a request's recipe and the fields that override its properties.</summary>
/// <remarks>Most fields are put into the recipe's JSON before it is parsed, so that the recipe's own rules check them.</remarks>
internal static class RecipeFields
{
    /// <summary>Makes the recipe.</summary>
    /// <param name="json">The request's recipe; null for none.</param>
    /// <param name="fields">The options that the request gives, each at most once.</param>
    /// <param name="model">The levels of the model, deepest first.</param>
    /// <exception cref="RecipeFormatException">A value is wrong.</exception>
    internal static Recipe Read(string? json, IReadOnlyDictionary<string, string> fields, IReadOnlyList<int> model)
    {
        // A file that begins with a byte order mark may have been pasted.
        json = json?.TrimStart('\uFEFF');
        // The recipe must be valid by itself. That also makes sure that it is an object in which no property is there twice.
        if (json is not null)
            Recipe.Parse(json);
        JsonObject root = json is null ? [] : JsonNode.Parse(json)!.AsObject();
        foreach (OptionEntry option in OptionTable.All)
        {
            if (fields.TryGetValue(option.Name, out string? value) && !IsForLevels(option))
                Set(root, option, value);
        }

        return Levels(Recipe.Load(Utf8(root)), fields, model);
    }

    // With characters as they are, so that messages show what the client sent.
    private static MemoryStream Utf8(JsonObject root)
    {
        MemoryStream utf8 = new();
        using (Utf8JsonWriter writer = new(utf8, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            root.WriteTo(writer);
        utf8.Position = 0;
        return utf8;
    }

    private static bool IsForLevels(OptionEntry option) => option.IsPerLevel || option.Kind == OptionKind.Levels;

    private static void Set(JsonObject root, OptionEntry option, string value)
    {
        JsonNode? node = option.Kind switch
        {
            OptionKind.Number or OptionKind.Integer => Number(value),
            OptionKind.Boolean => value switch { "true" => true, "false" => false, _ => value },
            _ => value,
        };
        string[] path = option.Property.Split('.');
        // A whole object stays if it is switched on again.
        if (option.Name == "photo" && value == "true" && root["photo"] is JsonObject)
            return;
        if (path is [var parent, var child])
        {
            if (root[parent] is not JsonObject inner)
                root[parent] = inner = [];
            // A recipe's content needs a file; its name has no meaning here.
            if (parent == "content" && !inner.ContainsKey("file"))
                inner["file"] = Upload.Content;
            inner[child] = node;
        }
        else
        {
            root[path[0]] = node;
        }
    }

    // A number if the text is one in JSON. Other texts stay texts, and the recipe's rules refuse them.
    private static JsonNode Number(string value)
    {
        try
        {
            return JsonNode.Parse(value) is JsonValue node && node.GetValueKind() == JsonValueKind.Number ? node : value;
        }
        catch (JsonException)
        {
            return value;
        }
    }

    // As in the tool: a value for all levels replaces what levels have of their own, and levels keep their settings.
    private static Recipe Levels(Recipe recipe, IReadOnlyDictionary<string, string> fields, IReadOnlyList<int> model)
    {
        LevelSettings strengths = fields.TryGetValue("strength", out string? strength) ? RecipeText.Strengths(strength) : new(),
            transforms = fields.TryGetValue("transform", out string? transform) ? RecipeText.Transforms(transform) : new();
        IReadOnlyList<LevelOptions>? levels = recipe.Levels;
        if (fields.TryGetValue("levels", out string? digits))
            levels = [.. Digits(digits).Select(level => recipe.Levels?.FirstOrDefault(own => own.Level == level)
                ?? new LevelOptions(level))];
        if (strengths.Strength is { } all)
            (recipe, levels) = (recipe with { Strength = all }, levels?.Select(level => level with { Strength = null }).ToArray());
        if (transforms.Transform is { } one)
            (recipe, levels) = (recipe with { Transform = one }, levels?.Select(level => level with { Transform = null }).ToArray());
        if (strengths.Levels.Count + transforms.Levels.Count > 0)
            levels = transforms.ApplyTo(strengths.ApplyTo(levels ?? LevelOptions.Of(model), "strength"), "transform");
        return recipe with { Levels = levels };
    }

    private static IEnumerable<int> Digits(string text)
    {
        string digits = text.Replace(",", "", StringComparison.Ordinal);
        if (digits.Length is 0 or > RecipeCheck.MostEntries || digits.AsSpan().ContainsAnyExceptInRange('1',
            (char)('0' + Vgg19.DeepestLevel)))
        {
            throw new RecipeFormatException(null, string.Create(
                CultureInfo.InvariantCulture,
                    $"levels is '{RecipeCheck.Short(text)}'; it must have from 1 to {RecipeCheck.MostEntries} digits "
                    + $"from 1 to {Vgg19.DeepestLevel}, such as 54321"));
        }

        return digits.Select(digit => digit - '0');
    }
}
