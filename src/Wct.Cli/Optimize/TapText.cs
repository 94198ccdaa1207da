using System.CommandLine.Parsing;
using System.Globalization;
using Wct.Training.Losses;

namespace Wct.Cli.Optimize;

/// <summary>Parses taps and their weights.</summary>
internal static class TapText
{
    /// <summary>Describes the valid texts.</summary>
    internal const string Help = "a level, 1 to 5, or a layer such as 4_2";

    /// <summary>Taps with weights, such as "1,2,3,4:0.5" or "4_2".</summary>
    internal static Func<ArgumentResult, IReadOnlyList<TapWeight>?> Taps(string option) => result =>
    {
        string text = result.Tokens.Count == 0 ? "" : result.Tokens[^1].Value;
        // Digits alone are levels: 1234.
        string[] parts = text.Length > 0 && text.All(char.IsAsciiDigit) ? [.. text.Select(digit => $"{digit}")] : text.Split(',');
        TapWeight?[] taps = [.. parts.Select(Parse)];
        if (Array.TrueForAll(taps, tap => tap is not null))
            return [.. taps.Select(tap => tap!.Value)];
        result.AddError($"{option} is '{text}', it must have taps ({Help}), with weights if need be: 1234 or 1,2,3,4:0.5");
        return null;
    };

    /// <summary>One tap without a weight.</summary>
    internal static Func<ArgumentResult, string?> Tap(string option) => result =>
    {
        string text = result.Tokens.Count == 0 ? "" : result.Tokens[^1].Value;
        if (Name(text) is { } tap)
            return tap;
        result.AddError($"{option} is '{text}', it must be {Help}");
        return null;
    };

    /// <summary>The text of a tap as users write it: "3" for relu3_1, "4_2" for relu4_2.</summary>
    internal static string Of(string tap) => tap[4..] is [var level, '_', '1'] ? $"{level}" : tap[4..];

    private static TapWeight? Parse(string text)
    {
        string[] parts = text.Split(':');
        if (parts.Length > 2 || Name(parts[0]) is not { } tap)
            return null;
        if (parts.Length == 1)
            return new TapWeight(tap);
        return double.TryParse(parts[1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double weight)
            ? new TapWeight(tap, weight) : null;
    }

    private static string? Name(string text) => text switch
    {
        [>= '1' and <= '5'] => $"relu{text}_1",
        [>= '1' and <= '5', '_', >= '1' and <= '4'] => $"relu{text}",
        _ => null,
    };
}
