namespace Wct.Bindings;

/// <summary>A level to run, with settings that differ from those of the other levels.</summary>
public sealed class LevelOptions
{
    /// <summary>Creates a level.</summary>
    /// <param name="level">1 to 5.</param>
    public LevelOptions(int level) => Level = level;

    /// <summary>1 to 5.</summary>
    public int Level { get; }

    /// <summary>α in [0, 1] at this level; null for <see cref="StylizeOptions.Strength"/>.</summary>
    public double? Strength { get; set; }

    /// <summary>The transform at this level; null for <see cref="StylizeOptions.Transform"/>.</summary>
    public FeatureTransform? Transform { get; set; }

    /// <summary>A level with the settings of all levels.</summary>
    /// <param name="level">1 to 5.</param>
    public static implicit operator LevelOptions(int level) => FromInt32(level);

    /// <summary>Levels with the settings of all levels.</summary>
    /// <param name="levels">1 to 5 each, in the order in which they run.</param>
    /// <exception cref="ArgumentNullException"><paramref name="levels"/> is null.</exception>
    public static IReadOnlyList<LevelOptions> Of(IEnumerable<int> levels)
    {
        if (levels is null)
            throw new ArgumentNullException(nameof(levels));
        return [.. levels.Select(FromInt32)];
    }

    /// <summary>A level with the settings of all levels.</summary>
    /// <param name="level">1 to 5.</param>
    public static LevelOptions FromInt32(int level) => new(level);
}
