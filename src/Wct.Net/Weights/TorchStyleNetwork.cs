using Wct.Kernels;
using Wct.Net.Models;
using Wct.Net.Models.Layers;

namespace Wct.Net.Weights;

/// <summary>Reads checkpoints of PyTorch's example fast_neural_style: a network of Johnson et al. 2016 with reflection padding, instance
/// normalization, and upsampling before the last convolutions.</summary>
/// <remarks>
/// Names: <c>conv1.conv2d.weight</c>, <c>in1.weight</c> (scale), <c>in1.bias</c> (shift), <c>res1.conv1.conv2d.weight</c>,
/// <c>res1.in1.weight</c>, <c>deconv1.conv2d.weight</c>. Colors are RGB in 0..255 at both ends. Old checkpoints also hold
/// <c>running_mean</c> and <c>running_var</c>, which that network doesn't use.
/// </remarks>
internal static class TorchStyleNetwork
{
    private const string Input = "image", Anchor = "deconv1.conv2d.weight", Module = ".conv2d";

    // Tensors that old versions of PyTorch stored for each normalization.
    private static readonly string[] Unused = [".running_mean", ".running_var", ".num_batches_tracked"];

    /// <summary>Whether a file has such a network's names.</summary>
    internal static bool Recognize(TensorArchive archive) => archive.Find(StatePrefix.OfTensors(archive, Anchor)[0] + Anchor) is not null;

    /// <exception cref="WeightsFormatException">A tensor is missing, unknown, or has the wrong shape.</exception>
    internal static StyleNetworkModel Read(TensorArchive archive)
    {
        string[] prefixes = StatePrefix.OfTensors(archive, Anchor);
        if (archive.Find(prefixes[0] + Anchor) is null)
            throw archive.Fail($"no checkpoint of PyTorch's fast_neural_style: there is no '{Anchor}'");
        return NetworkFile.OnlyFitting(archive, prefixes, prefix => Read(archive, prefix));
    }

    private static StyleNetworkModel Read(TensorArchive archive, string prefix)
    {
        List<Layer> layers = [];
        List<(string Name, string Key)> convolutions = [], normalizations = [];
        string last = Input;
        Add("conv1", "in1", Activation.Relu, stride: 1);
        Add("conv2", "in2", Activation.Relu, stride: 2);
        Add("conv3", "in3", Activation.Relu, stride: 2);
        for (int block = 1; archive.Find($"{prefix}res{block}.conv1{Module}.weight") is not null; block++)
        {
            string before = last;
            Add($"res{block}.conv1", $"res{block}.in1", Activation.Relu, stride: 1);
            Add($"res{block}.conv2", $"res{block}.in2", Activation.None, stride: 1);
            layers.Add(new AddLayer($"res{block}", last, before));
            last = $"res{block}";
        }

        Upsample("up1");
        Add("deconv1", "in4", Activation.Relu, stride: 1);
        Upsample("up2");
        Add("deconv2", "in5", Activation.Relu, stride: 1);
        layers.Add(new ConvolutionLayer("deconv3", last));
        convolutions.Add(("deconv3", $"{prefix}deconv3{Module}"));
        CheckUnknown(archive, prefix, [.. convolutions.Concat(normalizations).Select(own => own.Key)]);
        NetworkConventions conventions = new()
        {
            Input = new SampleScale(byte.MaxValue, 0),
            Output = new SampleScale(1.0 / byte.MaxValue, 0),
        };
        Dictionary<string, string> keys = convolutions.ToDictionary(own => own.Name, own => own.Key);
        ConvolutionWeights[] read = NetworkFile.Convolutions(archive, [.. keys.Keys], name => keys[name]);
        return NetworkFile.Checked(archive, () => new StyleNetworkModel(
            StyleNetworkKind.Style, new NetworkTable(Input, layers),
            new NetworkWeights(read, [.. normalizations.Select(own => Normalization(archive, own.Name, own.Key))]), conventions));

        void Add(string name, string normalization, Activation activation, int stride)
        {
            layers.Add(new ConvolutionLayer(name, last) { Stride = stride });
            layers.Add(new InstanceNormalizationLayer(last = normalization, name, activation));
            convolutions.Add((name, $"{prefix}{name}{Module}"));
            normalizations.Add((normalization, prefix + normalization));
        }

        void Upsample(string name)
        {
            layers.Add(new UpsampleLayer(name, last));
            last = name;
        }
    }

    private static void CheckUnknown(TensorArchive archive, string prefix, string[] keys)
    {
        HashSet<string> known = [.. keys.SelectMany(key => (string[])[$"{key}.weight", $"{key}.bias"])];
        string? unknown = archive.Tensors.Select(tensor => tensor.Name).FirstOrDefault(
            name => name.StartsWith(prefix, StringComparison.Ordinal) && !known.Contains(name)
                && !Unused.Any(suffix => name.EndsWith(suffix, StringComparison.Ordinal)));
        if (unknown is not null)
            throw archive.Fail($"tensor '{unknown}' is no part of PyTorch's fast_neural_style");
    }

    private static NormalizationWeights Normalization(TensorArchive archive, string name, string key)
    {
        StoredTensor scale = Find(archive, $"{key}.weight"), shift = Find(archive, $"{key}.bias");
        if (scale.Shape is not [> 0 and <= int.MaxValue and var channels] || shift.Shape is not [var shifts] || shifts != channels)
            throw archive.Fail(
                $"tensors '{scale.Name}' and '{shift.Name}' have shapes {scale.ShapeText} and {shift.ShapeText}; both must be [channels]");
        return new NormalizationWeights(name, 1, (int)channels, scale.Read(), shift.Read());
    }

    private static StoredTensor Find(TensorArchive archive, string name) => archive.Find(name) ?? throw archive.Fail($"missing {name}");
}
