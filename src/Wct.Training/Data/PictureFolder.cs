using Wct.Imaging;

namespace Wct.Training.Data;

/// <summary>The pictures in a folder and its subfolders, sorted by name. Some are held out from training.</summary>
public sealed class PictureFolder : TrainingData
{
    private static readonly IReadOnlyList<string> Known = ImageFile.Extensions;

    /// <summary>Lists the pictures. Links are followed; a file with several paths is listed once.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="heldOut">The number of pictures to hold out, at least 0. They are chosen at random, but the choice is the same each
    /// time.</param>
    /// <param name="warning">Called with one line for each subfolder or file that is skipped because it can't be read. May be null.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="IOException">The folder can't be read; the message names it.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission to read the folder.</exception>
    /// <exception cref="InvalidDataException">There are no pictures, or all of them would be held out.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public PictureFolder(string folder, int heldOut = 0, Action<string>? warning = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (File.Exists(folder))
            throw new IOException($"{folder}: is a file; a folder of pictures is asked for.");
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"{folder}: no such folder.");
        List<string> found = new FolderWalk(IsPicture, warning ?? (_ => { }), cancellationToken).Run(folder);
        string[] files = [.. found.Order(StringComparer.Ordinal)];
        if (files.Length == 0)
            throw new InvalidDataException($"{folder}: has 0 pictures ({string.Join(' ', Known)}).");
        if (files.Length <= heldOut)
        {
            throw new InvalidDataException(
                $"{folder}: has {files.Length} pictures ({string.Join(' ', Known)}), {heldOut} are to be held out; at least one must be "
                    + "left.");
        }

        int[] order = RandomOrder.Of(files.Length, seed: 0, round: 0);
        HeldOut = [.. order.Take(heldOut).Order().Select(i => files[i])];
        Training = [.. order.Skip(heldOut).Order().Select(i => files[i])];
        Description = $"{Training.Count} pictures {Fingerprint.Of(Training.Select(file => Path.GetRelativePath(folder, file)))}";
    }

    /// <summary>Paths of the pictures for training.</summary>
    public IReadOnlyList<string> Training { get; }

    /// <summary>Paths of the held-out pictures.</summary>
    public IReadOnlyList<string> HeldOut { get; }

    // Depends on the paths within the folder, so the folder may be moved.
    internal override string Description { get; }

    /// <inheritdoc/>
    public override string Summary => $"{Training.Count} pictures, {HeldOut.Count} held out";

    internal override ICrops Open(CropOptions options, long first, int ahead, Action<string> warning, Action<string> damage) =>
        new CropStream(Training, options.Side, options.Crop, options.Seed, first, ahead, warning, damage);

    internal override IEnumerable<PixelImage> Samples(int count, int side, int grain, Action<string> damage)
    {
        foreach (string path in (HeldOut.Count > 0 ? HeldOut : Training).Take(count))
        {
            PixelImage picture;
            try
            {
                picture = Crop.Middle(Crop.Read(path, side, damage), side, grain);
            }
            catch (Exception error) when (Crop.IsUnreadable(error))
            {
                // If it is a training picture, the crop stream reports the problem.
                continue;
            }

            yield return picture;
        }
    }

    private static bool IsPicture(string name) => Known.Contains(Path.GetExtension(name).ToLowerInvariant());
}
