using Wct.Net.Transforms;

namespace Wct.Net.Recipes;

/// <summary>Strengths or transforms for all levels and for single ones, as <see cref="RecipeText"/> parses them. Immutable.</summary>
public sealed class LevelSettings
{
    /// <summary>α in [0, 1] for all levels that have none of their own; null if there is none.</summary>
    public double? Strength { get; init; }

    /// <summary>The transform for all levels that have none of their own; null if there is none.</summary>
    public FeatureTransform? Transform { get; init; }

    /// <summary>The levels with a strength or transform of their own, in the order of the text, each once; not null.</summary>
    public IReadOnlyList<LevelOptions> Levels { get; init; } = [];

    /// <summary>Gives levels their own strengths and transforms. What is for all levels is not applied.</summary>
    /// <param name="levels">The levels that run, in this order.</param>
    /// <param name="name">The setting's name in messages.</param>
    /// <returns>The same levels in the same order, with their settings.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="levels"/> is null.</exception>
    /// <exception cref="RecipeFormatException">A level with a setting is not among the levels that run.</exception>
    public IReadOnlyList<LevelOptions> ApplyTo(IReadOnlyList<LevelOptions> levels, string name = "levels")
    {
        ArgumentNullException.ThrowIfNull(levels);
        if (Levels.FirstOrDefault(own => levels.All(level => level.Level != own.Level)) is { } missing)
        {
            string run = string.Join(", ", levels.Select(level => level.Level));
            throw new RecipeFormatException(null, $"{name} has a value for level {missing.Level}; the levels that run are {run}");
        }

        return [.. levels.Select(level => Levels.FirstOrDefault(own => own.Level == level.Level) is { } own
            ? level with { Strength = own.Strength ?? level.Strength, Transform = own.Transform ?? level.Transform } : level)];
    }
}
