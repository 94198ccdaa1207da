using Wct.Net.Models;
using Wct.Net.Weights;

namespace Wct.Net.Onnx;

/// <summary>Writes a model's networks as ONNX files, for use with other runtimes.</summary>
/// <remarks>
/// <para>Encoders take <c>image</c> [1, 3, H, W], RGB in 0..1, and give <c>relu5_1</c>, <c>relu4_1</c> .. for the levels that use them.
/// Decoders take <c>features</c> [1, C, h, w] and give <c>image</c>, not clamped. H and W are variable. If they are multiples of 16, the
/// decoded picture has the size of the input.</para>
/// <para>Operator set 13: Pad (reflect), Conv, Relu, MaxPool, Resize (nearest). Weights are float32, with the names of the model
/// file.</para>
/// </remarks>
public static class OnnxExport
{
    /// <summary>Writes <c>encoder.onnx</c> (<c>encoder5.onnx</c> .. if there are several) and <c>decoder5.onnx</c> .. into a
    /// folder.</summary>
    /// <param name="model">The networks to write.</param>
    /// <param name="folder">Created if it does not exist; its parent folder must exist. Nothing in it changes until all files are
    /// written.</param>
    /// <param name="cancellationToken">Checked before each file is written, and before the files are moved into the folder.</param>
    /// <returns>Paths of the files, encoders first, deepest first.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> or <paramref name="folder"/> is null.</exception>
    /// <exception cref="ArgumentException">The folder is empty text.</exception>
    /// <exception cref="DirectoryNotFoundException">The parent folder does not exist.</exception>
    /// <exception cref="IOException">The files can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    /// <exception cref="OperationCanceledException">Canceled; the folder is unchanged.</exception>
    public static IReadOnlyList<string> Write(WctModel model, string folder, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        string target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        bool replaces = Directory.Exists(target);
        string workplace = replaces ? target : Path.GetDirectoryName(target)!;
        if (!Directory.Exists(workplace))
            throw new DirectoryNotFoundException($"{folder}: its folder does not exist.");
        List<OnnxFile> files = [.. Files(model)];

        // The files are written to a temporary folder first. A new folder appears by one rename at the end; if the folder exists, each file
        // is renamed into it.
        string temporary = Path.Combine(workplace, $".{Guid.NewGuid():N}.tmp");
        try
        {
            Directory.CreateDirectory(temporary);
            foreach (OnnxFile file in files)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Write(Path.Combine(temporary, file.Name), file.Content);
            }

            cancellationToken.ThrowIfCancellationRequested();
            if (!replaces)
                Directory.Move(temporary, target);
            else
                files.ForEach(
                    file => System.IO.File.Move(Path.Combine(temporary, file.Name), Path.Combine(target, file.Name), overwrite: true));
            return [.. files.Select(file => Path.Combine(folder, file.Name))];
        }
        finally
        {
            if (Directory.Exists(temporary))
                Directory.Delete(temporary, recursive: true);
        }
    }

    /// <summary>Writes a feed-forward network as one ONNX file, atomically.</summary>
    /// <param name="network">The network to write.</param>
    /// <param name="path">The file to write, by convention <c>.onnx</c>; its folder must exist.</param>
    /// <param name="styleWeights">A weight per style, as in <see cref="StyleNetworkOptions.StyleWeights"/>; null for the first style
    /// only.</param>
    /// <exception cref="ArgumentNullException"><paramref name="network"/> or <paramref name="path"/> is null.</exception>
    /// <exception cref="ArgumentException">The path is empty, the number of weights isn't that of the network's styles, or a layer is
    /// called "image" or "picture".</exception>
    /// <exception cref="IOException">The file can't be written; the message names it.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to, or the file may not be replaced.</exception>
    /// <remarks>The graph takes <c>image</c> [1, 3, H, W] and gives <c>picture</c>, both RGB in 0..1. Noise layers are further inputs with
    /// the layers' names. Circular padding is written as slices and concatenations.</remarks>
    public static void Write(StyleNetworkModel network, string path, IReadOnlyList<double>? styleWeights = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentException.ThrowIfNullOrEmpty(path);
        OnnxGraph graph = OnnxNetwork.Style("network", network, network.Normalized(styleWeights));
        using AtomicFile file = new(path);
        graph.ToModel(Metadata(network.Origin, network.License)).WriteTo(file.Stream);
        file.Complete(flushToDisk: true);
    }

    private static Dictionary<string, string> Metadata(string? origin, string? license)
    {
        Dictionary<string, string> metadata = [];
        if (origin is not null)
            metadata.Add("origin", origin);
        if (license is not null)
            metadata.Add("license", license);
        return metadata;
    }

    private static IEnumerable<OnnxFile> Files(WctModel model)
    {
        foreach (EncoderWeights encoder in model.Encoders)
        {
            string name = ModelFile.NameOf(model, encoder);
            int[] levels = [.. model.Levels.Where(level => level.Encoder == encoder).Select(level => level.Level).Order()];
            yield return File(model, name, OnnxNetwork.Encoder(name, encoder, levels));
        }

        foreach (LevelModel level in model.Levels)
        {
            string name = $"decoder{level.Level}";
            yield return File(model, name, OnnxNetwork.Decoder(name, level.Decoder));
        }
    }

    private static OnnxFile File(WctModel model, string name, OnnxGraph graph) =>
        new($"{name}.onnx", graph.ToModel(Metadata(model.Origin, model.License)));

    private static void Write(string path, ProtoMessage content)
    {
        using FileStream file = new(path, FileMode.CreateNew, FileAccess.Write);
        content.WriteTo(file);
        file.Flush(flushToDisk: true);
    }

    private sealed record OnnxFile(string Name, ProtoMessage Content);
}
