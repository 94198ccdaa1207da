namespace Wct.Cli;

/// <summary>Prints the warnings of damaged pictures: once per file, however often a run reads it.</summary>
internal sealed class PictureWarnings
{
    private readonly HashSet<string> _told = [];

    /// <summary>Prints a picture's warnings unless they were printed before. Safe for use by several threads.</summary>
    /// <param name="path">The file.</param>
    /// <param name="warnings">All that it warns of, so it must have been read to its end.</param>
    internal void Tell(string path, IReadOnlyList<string> warnings)
    {
        lock (_told)
        {
            if (warnings.Count == 0 || !_told.Add(Path.GetFullPath(path)))
                return;
            foreach (string warning in warnings)
                Print($"{path}: {warning}");
        }
    }

    /// <summary>Prints one warning on standard error.</summary>
    /// <param name="warning">Begins with the file's path.</param>
    internal static void Print(string warning) => Console.Error.WriteLine(ErrorLine.Of($"warning: {warning}"));
}
