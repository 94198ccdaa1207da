using System.Globalization;

namespace Wct.Bindings.Native;

/// <summary>The levels and their settings as C strings, which are pinned.</summary>
internal readonly struct LevelTexts : IDisposable
{
    private readonly Pin _levels, _strengths, _transform;

    /// <param name="levels">The levels; null for all.</param>
    /// <param name="transform">The transform of the levels that have none of their own.</param>
    /// <exception cref="ArgumentException">A level is null, doesn't exist, or occurs twice with different settings, or there is no
    /// transform.</exception>
    internal LevelTexts(IReadOnlyList<LevelOptions>? levels, FeatureTransform transform)
    {
        if (transform is null)
            throw new ArgumentException("The transform is null.", nameof(transform));
        Check(levels);
        LevelOptions[] own = levels is null ? [] : [.. levels.GroupBy(level => level.Level).Select(group => group.First())];
        string[] strengths =
            [.. own.Where(level => level.Strength is not null).Select(level => $"{level.Level}:{Number(level.Strength!.Value)}")],
            transforms = [.. own.Where(level => level.Transform is not null).Select(level => $"{level.Level}:{level.Transform!.Name}")];
        _levels = Text(levels is null ? null : string.Concat(levels.Select(level => level.Level.ToString(CultureInfo.InvariantCulture))));
        _strengths = Text(strengths.Length == 0 ? null : string.Join(",", strengths));
        _transform = Text(string.Join(",", [transform.Name, .. transforms]));
    }

    /// <summary>Digits, or zero.</summary>
    internal IntPtr Levels => _levels.Address;

    /// <summary>"5:0.4,4:1", or zero.</summary>
    internal IntPtr Strengths => _strengths.Address;

    /// <summary>"ot,5:swap".</summary>
    internal IntPtr Transform => _transform.Address;

    /// <inheritdoc/>
    public void Dispose()
    {
        _levels.Dispose();
        _strengths.Dispose();
        _transform.Dispose();
    }

    private static void Check(IReadOnlyList<LevelOptions>? levels)
    {
        foreach (LevelOptions level in levels ?? [])
        {
            if (level is null)
                throw new ArgumentException("A level is null.", nameof(levels));
            if (level.Level is < 1 or > 5)
                throw new ArgumentException($"Level {level.Level} doesn't exist, levels are 1 to 5.", nameof(levels));
            LevelOptions first = levels!.First(other => other.Level == level.Level);
            // The library has settings per level, not per run of a level.
            if (!Nullable.Equals(first.Strength, level.Strength) || first.Transform != level.Transform)
                throw new ArgumentException($"Level {level.Level} occurs twice, with different settings.", nameof(levels));
        }
    }

    // "R" loses bits on .NET Framework.
    private static string Number(double value) => value.ToString("G17", CultureInfo.InvariantCulture);

    private static Pin Text(string? text) => new(text is null ? null : Utf8.Bytes(text, nameof(text)));
}
