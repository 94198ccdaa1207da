using Wct.Net.Models;

namespace Wct.Net.Pipeline;

/// <summary>Finds the levels to run.</summary>
internal static class Levels
{
    /// <summary>The levels to run: those that were asked for, or all levels of the model, deepest first.</summary>
    /// <exception cref="ArgumentException">The list is empty, or has a level that the model lacks.</exception>
    internal static int[] Resolve(IReadOnlyList<int>? asked, WctModel model)
    {
        int[] available = [.. model.Levels.Select(level => level.Level)];
        if (asked is null)
            return available;
        if (asked.Count == 0)
            throw new ArgumentException("No level is asked for.", nameof(asked));
        foreach (int level in asked)
        {
            if (!available.Contains(level))
                throw new ArgumentException($"Level {level} is asked for, the model has {string.Join(", ", available)}.", nameof(asked));
        }

        return [.. asked];
    }
}
