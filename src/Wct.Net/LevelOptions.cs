using Wct.Net.Transforms;

namespace Wct.Net;

/// <summary>A level to run, with settings that differ from those of the other levels.</summary>
/// <param name="Level">1 to 5.</param>
public sealed record LevelOptions(int Level)
{
    /// <summary>α in [0, 1] at this level; null for <see cref="StylizeOptions.Strength"/>.</summary>
    public double? Strength { get; init; }

    /// <summary>The transform at this level; null for <see cref="StylizeOptions.Transform"/>.</summary>
    public FeatureTransform? Transform { get; init; }

    /// <summary>A level with the settings of all levels.</summary>
    /// <param name="level">1 to 5.</param>
    public static implicit operator LevelOptions(int level) => FromInt32(level);

    /// <summary>Levels with the settings of all levels.</summary>
    /// <param name="levels">1 to 5 each, in the order in which they run.</param>
    /// <exception cref="ArgumentNullException"><paramref name="levels"/> is null.</exception>
    public static IReadOnlyList<LevelOptions> Of(IEnumerable<int> levels)
    {
        ArgumentNullException.ThrowIfNull(levels);
        return [.. levels.Select(FromInt32)];
    }

    /// <summary>A level with the settings of all levels.</summary>
    /// <param name="level">1 to 5.</param>
    public static LevelOptions FromInt32(int level) => new(level);
}
