using System.Text.Json.Serialization;

namespace Wct.AspNetCore.Endpoints;

/// <summary>Writes JSON without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(PreparedAnswer))]
[JsonSerializable(typeof(OptionsAnswer))]
[JsonSerializable(typeof(QueuedEvent))]
[JsonSerializable(typeof(ProgressEvent))]
[JsonSerializable(typeof(LevelEvent))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(double))]
internal sealed partial class Json : JsonSerializerContext;

/// <summary>The answer to an uploaded style.</summary>
/// <param name="Id">The SHA-256 of its bytes, by which requests can use it.</param>
/// <param name="Width">Pixels per row; null for a style file.</param>
/// <param name="Height">Rows; null for a style file.</param>
internal sealed record PreparedAnswer(string Id, int? Width, int? Height);

/// <summary>What the server can do.</summary>
internal sealed record OptionsAnswer(
    string Version, string Device, IReadOnlyList<int> Levels, IReadOnlyList<OptionAnswer> Options, IReadOnlyList<string> Formats,
    LimitsAnswer Limits, IReadOnlyList<string> Styles)
{
    /// <summary>The name of the model's file or folder, or "builtin"; null if the application made the model and didn't say.</summary>
    public string? Model { get; init; }

    /// <summary>What convolutions may compute in: single, half or tf32; null if the model's name is.</summary>
    public string? Precision { get; init; }

    /// <summary>The formats that can be written with a quality.</summary>
    public required IReadOnlyList<string> FormatsWithQuality { get; init; }
}

/// <summary>An option of a request.</summary>
internal sealed record OptionAnswer(string Name, string Kind, string Property, string Description)
{
    /// <summary>The lowest value, or the one that all values are above if <see cref="IsExclusive"/> is true.</summary>
    public double? Minimum { get; init; }

    /// <summary>The highest value; null for none.</summary>
    public double? Maximum { get; init; }

    /// <summary>Whether all values are above the minimum.</summary>
    [JsonPropertyName("exclusiveMinimum")]
    public bool? IsExclusive { get; init; }

    /// <summary>The names of a choice.</summary>
    public IReadOnlyList<string>? Values { get; init; }

    /// <summary>The default: a number, a bool or a string.</summary>
    public object? Default { get; init; }

    /// <summary>Whether each level can have its own value.</summary>
    public bool? PerLevel { get; init; }

    /// <summary>Whether a name can have a strength from 0 to 1 behind a colon.</summary>
    [JsonPropertyName("strength")]
    public bool? HasStrength { get; init; }
}

/// <summary>The limits of a request.</summary>
internal sealed record LimitsAnswer(long Bytes, long Pixels, int Styles);

/// <summary>The position in the queue; 0 if the request runs.</summary>
internal sealed record QueuedEvent(int Position);

/// <summary>The share of the work that is done, and the level.</summary>
internal sealed record ProgressEvent(double Fraction, int Level);

/// <summary>The picture of a level.</summary>
internal sealed record LevelEvent(int Level, int Pass, string Type, string Data);
