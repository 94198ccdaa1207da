using Wct.Net.Models;

namespace Wct.Net.Weights;

/// <summary>How a published set of networks names its files and layers.</summary>
internal abstract class PublishedScheme
{
    /// <summary>The scheme in words, for <see cref="WctModel.Origin"/>.</summary>
    internal abstract string Description { get; }

    /// <summary>An encoder's file names, for messages.</summary>
    internal abstract string EncoderNames(object level);

    /// <summary>A decoder's file names, for messages.</summary>
    internal abstract string DecoderNames(object level);

    /// <summary>The encoder's file of a level, or null.</summary>
    internal abstract string? EncoderFile(string folder, int level);

    /// <summary>The decoder's file of a level, or null.</summary>
    internal abstract string? DecoderFile(string folder, int level);

    /// <exception cref="WeightsFormatException">The file can't be used.</exception>
    internal abstract EncoderWeights ReadEncoder(string path, int level);

    /// <exception cref="WeightsFormatException">The file can't be used.</exception>
    internal abstract DecoderWeights ReadDecoder(string path, int level);

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

    /// <summary>Runs a constructor whose complaints are about the file's content.</summary>
    protected static T Checked<T>(TensorArchive archive, Func<T> make)
    {
        try
        {
            return make();
        }
        catch (ArgumentException error)
        {
            throw archive.Fail(error.Message, error);
        }
    }
}

/// <summary>The full-size networks: a Sequential per file.</summary>
internal sealed class SequentialScheme : PublishedScheme
{
    internal override string Description => "vgg_normalised_conv{L}_1 and feature_invertor_conv{L}_1";

    internal override string EncoderNames(object level) => $"vgg_normalised_conv{level}_1.pth or .t7";

    internal override string DecoderNames(object level) => $"feature_invertor_conv{level}_1.pth or .t7";

    internal override string? EncoderFile(string folder, int level) =>
        Existing(folder, $"vgg_normalised_conv{level}_1.pth", $"vgg_normalised_conv{level}_1.t7");

    internal override string? DecoderFile(string folder, int level) =>
        Existing(folder, $"feature_invertor_conv{level}_1.pth", $"feature_invertor_conv{level}_1.t7");

    internal override EncoderWeights ReadEncoder(string path, int level)
    {
        using TensorArchive archive = NetworkFile.Open(path);
        ConvolutionWeights[] convolutions = Read(archive, Vgg19.EncoderConvolutions(level));
        return Checked(archive, () => new EncoderWeights(level, convolutions));
    }

    internal override DecoderWeights ReadDecoder(string path, int level)
    {
        using TensorArchive archive = NetworkFile.Open(path);
        ConvolutionWeights[] convolutions = Read(archive, Vgg19.DecoderConvolutions(level));
        return Checked(archive, () => new DecoderWeights(level, convolutions, lastRelu: false));
    }

    private static ConvolutionWeights[] Read(TensorArchive archive, string[] names)
    {
        string[] keys = NetworkFile.SequentialKeys(archive);
        if (keys.Length != names.Length)
            throw archive.Fail($"has {keys.Length} convolutions, {names[0]} to {names[^1]} are {names.Length}");
        return NetworkFile.Convolutions(archive, names, name => keys[Array.IndexOf(names, name)]);
    }
}

/// <summary>The compact networks: layers by name, one file per encoder and decoder.</summary>
internal sealed class CompactScheme : PublishedScheme
{
    internal override string Description => "{L}SE and {L}SD";

    internal override string EncoderNames(object level) => $"{level}SE.pth";

    internal override string DecoderNames(object level) => $"{level}SD.pth";

    internal override string? EncoderFile(string folder, int level) => Existing(folder, EncoderNames(level));

    internal override string? DecoderFile(string folder, int level) => Existing(folder, DecoderNames(level));

    internal override EncoderWeights ReadEncoder(string path, int level)
    {
        using TensorArchive archive = NetworkFile.Open(path);
        ConvolutionWeights[] convolutions = NetworkFile.Convolutions(archive, Vgg19.EncoderConvolutions(level), Key);
        return Checked(archive, () => new EncoderWeights(level, convolutions));
    }

    internal override DecoderWeights ReadDecoder(string path, int level)
    {
        using TensorArchive archive = NetworkFile.Open(path);
        ConvolutionWeights[] convolutions = NetworkFile.Convolutions(archive, Vgg19.DecoderConvolutions(level), Key);
        return Checked(archive, () => new DecoderWeights(level, convolutions, lastRelu: true));
    }

    // "conv3_2" of the table is "conv32" there.
    private static string Key(string name) => name.Replace("_", "", StringComparison.Ordinal);
}
