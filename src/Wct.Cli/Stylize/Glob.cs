using System.Text;
using System.Text.RegularExpressions;

namespace Wct.Cli.Stylize;

/// <summary>Finds files by shell patterns: *, ? and [a-z] within a name, and ** for any number of folders.</summary>
/// <param name="cancellationToken">Cancels a search.</param>
internal sealed class Glob(CancellationToken cancellationToken)
{
    private const string AnyFolders = "**";

    private readonly SortedSet<string> _found = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _problems = new(StringComparer.Ordinal);

    /// <summary>One line for each folder that can't be listed and each file whose name can't be used.</summary>
    internal IReadOnlyCollection<string> Problems => _problems;

    /// <summary>Whether a text is a pattern. If a file or folder has exactly that name, it is not.</summary>
    internal static bool IsPattern(string text) => HasWildcard(text) && !Path.Exists(text);

    /// <summary>The files that match, in ordinal order of their paths.</summary>
    internal IReadOnlyCollection<string> Find(string pattern)
    {
        string root = Path.GetPathRoot(pattern)!;
        Expand(root, pattern[root.Length..].Split(Separators, StringSplitOptions.RemoveEmptyEntries));
        return _found;
    }

    /// <summary>The files of a folder that are wanted, in ordinal order of their paths.</summary>
    /// <exception cref="IOException">The folder can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read.</exception>
    internal IReadOnlyCollection<string> List(string folder, Func<string, bool> wanted)
    {
        AddFiles(folder, wanted);
        return _found;
    }

    private static bool HasWildcard(string text) =>
        text.AsSpan().IndexOfAny('*', '?') >= 0
            || (text.IndexOf('[', StringComparison.Ordinal) is >= 0 and var open && text.IndexOf(']', open) > open);

    private static char[] Separators => OperatingSystem.IsWindows() ? ['/', '\\'] : ['/'];

    private void Expand(string folder, ReadOnlySpan<string> names)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string[] rest = [.. names[1..]];
        Regex pattern = Pattern(names[0]);
        try
        {
            if (names[0] == AnyFolders)
            {
                Expand(folder, rest.Length == 0 ? ["*"] : rest);
                // Links to folders are not followed here, because they may form cycles.
                foreach (DirectoryInfo below in Folders(folder).Where(below => below.LinkTarget is null))
                    Expand(Join(folder, below.Name), names);
            }
            else if (rest.Length == 0)
            {
                AddFiles(folder, pattern.IsMatch);
            }
            else if (!HasWildcard(names[0]))
            {
                if (Directory.Exists(Join(folder, names[0])))
                    Expand(Join(folder, names[0]), rest);
            }
            else
            {
                foreach (DirectoryInfo below in Folders(folder).Where(below => pattern.IsMatch(below.Name)))
                    Expand(Join(folder, below.Name), rest);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            string problem = LostName.Is(folder) ? LostName.Problem : error is UnauthorizedAccessException ? "no permission to list it"
                : error.Message;
            _problems.Add($"{(folder.Length == 0 ? "." : folder)}: {problem}");
        }
    }

    // Skips names that begin with a dot, as shells do.
    private static DirectoryInfo[] Folders(string folder) =>
        [.. Here(folder).EnumerateDirectories().Where(below => below.Name[0] != '.').OrderBy(below => below.Name, StringComparer.Ordinal)];

    private void AddFiles(string folder, Func<string, bool> wanted)
    {
        foreach (FileInfo file in Here(folder).EnumerateFiles())
        {
            cancellationToken.ThrowIfCancellationRequested();
            string path = Join(folder, file.Name);
            if (file.Name[0] == '.' || !wanted(file.Name) || FileType.IsSpecial(path))
                continue;
            // Names that are not valid UTF-8 may look like each other, or like an existing name.
            if (LostName.Is(path) || (LostName.Maybe(path) && _found.Contains(path)))
                _problems.Add($"{path}: {LostName.Problem}");
            else
                _found.Add(path);
        }
    }

    private static DirectoryInfo Here(string folder) => new(folder.Length == 0 ? "." : folder);

    private static string Join(string folder, string name) => folder.Length == 0 ? name : Path.Join(folder, name);

    private static Regex Pattern(string name)
    {
        StringBuilder regex = new(@"\A");
        for (int i = 0; i < name.Length; i++)
        {
            int end = name[i] == '[' ? name.IndexOf(']', Math.Min(name.Length, i + 2)) : -1;
            if (end > 0)
            {
                bool inverted = name[i + 1] is '!' or '^';
                string letters = name[(i + (inverted ? 2 : 1))..end];
                regex.Append(inverted ? "[^" : "[").Append(
                    letters.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("[", @"\[", StringComparison.Ordinal)
                    .Replace("]", @"\]", StringComparison.Ordinal).Replace("^", @"\^", StringComparison.Ordinal)).Append(']');
                i = end;
            }
            else
            {
                regex.Append(name[i] switch { '*' => ".*", '?' => ".", _ => Regex.Escape(name[i].ToString()) });
            }
        }

        RegexOptions options = RegexOptions.CultureInvariant | RegexOptions.Singleline
            | (OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? RegexOptions.IgnoreCase : RegexOptions.None);
        try
        {
            return new Regex(regex.Append(@"\z").ToString(), options);
        }
        catch (RegexParseException error)
        {
            throw new Failure($"'{name}': no pattern that can be understood", error);
        }
    }
}
