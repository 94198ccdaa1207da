using System.Globalization;
using Wct.Net.Models;

namespace Wct.Net.Weights;

/// <summary>Reads and writes this library's model files: safetensors files with one tensor for each layer's weights and one for its bias.
/// Metadata describes the levels.</summary>
/// <remarks>
/// <para>Tensors: <c>encoder.conv1_1.weight</c> if all levels share an encoder; <c>encoder5.conv1_1.weight</c> if there are several, which
/// are named after the deepest level that uses them; <c>decoder5.conv5_1.weight</c>; and the same with <c>.bias</c>. Layer names are those
/// of <see cref="Vgg19"/>, weights [out, in, height, width].</para>
/// <para>Metadata: <c>format</c> "wct", <c>format_version</c> "1", <c>levels</c> "5,4,3"; in the same order <c>encoders</c>
/// "encoder,encoder,encoder", <c>taps</c> "conv5_1,conv4_1,conv3_1" and <c>last_relu</c> "false,false,false"; optional <c>origin</c> and
/// <c>license</c>.</para>
/// <para>Other tensors and metadata are ignored.</para>
/// </remarks>
internal static class ModelFile
{
    private const string Format = "wct", Version = "1";

    /// <exception cref="WeightsFormatException">The file is not a model or has another version, or something is missing or doesn't
    /// match.</exception>
    internal static WctModel Load(TensorArchive archive)
    {
        if (Text(archive, "format") != Format)
            throw archive.Fail($"a safetensors file of format '{Text(archive, "format")}', a model's is '{Format}'");
        if (Text(archive, "format_version") != Version)
            throw archive.Fail($"a model file of version '{Text(archive, "format_version")}', version '{Version}' is known");
        int[] levels = Levels(archive);
        string[] encoders = List(archive, "encoders", levels.Length), taps = List(archive, "taps", levels.Length);
        bool[] lastRelus = Array.ConvertAll(List(archive, "last_relu", levels.Length), text => bool.TryParse(text, out bool value)
            ? value : throw archive.Fail($"metadata 'last_relu' says '{text}', it must be 'true' or 'false'"));
        return NetworkFile.Checked(archive, () =>
        {
            Dictionary<string, EncoderWeights> read = [];
            List<LevelModel> models = [];
            foreach (IGrouping<string, int> users in Enumerable.Range(0, levels.Length).GroupBy(i => encoders[i]))
                read[users.Key] = ReadEncoder(archive, users.Key, users.Max(i => levels[i]));
            for (int i = 0; i < levels.Length; i++)
            {
                if (taps[i] != Vgg19.Tap(levels[i]))
                    throw archive.Fail($"level {levels[i]} taps '{taps[i]}', it must be '{Vgg19.Tap(levels[i])}'");
                models.Add(new LevelModel(levels[i], read[encoders[i]], ReadDecoder(archive, levels[i], lastRelus[i])));
            }

            return new WctModel(models, archive.Metadata.GetValueOrDefault("origin"), License(archive.Metadata));
        });
    }

    /// <summary>Writes a model; see <see cref="WctModel.Save"/>.</summary>
    internal static void Save(WctModel model, string path, ElementType type)
    {
        List<NamedTensor> tensors = [];
        foreach (EncoderWeights encoder in model.Encoders)
        {
            // Layers after the deepest tap in use never run, so they are not written.
            int deepest = model.Levels.First(level => level.Encoder == encoder).Level;
            Add(tensors, NameOf(model, encoder), encoder.UpTo(deepest).Convolutions, type);
        }

        foreach (LevelModel level in model.Levels)
            Add(tensors, $"decoder{level.Level}", level.Decoder.Convolutions, type);
        string Join(Func<LevelModel, string> text) => string.Join(',', model.Levels.Select(text));
        List<KeyValuePair<string, string>> metadata =
        [
            new("format", Format), new("format_version", Version), new("levels", Join(level => $"{level.Level}")),
            new("encoders", Join(level => NameOf(model, level.Encoder))), new("taps", Join(level => Vgg19.Tap(level.Level))),
            new("last_relu", Join(level => level.Decoder.LastRelu ? "true" : "false")),
        ];
        if (model.Origin is { } origin)
            metadata.Add(new("origin", origin));
        if (model.License is { } license)
            metadata.Add(new("license", license));
        Safetensors.Write(path, tensors, metadata);
    }

    /// <summary>The name of an encoder: "encoder" if there is only one, otherwise, for example, "encoder5" after the deepest level that
    /// uses it.</summary>
    internal static string NameOf(WctModel model, EncoderWeights encoder) =>
        model.Encoders.Count() == 1 ? "encoder" : $"encoder{model.Levels.First(level => level.Encoder == encoder).Level}";

    // Biases and conv0 stay F32, because they take only a few kilobytes, and conv0's biases subtract a mean near 100, where F16 has a
    // precision of 1/16.
    private static void Add(List<NamedTensor> tensors, string network, IEnumerable<ConvolutionWeights> convolutions, ElementType type)
    {
        foreach (ConvolutionWeights layer in convolutions)
        {
            ElementType weightType = layer.Name == Vgg19.InputConvolution ? ElementType.F32 : type;
            long[] shape = [layer.OutChannels, layer.InChannels, layer.KernelSize, layer.KernelSize];
            tensors.Add(new NamedTensor($"{network}.{layer.Name}.weight", shape, weightType, layer.Weights));
            tensors.Add(new NamedTensor($"{network}.{layer.Name}.bias", [layer.OutChannels], ElementType.F32, layer.Bias));
        }
    }

    private static EncoderWeights ReadEncoder(TensorArchive archive, string network, int deepest) =>
        new(deepest, NetworkFile.Convolutions(archive, Vgg19.EncoderConvolutions(deepest), name => $"{network}.{name}"));

    private static DecoderWeights ReadDecoder(TensorArchive archive, int level, bool lastRelu) =>
        new(level, NetworkFile.Convolutions(archive, Vgg19.DecoderConvolutions(level), name => $"decoder{level}.{name}"), lastRelu);

    private static string Text(TensorArchive archive, string key) =>
        archive.Metadata.TryGetValue(key, out string? text) ? text : throw archive.Fail($"no model file: the metadata has no '{key}'");

    private static string[] List(TensorArchive archive, string key, int count)
    {
        string[] items = Text(archive, key).Split(',');
        return items.Length == count ? items : throw archive.Fail($"metadata '{key}' has {items.Length} entries for {count} levels");
    }

    private static int[] Levels(TensorArchive archive) => Array.ConvertAll(Text(archive, "levels").Split(','), text =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int level) && level is >= 1 and <= Vgg19.DeepestLevel
            ? level : throw archive.Fail($"metadata 'levels' names level '{text}', there are 1 to {Vgg19.DeepestLevel}"));

    // Older files, for example the built-in model, spell the key "licence".
    private static string? License(IReadOnlyDictionary<string, string> metadata) =>
        metadata.GetValueOrDefault("license") ?? metadata.GetValueOrDefault("licence");
}
