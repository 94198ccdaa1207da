namespace Wct;

/// <summary>File names that are not valid UTF-8. The framework replaces invalid bytes by U+FFFD, and the new name means another file or
/// none.</summary>
internal static class LostName
{
    /// <summary>The message about such a name, with a remedy.</summary>
    internal const string Problem = "its name is not valid UTF-8; rename it (convmv does that for many)";

    private const char Replacement = '\uFFFD';

    /// <summary>Whether a path may be such a name.</summary>
    internal static bool Maybe(string path) => path.Contains(Replacement, StringComparison.Ordinal);

    /// <summary>Whether a path that was listed is such a name. A file that really has U+FFFD in its name is there.</summary>
    internal static bool Is(string path) => Maybe(path) && !Path.Exists(path);
}
