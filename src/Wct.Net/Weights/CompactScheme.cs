using Wct.Net.Models;

namespace Wct.Net.Weights;

/// <summary>The scheme of the compact networks: layers have names, and each encoder and decoder has its own file.</summary>
internal sealed class CompactScheme : PublishedScheme
{
    // Adapters to the widths of the full-size networks, which only training needs.
    private const string Weight = ".weight", Adapter = "_aux";

    internal override string Description => "{L}SE and {L}SD";

    internal override string EncoderNames(object level) => $"{level}SE.pth";

    internal override string DecoderNames(object level) => $"{level}SD.pth";

    internal override string? EncoderFile(string folder, int level) => Existing(folder, EncoderNames(level));

    internal override string? DecoderFile(string folder, int level) => Existing(folder, DecoderNames(level));

    internal override EncoderWeights ReadEncoder(TensorArchive archive, int level)
    {
        string[] names = Vgg19.EncoderConvolutions(level);
        return NetworkFile.OnlyFitting(archive, Prefixes(archive, names), prefix =>
        {
            ConvolutionWeights[] convolutions = Convolutions(archive, prefix, $"an encoder of level {level}", names);
            return NetworkFile.Checked(archive, () => new EncoderWeights(level, convolutions));
        });
    }

    internal override DecoderWeights ReadDecoder(TensorArchive archive, int level)
    {
        string[] names = Vgg19.DecoderConvolutions(level);
        return NetworkFile.OnlyFitting(archive, Prefixes(archive, names), prefix =>
        {
            ConvolutionWeights[] convolutions = Convolutions(archive, prefix, $"a decoder of level {level}", names);
            return NetworkFile.Checked(archive, () => new DecoderWeights(level, convolutions, lastRelu: true));
        });
    }

    private static IReadOnlyList<string> Prefixes(TensorArchive archive, string[] names) =>
        StatePrefix.OfTensors(archive, [.. names.SelectMany(name => (string[])[Key(name) + Weight, Key(name) + ".bias"])]);

    // Rejects surplus convolutions. A deeper level's file that was renamed to this level has all layers of this level, but with other
    // weights.
    private static ConvolutionWeights[] Convolutions(TensorArchive archive, string prefix, string network, string[] names)
    {
        string[] keys = [.. names.Select(Key)];
        string[] surplus = [.. archive.Tensors.Select(tensor => tensor.Name)
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Select(name => name[prefix.Length..])
            .Where(name => name.StartsWith("conv", StringComparison.Ordinal) && name.EndsWith(Weight, StringComparison.Ordinal))
            .Select(name => name[..^Weight.Length])
            .Where(name => !name.EndsWith(Adapter, StringComparison.Ordinal) && !keys.Contains(name))];
        if (surplus.Length > 0)
            throw archive.Fail($"has {string.Join(", ", surplus)}; {network} has {keys[0]} to {keys[^1]} only");
        return NetworkFile.Convolutions(archive, names, name => prefix + Key(name));
    }

    // The table's "conv3_2" is called "conv32" in these files.
    private static string Key(string name) => name.Replace("_", "", StringComparison.Ordinal);
}
