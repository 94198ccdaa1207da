using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Wct.Net.Models;
using Wct.Net.Models.Layers;

namespace Wct.Net.Weights;

/// <summary>Reads and writes this library's files of feed-forward networks, and recognizes published ones.</summary>
/// <remarks>
/// <para>A safetensors file. Tensors have the layers' names: <c>conv1.weight</c> [out, in, height, width] and <c>conv1.bias</c> [out];
/// <c>in1.scale</c> and <c>in1.shift</c> [styles, channels]; <c>bn1.mean</c> and <c>bn1.variance</c> [channels].</para>
/// <para>Metadata: <c>format</c> "wct-network", <c>format_version</c> "1"; <c>kind</c> "style", "upscale" or "texture"; <c>input</c>, the
/// input's name; <c>layers</c>, one line per layer (see <see cref="LayerText"/>); <c>input_scale</c> and <c>output_scale</c>, factor and
/// offset; optional <c>styles</c>, a JSON array of names; optional <c>origin</c> and <c>license</c>.</para>
/// </remarks>
internal static class StyleNetworkFile
{
    private const string Format = "wct-network", Version = "1", ScaleSuffix = ".scale";

    /// <summary>Whether a file looks like a network. PyTorch's files do if they have the names of fast_neural_style.</summary>
    internal static bool Recognize(ByteSource source)
    {
        try
        {
            if (!Safetensors.Recognize(source))
            {
                if (NetworkFile.NameOf(source) is not NetworkFile.PyTorchName)
                    return false;
                using TensorArchive torch = NetworkFile.Read(source);
                return TorchStyleNetwork.Recognize(torch);
            }

            using TensorArchive archive = Safetensors.Read(source);
            return archive.Metadata.GetValueOrDefault("format") == Format || PublishedStyleNetwork.Recognize(archive);
        }
        catch (WeightsFormatException)
        {
            return false;
        }
    }

    /// <exception cref="WeightsFormatException">The file holds no network that can be read.</exception>
    internal static StyleNetworkModel Load(ByteSource source)
    {
        if (!Safetensors.Recognize(source))
        {
            string? name = NetworkFile.NameOf(source) ?? OtherFile.NameOf(source);
            if (name is not NetworkFile.PyTorchName)
                throw source.Fail($"is {name ?? "of an unknown format"}; a feed-forward network is a .safetensors file, or a PyTorch file "
                    + "(.pth) of fast_neural_style");
            using TensorArchive torch = NetworkFile.Read(source);
            return TorchStyleNetwork.Read(torch);
        }

        using TensorArchive archive = Safetensors.Read(source);
        return archive.Metadata.GetValueOrDefault("format") switch
        {
            Format => Read(archive),
            null when PublishedStyleNetwork.Recognize(archive) => PublishedStyleNetwork.Read(archive),
            null => throw archive.Fail("no feed-forward network: the metadata has no 'format', and there is no 'conv1.weight_hwio'"),
            "wct" => throw archive.Fail("is a model for universal style transfer, which 'wct stylize' and StyleTransfer use, and not a "
                + "feed-forward network"),
            { } other => throw archive.Fail($"is a file of format '{other}', a feed-forward network's is '{Format}'"),
        };
    }

    /// <summary>Writes a network; see <see cref="StyleNetworkModel.Save"/>.</summary>
    internal static void Save(StyleNetworkModel model, string path, ElementType type)
    {
        List<NamedTensor> tensors = [];
        foreach (Layer layer in model.Table.Layers)
        {
            foreach (string name in layer.Weights)
                tensors.Add(Stored(model.Weights, layer.Name, name, type));
        }

        List<KeyValuePair<string, string>> metadata =
        [
            new("format", Format), new("format_version", Version), new("kind", LayerSetting.Words(model.Kind.ToString())),
            new("input", model.Table.Input), new("layers", LayerText.Write(model.Table)),
            new("input_scale", Text(model.Conventions.Input)), new("output_scale", Text(model.Conventions.Output)),
        ];
        if (model.Styles.Count > 0)
            metadata.Add(new("styles", JsonArray(model.Styles)));
        if (model.Origin is { } origin)
            metadata.Add(new("origin", origin));
        if (model.License is { } license)
            metadata.Add(new("license", license));
        Safetensors.Write(path, tensors, metadata);
    }

    private static StyleNetworkModel Read(TensorArchive archive)
    {
        if (Text(archive, "format_version") != Version)
            throw archive.Fail($"a network file of version '{Text(archive, "format_version")}', version '{Version}' is known");
        string kind = Text(archive, "kind");
        StyleNetworkKind[] kinds = Enum.GetValues<StyleNetworkKind>();
        int at = Array.FindIndex(kinds, known => LayerSetting.Words(known.ToString()) == kind);
        if (at < 0)
            throw archive.Fail($"metadata 'kind' says '{kind}', it must be style, upscale or texture");
        return NetworkFile.Checked(archive, () =>
        {
            NetworkTable table = LayerText.Read(Text(archive, "input"), Text(archive, "layers"));
            NetworkConventions conventions = new() { Input = Scale(archive, "input_scale"), Output = Scale(archive, "output_scale") };
            NetworkWeights weights = new(
                NetworkFile.Convolutions(archive, [.. table.Convolutions], name => name),
                [.. table.Layers.SelectMany(layer => layer.Weights).Where(name => name.EndsWith(ScaleSuffix, StringComparison.Ordinal))
                    .Select(name => Normalization(archive, name[..^ScaleSuffix.Length]))]);
            return new StyleNetworkModel(kinds[at], table, weights, conventions, Names(archive))
            {
                Origin = archive.Metadata.GetValueOrDefault("origin"),
                License = archive.Metadata.GetValueOrDefault("license"),
            };
        });
    }

    private static NormalizationWeights Normalization(TensorArchive archive, string layer)
    {
        StoredTensor scale = Find(archive, $"{layer}.scale"), shift = Find(archive, $"{layer}.shift");
        if (scale.Shape is not [> 0 and <= int.MaxValue and var styles, > 0 and <= int.MaxValue and var channels])
            throw archive.Fail($"tensor '{scale.Name}' has shape {scale.ShapeText}; it must be [styles, channels]");
        ChannelConstants? constants = archive.Find($"{layer}.mean") is { } mean
            ? new ChannelConstants(mean.Read(), Find(archive, $"{layer}.variance").Read()) : null;
        return new NormalizationWeights(layer, (int)styles, (int)channels, scale.Read(), shift.Read(), constants);
    }

    private static StoredTensor Find(TensorArchive archive, string name) => archive.Find(name) ?? throw archive.Fail($"missing {name}");

    private static NamedTensor Stored(NetworkWeights weights, string layer, string name, ElementType type)
    {
        string part = name[(layer.Length + 1)..];
        if (part is "weight" or "bias")
        {
            ConvolutionWeights own = weights.Convolution(layer);
            return part == "bias" ? new NamedTensor(name, [own.OutChannels], ElementType.F32, own.Bias)
                : new NamedTensor(name, [own.OutChannels, own.InChannels, own.KernelSize, own.KernelSize], type, own.Weights);
        }

        NormalizationWeights normalization = weights.Normalization(layer);
        return part switch
        {
            "scale" => new NamedTensor(name, [normalization.Styles, normalization.Channels], ElementType.F32, normalization.Scale),
            "shift" => new NamedTensor(name, [normalization.Styles, normalization.Channels], ElementType.F32, normalization.Shift),
            "mean" => new NamedTensor(name, [normalization.Channels], ElementType.F32, normalization.Constants(layer).Mean),
            _ => new NamedTensor(name, [normalization.Channels], ElementType.F32, normalization.Constants(layer).Variance),
        };
    }

    private static string Text(SampleScale scale) => FormattableString.Invariant($"{scale.Factor:R} {scale.Offset:R}");

    private static SampleScale Scale(TensorArchive archive, string key)
    {
        string[] numbers = Text(archive, key).Split(' ');
        if (numbers is [var first, var second] && Number(first, out double factor) && Number(second, out double offset))
            return new SampleScale(factor, offset);
        throw archive.Fail($"metadata '{key}' says '{Text(archive, key)}', it must be a factor and an offset: \"255 0\"");

        static bool Number(string text, out double value) =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    private static string JsonArray(IReadOnlyList<string> names)
    {
        ArrayBufferWriter<byte> buffer = new();
        using Utf8JsonWriter json = new(buffer);
        json.WriteStartArray();
        foreach (string name in names)
            json.WriteStringValue(name);
        json.WriteEndArray();
        json.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static string[] Names(TensorArchive archive)
    {
        if (!archive.Metadata.TryGetValue("styles", out string? text))
            return [];
        try
        {
            using JsonDocument json = JsonDocument.Parse(text);
            return [.. json.RootElement.EnumerateArray().Select(name => name.GetString() ?? "")];
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw archive.Fail($"metadata 'styles' says '{text}', it must be a JSON array of names", error);
        }
    }

    private static string Text(TensorArchive archive, string key) =>
        archive.Metadata.TryGetValue(key, out string? text) ? text : throw archive.Fail($"no network file: the metadata has no '{key}'");
}
