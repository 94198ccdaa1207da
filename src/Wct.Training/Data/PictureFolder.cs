using Wct.Imaging;

namespace Wct.Training.Data;

/// <summary>The pictures of a folder, in the order of their names, some of them held out.</summary>
public sealed class PictureFolder
{
    private static readonly string[] Known = [.. ImageFile.Extensions];

    /// <summary>Lists a folder's pictures, those in folders below as well.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="heldOut">Pictures to keep for judging the result: chosen by chance, but the same ones of the same folder every time.</param>
    /// <exception cref="DirectoryNotFoundException">No such folder.</exception>
    /// <exception cref="InvalidDataException">No pictures, or none but those held out.</exception>
    public PictureFolder(string folder, int heldOut = 0)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"{folder}: no such folder.");
        string[] files = [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => Known.Contains(Path.GetExtension(file).ToLowerInvariant())).Order(StringComparer.Ordinal)];
        if (files.Length <= heldOut)
            throw new InvalidDataException($"{folder}: has {files.Length} pictures ({string.Join(' ', Known)}), {heldOut} are to be held out.");
        int[] order = RandomOrder.Of(files.Length, seed: 0, round: 0);
        HeldOut = [.. order.Take(heldOut).Order().Select(i => files[i])];
        Training = [.. order.Skip(heldOut).Order().Select(i => files[i])];
        Description = $"{Training.Count} pictures {Fingerprint.Of(Training.Select(file => Path.GetRelativePath(folder, file)))}";
    }

    /// <summary>What is trained with.</summary>
    public IReadOnlyList<string> Training { get; }

    /// <summary>What is not.</summary>
    public IReadOnlyList<string> HeldOut { get; }

    /// <summary>What is trained with, for checkpoints: the names within the folder, which may be moved.</summary>
    internal string Description { get; }
}
