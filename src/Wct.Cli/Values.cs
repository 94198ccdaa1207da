using System.CommandLine.Parsing;
using System.Globalization;
using Wct.Net;

namespace Wct.Cli;

/// <summary>Reads the values of options, and says what is wrong with them and what would be right.</summary>
internal static class Values
{
    /// <summary>A whole number in low..high.</summary>
    internal static Func<ArgumentResult, long> Whole(string option, long low, long high) => result =>
    {
        string text = Text(result);
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) || value < low
            || value > high)
            result.AddError($"{option} is '{text}', it must be a whole number in {low}..{high}");
        return value;
    };

    /// <summary>A number of bytes above 0, a whole number with K, M or G behind it or nothing; null where the option is absent.</summary>
    internal static Func<ArgumentResult, long?> Bytes(string option) => result =>
    {
        string text = Text(result);
        long unit = text.Length == 0 ? 1
            : char.ToUpperInvariant(text[^1]) switch { 'K' => 1_000, 'M' => 1_000_000, 'G' => 1_000_000_000, _ => 1 };
        ReadOnlySpan<char> number = unit == 1 ? text : text.AsSpan(0, text.Length - 1);
        if (long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long value) && value >= 1
            && value <= long.MaxValue / unit)
            return value * unit;
        result.AddError($"{option} is '{text}', it must be a whole number of bytes above 0, or with K, M or G: 1500M");
        return null;
    };

    /// <summary>A number in low..high, with a point for the decimals.</summary>
    internal static Func<ArgumentResult, double> Real(string option, double low, double high) => result =>
    {
        string text = Text(result);
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || !(value >= low && value <= high))
            result.AddError(FormattableString.Invariant($"{option} is '{text}', it must be a number in {low}..{high}"));
        return value;
    };

    /// <summary>Digits, each a number in low..high, in the order given.</summary>
    internal static Func<ArgumentResult, int[]?> Digits(string option, int low, int high) => result =>
    {
        string text = Text(result);
        int[] digits = [.. text.Select(digit => digit - '0')];
        if (digits.Length == 0 || digits.Any(digit => digit < low || digit > high))
            result.AddError($"{option} is '{text}', it must be made of the digits {low} to {high}");
        return digits;
    };

    /// <summary>A device.</summary>
    internal static Func<ArgumentResult, DeviceChoice> Device(string option) => result =>
    {
        string text = Text(result);
        if (!DeviceChoice.TryParse(text, out DeviceChoice choice))
            result.AddError($"{option} is '{text}', it must be auto, cpu, cuda or opencl, the last two with a number if need be: cuda:1");
        return choice;
    };

    /// <summary>One of some words.</summary>
    internal static Func<ArgumentResult, string?> OneOf(string option, string[] words) => result =>
    {
        string text = Text(result);
        if (!words.Contains(text))
            result.AddError($"{option} is '{text}', it must be {string.Join(" or ", words)}");
        return text;
    };

    /// <summary>The name of a file or folder.</summary>
    internal static Func<ArgumentResult, string?> Path(string what) => result =>
    {
        string text = Text(result);
        if (text.Length == 0)
            result.AddError($"{what} is empty");
        return text;
    };

    private static string Text(ArgumentResult result) => result.Tokens.Count == 0 ? "" : result.Tokens[^1].Value;
}
