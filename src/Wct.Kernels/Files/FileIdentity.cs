namespace Wct;

/// <summary>Tells whether two paths lead to one file: through links of both kinds, another spelling, or another case of letters.</summary>
internal static class FileIdentity
{
    /// <summary>A text that is the same for every path of a file or folder.</summary>
    /// <returns>Null where nothing is there.</returns>
    /// <remarks>Linux numbers its files. Elsewhere it is the path behind all links, so that two hard links are two files.</remarks>
    internal static string? Of(string path)
    {
        if (FileStatus.Of(path) is { } status)
            return FormattableString.Invariant($"{status.Device}:{status.Inode}");
        FileSystemInfo file = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
        // A link to nothing is there for the framework.
        FileSystemInfo real = file.Exists ? file.ResolveLinkTarget(returnFinalTarget: true) ?? file : file;
        if (!real.Exists)
            return null;
        string full = Path.TrimEndingDirectorySeparator(RealPath.Of(real.FullName));
        return OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? full.ToUpperInvariant() : full;
    }
}
