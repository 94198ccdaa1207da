using System.Text.RegularExpressions;

namespace Wct.Packages.Tests;

/// <summary>The tool's public surface: what its help says, held against an approved text, so that no change to it goes unnoticed.</summary>
public partial class CommandLineTests(PackedFeed feed)
{
    private const string Approve = "WCT_APPROVE";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    [Fact]
    public void IsTheApprovedOne()
    {
        string path = Path.Combine(Shared.Root, "tests", "Wct.Packages.Tests", "CommandLine.txt"), actual = string.Concat(Helps([]));
        if (Environment.GetEnvironmentVariable(Approve) == "1")
            File.WriteAllText(path, actual);
        string approved = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        string[] added = [.. actual.Split('\n').Except(approved.Split('\n'))], gone = [.. approved.Split('\n').Except(actual.Split('\n'))];
        Assert.True(
            actual == approved,
            $"The command line changed.\nadded:\n{string.Join("\n", added)}\ngone:\n{string.Join("\n", gone)}\n"
            + $"If that is meant, run this test with {Approve}=1 and commit CommandLine.txt.");
    }

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
