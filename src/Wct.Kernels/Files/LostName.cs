namespace Wct;

/// <summary>Detects file names that are not valid UTF-8. .NET replaces their invalid bytes by U+FFFD, and the resulting name belongs to
/// another file or to none.</summary>
internal static class LostName
{
    /// <summary>The message about such a name, with a remedy.</summary>
    internal const string Problem = "its name is not valid UTF-8; rename it (convmv does that for many)";

    private const char Replacement = '\uFFFD';

    /// <summary>Whether a path may have such a name.</summary>
    internal static bool Maybe(string path) => path.Contains(Replacement, StringComparison.Ordinal);

    /// <summary>Whether the path of a listed file has such a name. If the file exists under this path, its name really contains
    /// U+FFFD.</summary>
    internal static bool Is(string path) => Maybe(path) && !Path.Exists(path);
}
