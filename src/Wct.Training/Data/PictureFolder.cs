using Wct.Imaging;

namespace Wct.Training.Data;

/// <summary>The pictures of a folder, in the order of their names, some of them held out.</summary>
public sealed class PictureFolder
{
    private static readonly IReadOnlyList<string> Known = ImageFile.Extensions;

    /// <summary>Lists a folder's pictures, those in folders below as well. Links are followed; each file counts once, however many names it has.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="heldOut">Pictures to keep for judging the result: chosen by chance, but the same ones of the same folder every time.</param>
    /// <param name="warning">Called with a line for each folder and file that is passed over because it can't be read; null: nobody is told.</param>
    /// <param name="cancellation">Ends the listing.</param>
    /// <exception cref="DirectoryNotFoundException">No such folder.</exception>
    /// <exception cref="IOException">The folder can't be read; the message names it.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read.</exception>
    /// <exception cref="InvalidDataException">No pictures, or none but those held out.</exception>
    /// <exception cref="OperationCanceledException">Canceled.</exception>
    public PictureFolder(string folder, int heldOut = 0, Action<string>? warning = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (File.Exists(folder))
            throw new IOException($"{folder}: is a file; a folder of pictures is asked for.");
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"{folder}: no such folder.");
        List<string> found = new FolderWalk(IsPicture, warning ?? (_ => { }), cancellation).Run(folder);
        string[] files = [.. found.Order(StringComparer.Ordinal)];
        if (files.Length == 0)
            throw new InvalidDataException($"{folder}: has 0 pictures ({string.Join(' ', Known)}).");
        if (files.Length <= heldOut)
        {
            throw new InvalidDataException(
                $"{folder}: has {files.Length} pictures ({string.Join(' ', Known)}), {heldOut} are to be held out; at least one must be left.");
        }

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

    private static bool IsPicture(string name) => Known.Contains(Path.GetExtension(name).ToLowerInvariant());
}
