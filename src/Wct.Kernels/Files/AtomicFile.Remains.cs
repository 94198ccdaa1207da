using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Wct;

// Names of temporary files: ".picture.png.wct-1234-abcdefgh.tmp" will become picture.png; 1234 is the process id.
internal sealed partial class AtomicFile
{
    private const string Mark = ".wct-", Suffix = ".tmp";

    // Bytes of the target's name that are used. The temporary name stays below every file system's limit (143 if names are encrypted).
    private const int LongestName = 96, KeptOfLonger = 64;

    private const int RandomLetters = 8;

    /// <summary>Deletes temporary files of processes that were killed while they wrote a file.</summary>
    /// <param name="path">The target file. It doesn't have to exist; a link is followed.</param>
    /// <returns>The number of deleted files. Files of processes that still run are kept, and so are files that can't be deleted.</returns>
    internal static int DeleteRemains(string path)
    {
        string target = RealPath.OfTarget(path), folder = Path.GetDirectoryName(target)!;
        string prefix = Prefix(Path.GetFileName(target));
        return Directory.Exists(folder)
            ? new DirectoryInfo(folder).EnumerateFiles().ToArray().Count(file => IsRemains(file, prefix) && TryDelete(file)) : 0;
    }

    private static string TemporaryName(string name) => FormattableString.Invariant(
        $"{Prefix(name)}{Environment.ProcessId}-{Path.GetRandomFileName()[..RandomLetters]}{Suffix}");

    // A name that is too long is cut. A hash distinguishes it from other names with the same beginning.
    private static string Prefix(string name)
    {
        if (Encoding.UTF8.GetByteCount(name) > LongestName)
        {
            int bytes = 0;
            string kept = string.Concat(name.EnumerateRunes().TakeWhile(rune => (bytes += rune.Utf8SequenceLength) <= KeptOfLonger));
            name = FormattableString.Invariant($"{kept}~{Hash(name):x8}");
        }

        return $".{name}{Mark}";
    }

    // FNV-1a (Fowler, Noll, Vo): enough to distinguish a few names, without a cryptography library.
    private static uint Hash(string name) =>
        Encoding.UTF8.GetBytes(name).Aggregate(2166136261u, (hash, value) => unchecked((hash ^ value) * 16777619u));

    private static bool IsRemains(FileInfo file, string prefix)
    {
        string name = file.Name;
        if (file.LinkTarget is not null || !name.StartsWith(prefix, StringComparison.Ordinal)
            || !name.EndsWith(Suffix, StringComparison.Ordinal)
            || name.Length <= prefix.Length + Suffix.Length)
            return false;
        string[] id = name[prefix.Length..^Suffix.Length].Split('-');
        return id.Length == 2 && id[1].Length == RandomLetters
            && int.TryParse(id[0], NumberStyles.None, CultureInfo.InvariantCulture, out int process)
            && (process == Environment.ProcessId || !Runs(process));
    }

    private static bool Runs(int process)
    {
        try
        {
            using Process found = Process.GetProcessById(process);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    // The process may run in another container or on another machine, where this machine's process ids don't apply. But a process that
    // still writes to a file holds a lock on it.
    private static bool TryDelete(FileInfo file)
    {
        try
        {
            new FileStream(
                file.FullName, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose).Dispose();
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
