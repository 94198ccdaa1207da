using System.CommandLine.Parsing;
using System.Globalization;
using Wct.Net;

namespace Wct.Cli;

/// <summary>Parses the values of options. Messages tell the wrong value and the valid ones.</summary>
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

    /// <summary>A positive number of bytes: a whole number, optionally followed by K, M or G. Null if the option is absent.</summary>
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

    /// <summary>A number in low..high with a decimal point.</summary>
    internal static Func<ArgumentResult, double> Real(string option, double low, double high) => result =>
    {
        string text = Text(result);
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || !(value >= low && value <= high))
            result.AddError(FormattableString.Invariant($"{option} is '{text}', it must be a number in {low}..{high}"));
        return value;
    };

    /// <summary>Digits in low..high, in the given order.</summary>
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

    /// <summary>Texts that are not empty, one for each time that the option is given.</summary>
    internal static Func<ArgumentResult, string[]?> Texts(string option) => result =>
    {
        if (result.Tokens.Any(token => token.Value.Length == 0))
            result.AddError($"{option} is empty");
        return [.. result.Tokens.Select(token => token.Value)];
    };

    private static string Text(ArgumentResult result) => result.Tokens.Count == 0 ? "" : result.Tokens[^1].Value;
}
