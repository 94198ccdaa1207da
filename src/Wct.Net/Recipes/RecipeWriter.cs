using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Wct.Net.Recipes;

/// <summary>Writes recipes as JSON. Equal recipes give the same bytes on every system.</summary>
internal static class RecipeWriter
{
    // File names stay readable in every script. A recipe isn't part of an HTML page.
    private static readonly JsonWriterOptions Format = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes a valid recipe as UTF-8, without a line feed at the end.</summary>
    internal static byte[] Write(Recipe recipe)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, Format))
        {
            json.WriteStartObject();
            json.WriteNumber("wct", RecipeReader.Version);
            Settings(json, recipe, defaults: new() { Texture = recipe.Texture });
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void Settings(Utf8JsonWriter json, Recipe recipe, Recipe defaults)
    {
        if (recipe.Content is not null)
            Content(json, recipe.Content);
        if (recipe.Styles.Count > 0)
            Styles(json, recipe.Styles);
        Optional(json, "styleSize", recipe.StyleSize);
        Changed(json, "styleScale", recipe.StyleScale, defaults.StyleScale);
        Optional(json, "labels", recipe.Labels);
        Changed(json, "feather", recipe.Feather, defaults.Feather);
        if (recipe.Mixing == StyleMixing.Covariance)
            json.WriteString("mix", "covariance");
        json.WriteNumber("strength", recipe.Strength);
        json.WriteString("transform", recipe.Transform.Name);
        Levels(json, recipe.Levels);
        Changed(json, "passes", recipe.Passes, defaults.Passes);
        if (recipe.PreserveColor != defaults.PreserveColor)
            json.WriteString("preserveColor", RecipeText.Of(recipe.PreserveColor));
        if (recipe.Photo is not null)
            Photo(json, recipe.Photo);
        if (recipe.Texture is not null)
            Texture(json, recipe.Texture);
        Optional(json, "model", recipe.Model);
    }

    private static void Content(Utf8JsonWriter json, RecipePicture content)
    {
        json.WriteStartObject("content");
        json.WriteString("file", content.File);
        Optional(json, "size", content.Size);
        json.WriteEndObject();
    }

    private static void Styles(Utf8JsonWriter json, IReadOnlyList<RecipeStyle> styles)
    {
        json.WriteStartArray("styles");
        foreach (RecipeStyle style in styles)
        {
            json.WriteStartObject();
            json.WriteString("file", style.File);
            Changed(json, "weight", style.Weight, 1);
            Optional(json, "mask", style.Mask);
            Optional(json, "label", style.Label);
            Optional(json, "styleMask", style.StyleMask);
            Optional(json, "strength", style.Strength);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Levels(Utf8JsonWriter json, IReadOnlyList<LevelOptions>? levels)
    {
        if (levels is null)
        {
            json.WriteNull("levels");
            return;
        }

        json.WriteStartArray("levels");
        foreach (LevelOptions level in levels)
        {
            if (level is { Strength: null, Transform: null })
            {
                json.WriteNumberValue(level.Level);
                continue;
            }

            json.WriteStartObject();
            json.WriteNumber("level", level.Level);
            Optional(json, "strength", level.Strength);
            Optional(json, "transform", level.Transform?.Name);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Photo(Utf8JsonWriter json, PhotoOptions photo)
    {
        PhotoOptions defaults = new();
        if (photo == defaults)
        {
            json.WriteBoolean("photo", true);
            return;
        }

        json.WriteStartObject("photo");
        Optional(json, "radius", photo.Radius);
        Changed(json, "epsilon", photo.Epsilon, defaults.Epsilon);
        Changed(json, "detail", photo.Detail, defaults.Detail);
        json.WriteEndObject();
    }

    private static void Texture(Utf8JsonWriter json, RecipeTexture texture)
    {
        json.WriteStartObject("texture");
        json.WriteNumber("width", texture.Width);
        json.WriteNumber("height", texture.Height);
        if (texture.Seed != 0)
            json.WriteNumber("seed", texture.Seed);
        if (texture.Tileable)
            json.WriteBoolean("tileable", true);
        json.WriteEndObject();
    }

    private static void Changed(Utf8JsonWriter json, string name, double value, double standard)
    {
        if (!value.Equals(standard))
            json.WriteNumber(name, value);
    }

    private static void Changed(Utf8JsonWriter json, string name, int value, int standard)
    {
        if (value != standard)
            json.WriteNumber(name, value);
    }

    private static void Optional(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
    }

    private static void Optional(Utf8JsonWriter json, string name, int? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
    }

    private static void Optional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }
}
