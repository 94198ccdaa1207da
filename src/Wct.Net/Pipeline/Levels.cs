using Wct.Net.Models;

namespace Wct.Net.Pipeline;

/// <summary>The order of levels.</summary>
internal static class Levels
{
    /// <summary>The levels to run: those asked for, or all of the model, deepest first.</summary>
    /// <exception cref="ArgumentException">None is asked for, or one that the model lacks.</exception>
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
