using Wct.Net.Models;

namespace Wct.Net.Weights;

/// <summary>A naming scheme for the files and layers of published networks.</summary>
internal abstract class PublishedScheme
{
    /// <summary>A description of the scheme, for <see cref="WctModel.Origin"/>.</summary>
    internal abstract string Description { get; }

    /// <summary>An encoder's file names, for messages.</summary>
    internal abstract string EncoderNames(object level);

    /// <summary>A decoder's file names, for messages.</summary>
    internal abstract string DecoderNames(object level);

    /// <summary>The path of a level's encoder; null if there is none.</summary>
    internal abstract string? EncoderFile(string folder, int level);

    /// <summary>The path of a level's decoder; null if there is none.</summary>
    internal abstract string? DecoderFile(string folder, int level);

    /// <exception cref="WeightsFormatException">The file can't be used.</exception>
    internal EncoderWeights ReadEncoder(string path, int level)
    {
        using TensorArchive archive = NetworkFile.Open(path);
        return ReadEncoder(archive, level);
    }

    /// <exception cref="WeightsFormatException">The file can't be used.</exception>
    internal DecoderWeights ReadDecoder(string path, int level)
    {
        using TensorArchive archive = NetworkFile.Open(path);
        return ReadDecoder(archive, level);
    }

    /// <exception cref="WeightsFormatException">The file can't be used.</exception>
    internal abstract EncoderWeights ReadEncoder(TensorArchive archive, int level);

    /// <exception cref="WeightsFormatException">The file can't be used.</exception>
    internal abstract DecoderWeights ReadDecoder(TensorArchive archive, int level);

    /// <summary>The levels that have a file, deepest first.</summary>
    internal IEnumerable<int> Levels(Func<string, int, string?> file, string folder) =>
        Enumerable.Range(1, Vgg19.DeepestLevel).Reverse().Where(level => file(folder, level) is not null);

    protected static string? Existing(string folder, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (Path.Combine(folder, name) is { } path && File.Exists(path))
                return path;
        }

        return null;
    }
}
