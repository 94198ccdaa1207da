using System.CommandLine.Parsing;
using System.Globalization;
using Wct.Net.Models;

namespace Wct.Cli.Training;

/// <summary>A level that is replaced by that of another file.</summary>
internal sealed record Replacement(int Level, string Path)
{
    /// <summary>Parses <c>3=d3.safetensors</c>. The option may be repeated, with each level at most once.</summary>
    internal static Func<ArgumentResult, Replacement[]?> Parse(string option) => result =>
    {
        List<Replacement> replacements = [];
        foreach (string text in result.Tokens.Select(token => token.Value))
        {
            int at = text.IndexOf('=', StringComparison.Ordinal);
            if (at < 0 || at == text.Length - 1
                || !int.TryParse(text.AsSpan(0, at), NumberStyles.None, CultureInfo.InvariantCulture, out int level)
                || level is < 1 or > Vgg19.DeepestLevel)
                result.AddError($"{option} is '{text}', it must be a level in 1..{Vgg19.DeepestLevel} and a file: 3=d3.safetensors");
            else if (replacements.Any(other => other.Level == level))
                result.AddError($"{option} is given twice for level {level}");
            else
                replacements.Add(new Replacement(level, text[(at + 1)..]));
        }

        return [.. replacements];
    };
}
