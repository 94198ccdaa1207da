using Wct.Net.Models;

namespace Wct.Net.Pipeline;

/// <summary>Finds the levels to run.</summary>
internal static class Levels
{
    /// <summary>The levels to run: those that were asked for, or all levels of the model, deepest first.</summary>
    /// <exception cref="ArgumentException">The list is empty, or has null or a level that the model lacks.</exception>
    internal static LevelOptions[] Resolve(IReadOnlyList<LevelOptions>? asked, WctModel model)
    {
        int[] available = [.. model.Levels.Select(level => level.Level)];
        if (asked is null)
            return Array.ConvertAll(available, level => new LevelOptions(level));
        if (asked.Count == 0)
            throw new ArgumentException("No level is asked for.", nameof(asked));
        foreach (LevelOptions level in asked)
        {
            if (level is null)
                throw new ArgumentException("A level is null.", nameof(asked));
            if (!available.Contains(level.Level))
                throw new ArgumentException(
                    $"Level {level.Level} is asked for, the model has {string.Join(", ", available)}.", nameof(asked));
        }

        return [.. asked];
    }
}
