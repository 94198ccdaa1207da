namespace Wct.Cli;

/// <summary>Prints the warnings about damaged pictures, once per file even if a run reads it several times.</summary>
internal sealed class PictureWarnings
{
    private readonly HashSet<string> _warned = [];

    /// <summary>Prints a picture's warnings unless they were printed before. Safe for use by several threads.</summary>
    /// <param name="path">The file.</param>
    /// <param name="warnings">All of its warnings, so the file must have been read to its end.</param>
    internal void Tell(string path, IReadOnlyList<string> warnings)
    {
        lock (_warned)
        {
            if (warnings.Count == 0 || !_warned.Add(Path.GetFullPath(path)))
                return;
            foreach (string warning in warnings)
                Print($"{path}: {warning}");
        }
    }

    /// <summary>Prints one warning on standard error.</summary>
    /// <param name="warning">Begins with the file's path.</param>
    internal static void Print(string warning) => Console.Error.WriteLine(ErrorLine.Of($"warning: {warning}"));
}
