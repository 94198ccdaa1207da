namespace Wct.Training.Data;

/// <summary>Finds the files in a folder and its subfolders. It follows links, visits each folder once and returns each file once.</summary>
/// <param name="wanted">Whether a file of this name is wanted.</param>
/// <param name="warning">Called with one line for each skipped folder or file.</param>
/// <param name="cancellationToken">Ends the walk.</param>
internal sealed class FolderWalk(Func<string, bool> wanted, Action<string> warning, CancellationToken cancellationToken)
{
    private readonly HashSet<string> _seen = [];
    private readonly List<string> _found = [];
    private readonly List<string> _fileLinks = [];
    private readonly Queue<string> _folderLinks = new();

    /// <summary>Finds the files.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>Paths that start with <paramref name="folder"/>. The same tree gives the same paths in the same order.</returns>
    /// <exception cref="IOException">The folder itself can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission to read the folder itself.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    internal List<string> Run(string folder)
    {
        Visit(folder, List(folder));
        // Links are followed last, so that a file that has a path without links gets this path.
        while (_folderLinks.TryDequeue(out string? link))
            VisitBelow(link);
        foreach (string link in _fileLinks)
            AddFile(link);
        return _found;
    }

    private void VisitBelow(string folder)
    {
        try
        {
            Visit(folder, List(folder));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            warning(Problem(folder, error is UnauthorizedAccessException ? "no permission to list it" : error.Message));
        }
    }

    // Entries are sorted by name, because the order of the file system differs between machines.
    private FileSystemInfo[] List(string folder)
    {
        List<FileSystemInfo> entries = [];
        foreach (FileSystemInfo entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
        {
            cancellationToken.ThrowIfCancellationRequested();
            entries.Add(entry);
        }

        return [.. entries.OrderBy(entry => entry.Name, StringComparer.Ordinal)];
    }

    private void Visit(string folder, FileSystemInfo[] entries)
    {
        if (FileIdentity.Of(folder) is not { } identity || !_seen.Add(identity))
            return;
        foreach (FileSystemInfo entry in entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            string path = Path.Join(folder, entry.Name);
            bool link = entry.Attributes.HasFlag(FileAttributes.ReparsePoint);
            if (entry is DirectoryInfo && link)
                _folderLinks.Enqueue(path);
            else if (entry is DirectoryInfo)
                VisitBelow(path);
            else if (wanted(entry.Name) && link)
                _fileLinks.Add(path);
            else if (wanted(entry.Name))
                AddFile(path);
        }
    }

    private void AddFile(string path)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (FileIdentity.Of(path) is not { } identity)
            warning(Problem(path, "a link to nothing"));
        else if (FileType.IsSpecial(path))
            warning(Problem(path, "a device or a pipe"));
        else if (_seen.Add(identity))
            _found.Add(path);
    }

    // .NET changes a name that isn't valid UTF-8, and then no file exists under the changed name.
    private static string Problem(string path, string problem) =>
        LostName.Is(path) ? $"{path}: {LostName.Problem}" : $"{path}: {problem}";
}
