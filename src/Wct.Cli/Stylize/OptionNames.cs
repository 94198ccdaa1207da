using System.Text.RegularExpressions;

namespace Wct.Cli.Stylize;

/// <summary>Names options in the library's messages, which name the properties of recipes.</summary>
internal static partial class OptionNames
{
    private static readonly Dictionary<string, string> Names = new()
    {
        ["mask"] = "--mask",
        ["styleMask"] = "--style-mask",
        ["label"] = "--label",
        ["file"] = "a style",
        ["labels"] = "--labels",
        ["styleSize"] = "--style-size",
        ["preserveColor"] = "--preserve-color",
        ["levels"] = "--levels",
    };

    /// <summary>Replaces the properties that a message is about.</summary>
    /// <param name="message">A message of the library: "styles[0].mask: m.png has 5x4 pixels, ...".</param>
    /// <param name="given">The recipe's properties that come from the command line. Others keep their names.</param>
    /// <returns>"--mask m.png has 5x4 pixels, ...".</returns>
    internal static string In(string message, IReadOnlySet<string> given) => Property().Replace(message, match =>
    {
        bool isOfStyle = match.Groups["of"].Success;
        string name = isOfStyle ? match.Groups["of"].Value : match.Groups["own"].Value;
        return given.Contains(isOfStyle ? "styles" : name) && Names.TryGetValue(name, out string? option) ? option : match.Value;
    });

    [GeneratedRegex(@"(?<=^|, but )(?:styles\[\d+\]\.(?<of>\w+)|(?<own>labels|levels|preserveColor|styleSize)):?(?= )")]
    private static partial Regex Property();
}
