using Wct.Net.Models;

namespace Wct.Net.Weights;

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
        return NetworkFile.Checked(archive, () => new EncoderWeights(level, convolutions));
    }

    internal override DecoderWeights ReadDecoder(string path, int level)
    {
        using TensorArchive archive = NetworkFile.Open(path);
        ConvolutionWeights[] convolutions = NetworkFile.Convolutions(archive, Vgg19.DecoderConvolutions(level), Key);
        return NetworkFile.Checked(archive, () => new DecoderWeights(level, convolutions, lastRelu: true));
    }

    // "conv3_2" of the table is "conv32" there.
    private static string Key(string name) => name.Replace("_", "", StringComparison.Ordinal);
}
