namespace Wct;

/// <summary>Detects whether two paths lead to the same file, for example through symbolic or hard links, or because they differ only in
/// spelling or letter case.</summary>
internal static class FileIdentity
{
    /// <summary>Returns a text that is the same for all paths of a file or folder.</summary>
    /// <returns>Null if nothing exists at the path.</returns>
    /// <remarks>On Linux it consists of the device and inode numbers. On other systems it is the path with all links resolved, so two hard
    /// links count as two files.</remarks>
    internal static string? Of(string path)
    {
        if (FileStatus.Of(path) is { } status)
            return FormattableString.Invariant($"{status.Device}:{status.Inode}");
        FileSystemInfo file = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
        // For .NET, a link exists even if its target doesn't.
        FileSystemInfo real = file.Exists ? file.ResolveLinkTarget(returnFinalTarget: true) ?? file : file;
        if (!real.Exists)
            return null;
        string full = Path.TrimEndingDirectorySeparator(RealPath.Of(real.FullName));
        return OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? full.ToUpperInvariant() : full;
    }
}
