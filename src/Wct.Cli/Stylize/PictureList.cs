using Wct.Imaging;

namespace Wct.Cli.Stylize;

/// <summary>The pictures that an argument names: a file, the pictures of a folder, or the files that match a pattern.</summary>
/// <param name="Files">Paths in ordinal order; at least one.</param>
/// <param name="Problems">One line for each file or folder that was skipped.</param>
internal sealed record PictureList(string[] Files, IReadOnlyCollection<string> Problems)
{
    /// <summary>Whether an argument may name several pictures.</summary>
    internal static bool IsMany(string argument) =>
        Path.EndsInDirectorySeparator(argument) || Directory.Exists(argument) || Glob.IsPattern(argument);

    /// <summary>Lists the pictures.</summary>
    /// <exception cref="Failure">There are none, or the folder can't be read.</exception>
    internal static PictureList Of(string argument, CancellationToken cancellationToken)
    {
        if (!IsMany(argument))
            return new PictureList([argument], []);
        Glob glob = new(cancellationToken);
        bool folder = Directory.Exists(argument);
        if (!folder && !Glob.IsPattern(argument))
            throw new Failure($"{argument}: no such folder");
        string[] files = folder
            ? [.. FileErrors.Naming(argument, () => glob.List(argument, IsPicture))]
            : [.. glob.Find(argument)];
        if (files.Length > 0)
            return new PictureList(files, glob.Problems);
        if (glob.Problems.Count > 0)
            throw new Failure(glob.Problems.First());
        throw new Failure(folder
            ? $"{argument}: holds no pictures ({string.Join(' ', ImageFile.Extensions)}); those in folders below count with "
                + $"'{Path.Join(argument, "**", "*.jpg")}'"
            : $"{argument}: no file matches");
    }

    private static bool IsPicture(string name) => ImageFile.Extensions.Contains(Path.GetExtension(name).ToLowerInvariant());
}
