using System.Globalization;
using Wct.Net.Models;
using Wct.Net.Pipeline;

namespace Wct.Net.Recipes;

/// <summary>The values that a number of a recipe may have.</summary>
/// <param name="Low">The lowest value, or the one that all values are above.</param>
/// <param name="High">The highest value; infinite for none.</param>
/// <param name="Text">The range in messages: "it must be ...".</param>
/// <param name="IsOpen">Whether all values are above <paramref name="Low"/>.</param>
internal sealed record NumberRange(double Low, double High, string Text, bool IsOpen = false)
{
    internal static readonly NumberRange Strength = Between(0, 1), Detail = Between(0, RunSettings.MostDetail);
    internal static readonly NumberRange Weight = new(0, double.PositiveInfinity, "at least 0");
    internal static readonly NumberRange Epsilon = new(0, double.PositiveInfinity, "above 0", IsOpen: true);
    internal static readonly NumberRange StyleScale = new(
        0, RunSettings.MostStyleScale, FormattableString.Invariant($"above 0 and at most {RunSettings.MostStyleScale}"), IsOpen: true);
    internal static readonly NumberRange Side = Between(1, 1 << 20), Feather = Between(0, Feathering.Largest);
    internal static readonly NumberRange Level = Between(1, Vgg19.DeepestLevel);
    internal static readonly NumberRange Passes = Between(1, RunSettings.MostPasses), Radius = Between(1, RunSettings.MostRadius);

    /// <summary>The problem with a value, without the property's name; null if it is in the range.</summary>
    internal string? Problem(double value)
    {
        if (!double.IsFinite(value))
            return $"is {Number(value)}; it must be a finite number {Text}";
        bool isIn = (IsOpen ? value > Low : value >= Low) && value <= High;
        return isIn ? null : $"is {Number(value)}; it must be {Text}";
    }

    /// <summary>A number in messages and texts. It reads back to the same bits.</summary>
    internal static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static NumberRange Between(int low, int high) => new(low, high, FormattableString.Invariant($"from {low} to {high}"));
}
