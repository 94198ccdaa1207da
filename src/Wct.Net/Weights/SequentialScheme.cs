using Wct.Net.Models;

namespace Wct.Net.Weights;

/// <summary>The scheme of the full-size networks: one Sequential per file.</summary>
internal sealed class SequentialScheme : PublishedScheme
{
    internal override string Description => "vgg_normalised_conv{L}_1 and feature_invertor_conv{L}_1";

    internal override string EncoderNames(object level) => $"vgg_normalised_conv{level}_1.pth or .t7";

    internal override string DecoderNames(object level) => $"feature_invertor_conv{level}_1.pth or .t7";

    internal override string? EncoderFile(string folder, int level) =>
        Existing(folder, $"vgg_normalised_conv{level}_1.pth", $"vgg_normalised_conv{level}_1.t7");

    internal override string? DecoderFile(string folder, int level) =>
        Existing(folder, $"feature_invertor_conv{level}_1.pth", $"feature_invertor_conv{level}_1.t7");

    internal override EncoderWeights ReadEncoder(TensorArchive archive, int level)
    {
        NetworkLayout.CheckEncoder(archive, level);
        return NetworkFile.OnlyFitting(archive, StatePrefix.OfModules(archive, Vgg19.EncoderConvolutions(level).Length), prefix =>
        {
            ConvolutionWeights[] convolutions = Read(archive, prefix, Vgg19.EncoderConvolutions(level));
            return NetworkFile.Checked(archive, () => new EncoderWeights(level, convolutions));
        });
    }

    internal override DecoderWeights ReadDecoder(TensorArchive archive, int level)
    {
        bool lastRelu = NetworkLayout.LastRelu(archive, level);
        return NetworkFile.OnlyFitting(archive, StatePrefix.OfModules(archive, Vgg19.DecoderConvolutions(level).Length), prefix =>
        {
            ConvolutionWeights[] convolutions = Read(archive, prefix, Vgg19.DecoderConvolutions(level));
            return NetworkFile.Checked(archive, () => new DecoderWeights(level, convolutions, lastRelu));
        });
    }

    private static ConvolutionWeights[] Read(TensorArchive archive, string prefix, string[] names)
    {
        string[] keys = NetworkFile.SequentialKeys(archive, prefix);
        if (keys.Length != names.Length)
            throw archive.Fail($"has {keys.Length} convolutions, {names[0]} to {names[^1]} are {names.Length}");
        return NetworkFile.Convolutions(archive, names, name => keys[Array.IndexOf(names, name)]);
    }
}
