using Wct.Net.Models;

namespace Wct.Net.Weights;

/// <summary>Reads and writes an encoder without decoders. Training first makes an encoder; a trained one can teach or judge other
/// encoders.</summary>
/// <remarks>The file is a safetensors file with the tensors <c>conv0.weight</c>, <c>conv0.bias</c>, <c>conv1_1.weight</c> .. of
/// <see cref="Vgg19"/>.</remarks>
public static class EncoderFile
{
    private const string FormatKey = "format", Format = "wct-encoder", Pattern = "encoder*.safetensors";

    /// <summary>Reads the deepest encoder that a path holds.</summary>
    /// <param name="path">A file as <see cref="Save"/> writes it, a model file, a folder as <see cref="PublishedFolder"/> describes it, or
    /// a folder with one file "encoder*.safetensors".</param>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    /// <exception cref="FileNotFoundException">The path does not exist.</exception>
    /// <exception cref="WeightsFormatException">The path does not hold an encoder that can be read.</exception>
    /// <exception cref="IOException">The path can't be read; the message names it.</exception>
    /// <exception cref="UnauthorizedAccessException">The path may not be read.</exception>
    public static EncoderWeights Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (Directory.Exists(path) && Directory.GetFiles(path, Pattern) is [var single])
            return Load(single);
        if (File.Exists(path) && Read(path) is { } encoder)
            return encoder;
        return WctModel.Load(path).Levels[0].Encoder;
    }

    /// <summary>Writes an encoder, atomically. The same weights give the same bytes.</summary>
    /// <param name="encoder">The encoder.</param>
    /// <param name="path">The file to write, by convention <c>.safetensors</c>; its folder must exist.</param>
    /// <exception cref="ArgumentNullException"><paramref name="encoder"/> or <paramref name="path"/> is null.</exception>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="IOException">The file can't be written; the message names it.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to, or the file may not be replaced.</exception>
    public static void Save(EncoderWeights encoder, string path)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        NamedTensor Tensor(string name, long[] shape, ReadOnlyMemory<float> data) => new(name, shape, ElementType.F32, data);
        Safetensors.Write(
            path,
            [.. encoder.Convolutions.SelectMany(layer => (NamedTensor[])
            [
                Tensor($"{layer.Name}.weight", [layer.OutChannels, layer.InChannels, layer.KernelSize, layer.KernelSize], layer.Weights),
                Tensor($"{layer.Name}.bias", [layer.OutChannels], layer.Bias),
            ])],
            [new(FormatKey, Format), new("format_version", "1")]);
    }

    /// <summary>Reads the 1x1 adapter from a compact network's tap to the width of the full-size network; null if the path has
    /// none.</summary>
    /// <param name="path">A folder with compact networks, <c>{1..5}SE.pth</c>.</param>
    /// <param name="level">The level, in 1..5. Its encoder's file has the adapter as <c>conv{level}1_aux</c>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is an adapter for a level that is not in 1..5.</exception>
    /// <exception cref="WeightsFormatException">The file is damaged, or the adapter is not a convolution.</exception>
    /// <exception cref="IOException">The file can't be read; the message names it.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <remarks>Wang et al. 2020 trained the compact networks with such adapters. Stylizing doesn't use them.</remarks>
    public static ConvolutionWeights? Adapter(string path, int level)
    {
        string file = Path.Combine(path, $"{level}SE.pth"), key = $"conv{level}1_aux";
        if (!File.Exists(file))
            return null;
        using TensorArchive archive = NetworkFile.Open(file);
        string[] prefixes = StatePrefix.OfTensors(archive, $"{key}.weight");
        return archive.Find($"{prefixes[0]}{key}.weight") is null ? null : NetworkFile.OnlyFitting(
            archive, prefixes, prefix => NetworkFile.Convolutions(archive, [$"{Vgg19.Tap(level)}_adapter"], _ => prefix + key)[0]);
    }

    private static EncoderWeights? Read(string path)
    {
        using ByteSource source = ByteSource.Open(path);
        if (!Safetensors.Recognize(source))
            return null;
        using TensorArchive archive = Safetensors.Read(source);
        string first = Vgg19.InputConvolution + ".weight";
        if (archive.Find(first) is null)
            return null;
        int deepest = Enumerable.Range(1, Vgg19.DeepestLevel).LastOrDefault(
            level => archive.Find($"{Vgg19.Tap(level)}.weight") is not null);
        if (deepest == 0)
            throw archive.Fail($"an encoder without {Vgg19.Tap(1)}");
        return NetworkFile.Checked(
            archive, () => new EncoderWeights(
                deepest, NetworkFile.Convolutions(archive, Vgg19.EncoderConvolutions(deepest), name => name)));
    }
}
