using System.Text.RegularExpressions;

namespace Wct.Packages.Tests;

/// <summary>Compares the tool's help with an approved text, so that no change of the command line goes unnoticed.</summary>
public partial class CommandLineTests(PackedFeed feed)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    [Fact]
    public void HelpMatchesTheApprovedText() => ApprovedText.Check(
        Path.Combine(Shared.Root, "tests", "Wct.Packages.Tests", "CommandLine.txt"), string.Concat(Helps([])), "The command line");

    // A command's help, then those of its commands.
    private IEnumerable<string> Helps(string[] command)
    {
        string text = Programs.Succeed(Limit, Shared.Root, feed.Tool, [.. command, "--help"]).ReplaceLineEndings("\n").Trim();
        yield return $"==== {string.Join(' ', ["wct", .. command])}\n\n{text}\n\n";
        string[] parts = text.Split("\nCommands:\n");
        foreach (Match name in Name().Matches(parts.Length == 2 ? parts[1] : ""))
        {
            foreach (string help in Helps([.. command, name.Groups[1].Value]))
                yield return help;
        }
    }

    [GeneratedRegex(@"^  ([a-z]+)", RegexOptions.Multiline)]
    private static partial Regex Name();
}
