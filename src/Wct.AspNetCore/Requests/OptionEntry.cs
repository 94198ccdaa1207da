using Wct.Net.Recipes;

namespace Wct.AspNetCore.Requests;

/// <summary>The kinds of values that an option can have.</summary>
internal enum OptionKind
{
    /// <summary>A number.</summary>
    Number,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>One of some names.</summary>
    Choice,

    /// <summary>"true" or "false".</summary>
    Boolean,

    /// <summary>Levels in the order in which they run: "54321".</summary>
    Levels,

    /// <summary>The name of an uploaded file.</summary>
    File,
}

/// <summary>An option of a request. All surfaces are made from it: form fields, query parameters, the list of options, and the OpenAPI
/// document.</summary>
/// <param name="Name">The field's name.</param>
/// <param name="Property">The property of a recipe's JSON that it sets: "photo.radius".</param>
/// <param name="Member">The property of the library's record: "PhotoOptions.Radius".</param>
/// <param name="Kind">The kind of its values.</param>
/// <param name="Description">What it does, in one sentence.</param>
internal sealed record OptionEntry(string Name, string Property, string Member, OptionKind Kind, string Description)
{
    /// <summary>The range of a number; null for other kinds.</summary>
    internal NumberRange? Range { get; init; }

    /// <summary>The names of a choice; null for other kinds.</summary>
    internal IReadOnlyList<string>? Values { get; init; }

    /// <summary>The default: a number, a bool or a string; null for none.</summary>
    internal object? Default { get; init; }

    /// <summary>Whether each level can have its own value: "0.6,5:0.4".</summary>
    internal bool IsPerLevel { get; init; }

    /// <summary>Whether a name can have a strength from 0 to 1: "luminance:0.5".</summary>
    internal bool HasStrength { get; init; }
}
