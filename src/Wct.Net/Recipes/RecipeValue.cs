using System.Text.Json;

namespace Wct.Net.Recipes;

/// <summary>A JSON value of a recipe, and the path of its property for messages.</summary>
internal readonly struct RecipeValue(JsonElement json, string path)
{
    internal string Path => path;

    internal JsonValueKind Kind => json.ValueKind;

    /// <summary>The error for a value of a wrong type or outside its range.</summary>
    /// <param name="must">What the value must be.</param>
    internal RecipeFormatException Wrong(string must) =>
        new(null, $"{(path.Length == 0 ? "the recipe" : path)} is {Shown}; it must be {must}");

    /// <summary>The properties of an object, by name.</summary>
    /// <param name="owner">What has these properties, for messages: "a style".</param>
    /// <param name="known">The names that it may have.</param>
    /// <param name="must">What the value must be.</param>
    /// <exception cref="RecipeFormatException">The value isn't an object, or a name is unknown or occurs twice.</exception>
    internal Dictionary<string, RecipeValue> Properties(string owner, string[] known, string must = "an object")
    {
        if (Kind != JsonValueKind.Object)
            throw Wrong(must);
        Dictionary<string, RecipeValue> properties = [];
        foreach (JsonProperty property in json.EnumerateObject())
        {
            string child = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
            if (!known.Contains(property.Name))
                throw new RecipeFormatException(null, $"{RecipeCheck.Short(child)} is unknown; {owner} has {string.Join(", ", known)}");
            if (!properties.TryAdd(property.Name, new(property.Value, child)))
                throw new RecipeFormatException(null, $"{child} is there twice");
        }

        return properties;
    }

    /// <summary>The values of a list.</summary>
    /// <exception cref="RecipeFormatException">The value isn't a list, or is too long.</exception>
    internal IEnumerable<RecipeValue> Items()
    {
        if (Kind != JsonValueKind.Array)
            throw Wrong("a list");
        if (json.GetArrayLength() is var length and > RecipeCheck.MostEntries)
            throw new RecipeFormatException(null, $"{path} has {length} entries; it must have at most {RecipeCheck.MostEntries}");
        string list = path;
        return [.. json.EnumerateArray().Select((item, i) => new RecipeValue(item, $"{list}[{i}]"))];
    }

    internal string Text() => Kind == JsonValueKind.String ? json.GetString()! : throw Wrong("a text");

    internal bool Truth() => Kind is JsonValueKind.True or JsonValueKind.False ? json.GetBoolean() : throw Wrong("true or false");

    internal int Whole(NumberRange range)
    {
        if (Kind != JsonValueKind.Number || !json.TryGetInt64(out long value))
            throw Wrong($"a whole number {range.Text}");
        return range.Problem(value) is null ? (int)value : throw Wrong(range.Text);
    }

    internal double Real(NumberRange range)
    {
        if (Kind != JsonValueKind.Number || !json.TryGetDouble(out double value))
            throw Wrong($"a number {range.Text}");
        if (!double.IsFinite(value))
            throw Wrong($"a finite number {range.Text}");
        return range.Problem(value) is null ? value : throw Wrong(range.Text);
    }

    internal ulong Seed() => Kind == JsonValueKind.Number && json.TryGetUInt64(out ulong value)
        ? value : throw Wrong(FormattableString.Invariant($"a whole number from 0 to {ulong.MaxValue}"));

    private string Shown => Kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        _ => RecipeCheck.Short(json.GetRawText()),
    };
}
