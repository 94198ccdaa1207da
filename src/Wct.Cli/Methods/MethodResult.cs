using System.Globalization;

namespace Wct.Cli.Methods;

/// <summary>A line of the table.</summary>
/// <param name="Name">The method, or the photo itself.</param>
/// <param name="Seconds">Time of the method; null for the photo itself.</param>
/// <param name="Style">Style loss, relative.</param>
/// <param name="Content">Content loss, relative.</param>
internal sealed record MethodResult(string Name, double? Seconds, double Style, double Content)
{
    /// <summary>The heading of the table.</summary>
    internal static readonly string[] Heading = ["method", "seconds", "style loss", "content loss"];

    /// <summary>The columns of the table.</summary>
    internal string[] Columns =>
        [Name, Seconds is { } seconds ? Text(seconds, "0.000") : "-", Text(Style, "0.00000"), Text(Content, "0.00000")];

    /// <summary>The time for the sheet, such as "0.42 s"; empty if there is none.</summary>
    internal string Time => Seconds is { } seconds ? Text(seconds, seconds < 10 ? "0.00" : "0.0") + " s" : "";

    /// <summary>A loss for the sheet: three decimals, or an exponent.</summary>
    internal static string Loss(double value) => Text(value, value < 100 ? "0.000" : "0.0e+0");

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
