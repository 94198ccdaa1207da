namespace Wct.Training.Data;

/// <summary>Finds the files of a folder and of those below it: each real folder is visited once and each real file named once, whatever links there are.</summary>
/// <param name="wanted">Tells from a file's name whether it is looked for.</param>
/// <param name="warning">Called with a line for each folder and file that is passed over.</param>
/// <param name="cancellation">Ends the walk.</param>
internal sealed class FolderWalk(Func<string, bool> wanted, Action<string> warning, CancellationToken cancellation)
{
    private readonly HashSet<string> _seen = [];
    private readonly List<string> _found = [];
    private readonly List<string> _fileLinks = [];
    private readonly Queue<string> _folderLinks = new();

    /// <summary>Walks.</summary>
    /// <returns>The files' paths, which begin with the folder's as it was given. The same tree gives the same paths.</returns>
    /// <exception cref="IOException">The folder itself can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder itself may not be read.</exception>
    /// <exception cref="OperationCanceledException">Canceled.</exception>
    internal List<string> Run(string folder)
    {
        Visit(folder, List(folder));
        // Links come afterwards, so that what has a path without links is known by that one.
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

    // In the order of their names, whatever order the file system has them in.
    private FileSystemInfo[] List(string folder)
    {
        List<FileSystemInfo> entries = [];
        foreach (FileSystemInfo entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
        {
            cancellation.ThrowIfCancellationRequested();
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
            cancellation.ThrowIfCancellationRequested();
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
        cancellation.ThrowIfCancellationRequested();
        if (FileIdentity.Of(path) is not { } identity)
            warning(Problem(path, "a link to nothing"));
        else if (FileType.IsSpecial(path))
            warning(Problem(path, "a device or a pipe"));
        else if (_seen.Add(identity))
            _found.Add(path);
    }

    // A name that is no UTF-8 comes with other letters, under which nothing is found.
    private static string Problem(string path, string problem) =>
        LostName.Is(path) ? $"{path}: {LostName.Problem}" : $"{path}: {problem}";
}
