using System.CommandLine;

namespace Wct.Cli;

/// <summary>The option <c>--force</c>.</summary>
internal static class ForceOption
{
    internal static Option<bool> Create() => new("--force", "-f") { Description = "Replace even a file that is an input of this command." };
}
