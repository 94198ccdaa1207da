namespace Wct.Linked;

/// <summary>Names of files that are no valid UTF-8: the framework puts U+FFFD for what it can't read, and then finds another file or none.</summary>
internal static class LostName
{
    /// <summary>What is wrong with such a name, and what helps.</summary>
    internal const string Problem = "its name is not valid UTF-8; rename it (convmv does that for many)";

    private const char Replacement = '\uFFFD';

    /// <summary>Whether a path may be such a name.</summary>
    internal static bool Maybe(string path) => path.Contains(Replacement, StringComparison.Ordinal);

    /// <summary>Whether a path that was listed is such a name. A file that really has U+FFFD in its name is there.</summary>
    internal static bool Is(string path) => Maybe(path) && !Path.Exists(path);
}
