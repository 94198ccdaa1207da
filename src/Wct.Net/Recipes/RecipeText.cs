using System.Globalization;
using Wct.Net.Models;
using Wct.Net.Transforms;

namespace Wct.Net.Recipes;

/// <summary>Parses settings that are short texts in recipes and on command lines.</summary>
/// <remarks>Numbers have a decimal point in every culture. Each text has one error message, which has the setting's name, its value, and
/// what is allowed.</remarks>
public static class RecipeText
{
    private const NumberStyles Numbers = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>Parses one strength for all levels ("0.6"), a strength per level ("5:0.4,4:1"), or both ("0.6,5:0.4").</summary>
    /// <param name="text">Items separated by commas.</param>
    /// <param name="name">The setting's name in messages.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="RecipeFormatException">A strength is not a number from 0 to 1, or a level is not 1 to 5 or is there
    /// twice.</exception>
    public static LevelSettings Strengths(string text, string name = "strength") =>
        PerLevel(text, name, item => Number(item) is { } strength && NumberRange.Strength.Problem(strength) is null
            ? new(0) { Strength = strength } : null)
        ?? throw Wrong(name, text, $"a number {NumberRange.Strength.Text}, or a number per level: 5:0.4,4:1");

    /// <summary>Parses one transform for all levels ("adain"), a transform per level ("5:swap,4:wct"), or both ("adain,5:swap").</summary>
    /// <param name="text">Items separated by commas. Transforms have the names of <see cref="FeatureTransform.Named"/>.</param>
    /// <param name="name">The setting's name in messages.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="RecipeFormatException">A transform is unknown, or a level is not 1 to 5 or is there twice.</exception>
    public static LevelSettings Transforms(string text, string name = "transform") =>
        PerLevel(text, name, item => Transform(item) is { } transform ? new(0) { Transform = transform } : null)
        ?? throw Wrong(name, text, $"one of {RecipeCheck.TransformNames}, or one per level: 5:swap,4:wct");

    /// <summary>Parses a file ("a.jpg"), or a file and its weight ("a.jpg:0.7"). The weight is a number after the last colon; other colons
    /// belong to the file's name.</summary>
    /// <param name="text">The text. If a file has this very name, the caller should not call this method.</param>
    /// <param name="name">The setting's name in messages.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="RecipeFormatException">The file's name is empty, or the weight is negative or not finite.</exception>
    public static RecipeStyle Style(string text, string name = "style") =>
        StyleOrNull(text) ?? throw Wrong(name, text, $"a file, or a file and a weight {NumberRange.Weight.Text}: a.jpg:0.7");

    /// <summary>Parses the color of a region and its style: "#ff0000=a.jpg" or "#f00=a.jpg:0.7".</summary>
    /// <param name="text">A color as in <see cref="Label"/>, an equals sign, and a style as in <see cref="Style"/>.</param>
    /// <param name="name">The setting's name in messages.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="RecipeFormatException">The text is something else.</exception>
    public static RecipeStyle LabeledStyle(string text, string name = "label")
    {
        ArgumentNullException.ThrowIfNull(text);
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals >= 0 && TryLabel(text[..equals], out _) && StyleOrNull(text[(equals + 1)..]) is { } style
            ? style with { Label = text[..equals] }
            : throw Wrong(name, text, "a color and a style: #ff0000=a.jpg or #ff0000=a.jpg:0.7");
    }

    /// <summary>Parses the color of a region: # and 3 or 6 hexadecimal digits. "#f00" is "#ff0000".</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">The setting's name in messages.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="RecipeFormatException">The text is something else.</exception>
    public static (byte Red, byte Green, byte Blue) Label(string text, string name = "label")
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryLabel(text, out (byte, byte, byte) color) ? color : throw Wrong(name, text, "# and 3 or 6 hexadecimal digits");
    }

    /// <summary>Parses how colors are kept: "none", "linear", "luminance" or "histogram", the last three with a strength if it isn't 1:
    /// "luminance:0.5".</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">The setting's name in messages.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="RecipeFormatException">The method is unknown, or the strength is not a number from 0 to 1.</exception>
    public static ColorPreservation PreserveColor(string text, string name = "preserveColor")
    {
        ArgumentNullException.ThrowIfNull(text);
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        ColorPreservation? color = (colon < 0 ? text : text[..colon]) switch
        {
            "none" when colon < 0 => ColorPreservation.None,
            "linear" => ColorPreservation.Linear,
            "luminance" => ColorPreservation.Luminance,
            "histogram" => ColorPreservation.Histogram,
            _ => null,
        };
        double? strength = colon < 0 ? 1 : Number(text.AsSpan(colon + 1));
        return color is not null && strength is { } value && NumberRange.Strength.Problem(value) is null
            ? color with { Strength = value }
            : throw Wrong(name, text, "none, linear, luminance or histogram, the last three optionally with a strength "
                + $"{NumberRange.Strength.Text}: luminance:0.5");
    }

    /// <summary>The text that <see cref="PreserveColor"/> parses: "luminance:0.5".</summary>
    /// <param name="color">The method and its strength.</param>
    /// <exception cref="ArgumentNullException"><paramref name="color"/> is null.</exception>
    public static string Of(ColorPreservation color)
    {
        ArgumentNullException.ThrowIfNull(color);
        string method = color.Method switch
        {
            ColorPreservationMethod.Linear => "linear",
            ColorPreservationMethod.Luminance => "luminance",
            ColorPreservationMethod.Histogram => "histogram",
            _ => "none",
        };
        return color.Strength == 1 ? method : $"{method}:{NumberRange.Number(color.Strength)}";
    }

    /// <summary>Parses a color; false if the text isn't one.</summary>
    internal static bool TryLabel(string text, out (byte Red, byte Green, byte Blue) color)
    {
        color = default;
        if (text is not ['#', .. var digits] || digits.Length is not (3 or 6) || !digits.All(char.IsAsciiHexDigit))
            return false;
        // Each of three digits counts twice.
        byte Part(int i) => Convert.ToByte(digits.Length == 6 ? digits.Substring(2 * i, 2) : new string(digits[i], 2), 16);
        color = (Part(0), Part(1), Part(2));
        return true;
    }

    /// <summary>Finds a transform by its name; null if there is none.</summary>
    internal static FeatureTransform? Transform(string name) => FeatureTransform.All.FirstOrDefault(transform => transform.Name == name);

    // An item is a value for all levels, at most once, or a level, a colon and a value. Null if the text is something else.
    private static LevelSettings? PerLevel(string text, string name, Func<string, LevelOptions?> parse)
    {
        ArgumentNullException.ThrowIfNull(text);
        LevelOptions? all = null;
        List<LevelOptions> levels = [];
        foreach (string item in text.Split(','))
        {
            if (item is [var digit and >= '1' and <= (char)('0' + Vgg19.DeepestLevel), ':', .. var own])
            {
                int level = digit - '0';
                if (parse(own) is not { } value)
                    return null;
                if (levels.Find(other => other.Level == level) is { } first)
                {
                    throw new RecipeFormatException(
                        null, $"{name} is '{RecipeCheck.Short(text)}'; level {level} has two values, {Value(first)} and "
                            + $"{Value(value)}; it must have one");
                }

                levels.Add(value with { Level = level });
            }
            else if (all is not null || (all = parse(item)) is null)
            {
                return null;
            }
        }

        return new LevelSettings { Strength = all?.Strength, Transform = all?.Transform, Levels = levels };
    }

    private static string Value(LevelOptions level) => level.Transform?.Name ?? NumberRange.Number(level.Strength!.Value);

    private static RecipeStyle? StyleOrNull(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int colon = text.LastIndexOf(':');
        double? weight = colon < 0 ? null : Number(text.AsSpan(colon + 1));
        string file = weight is null ? text : text[..colon];
        return file.Length > 0 && NumberRange.Weight.Problem(weight ?? 1) is null ? new(file) { Weight = weight ?? 1 } : null;
    }

    // Null if the text isn't a number in digits. It may be infinite: 1e999.
    private static double? Number(ReadOnlySpan<char> text) => text.IndexOfAnyInRange('0', '9') >= 0
        && double.TryParse(text, Numbers, CultureInfo.InvariantCulture, out double value) ? value : null;

    private static RecipeFormatException Wrong(string name, string text, string must) =>
        new(null, $"{name} is '{RecipeCheck.Short(text)}'; it must be {must}");
}
