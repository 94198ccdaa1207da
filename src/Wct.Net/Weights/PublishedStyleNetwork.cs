using Wct.Kernels;
using Wct.Net.Models;
using Wct.Net.Models.Layers;

namespace Wct.Net.Weights;

/// <summary>Reads published networks of Johnson et al. 2016 with instance normalization, as safetensors files with TensorFlow's weights
/// [height, width, in, out] and metadata that name the conventions.</summary>
/// <remarks>Three convolutions with strides 1, 2 and 2, residual blocks, two transposed convolutions, and a last convolution. An instance
/// normalization follows each convolution, without a bias before it.</remarks>
internal static class PublishedStyleNetwork
{
    private const string Input = "image", First = "conv1", Suffix = ".weight_hwio";

    // tanh(x)·150 + 127.5, for bytes.
    private const double OutputFactor = 150 / 255.0, OutputOffset = 0.5, Epsilon = 1e-3;

    // The conventions of the networks that can be read. A file that names another one would give wrong colors.
    private static readonly (string Key, string Value)[] Known =
    [
        ("input", "RGB 0..255"), ("padding", "zero SAME"), ("norm", "instance, eps 1e-3"), ("output", "150*tanh+127.5"),
        ("up", "transposed conv stride 2, weights HWOI"),
    ];

    /// <summary>Whether a file has such a network's first tensor.</summary>
    internal static bool Recognize(TensorArchive archive) => archive.Find(First + Suffix) is not null;

    /// <exception cref="WeightsFormatException">A convention is unknown, or a tensor is missing, unknown, or has the wrong
    /// shape.</exception>
    internal static StyleNetworkModel Read(TensorArchive archive)
    {
        foreach ((string key, string value) in Known)
        {
            string found = archive.Metadata.GetValueOrDefault(key) ?? throw archive.Fail($"the metadata has no '{key}'");
            if (found != value)
                throw archive.Fail($"metadata '{key}' says '{found}'; the networks that can be read have '{value}'");
        }

        List<Layer> layers = [];
        List<ConvolutionWeights> convolutions = [];
        List<NormalizationWeights> normalizations = [];
        string last = Input;
        Add("conv1", Activation.Relu, stride: 1);
        Add("conv2", Activation.Relu, stride: 2);
        Add("conv3", Activation.Relu, stride: 2);
        for (int block = 1; archive.Find($"res{block}.a{Suffix}") is not null; block++)
        {
            string before = last;
            Add($"res{block}.a", Activation.Relu, stride: 1);
            Add($"res{block}.b", Activation.None, stride: 1);
            layers.Add(new AddLayer($"res{block}", before, last));
            last = $"res{block}";
        }

        Add("up1", Activation.Relu, stride: 2, transposed: true);
        Add("up2", Activation.Relu, stride: 2, transposed: true);
        Add("out", Activation.Tanh, stride: 1);
        string[] unknown =
        [
            .. archive.Tensors.Select(tensor => tensor.Name).Except(
                convolutions.SelectMany(own => (string[])[own.Name + Suffix, $"{own.Name}.scale", $"{own.Name}.shift"])),
        ];
        if (unknown.Length > 0)
            throw archive.Fail($"tensor '{unknown[0]}' is no part of a network of Johnson et al.");
        NetworkConventions conventions = new()
        {
            Input = new SampleScale(byte.MaxValue, 0),
            Output = new SampleScale(OutputFactor, OutputOffset),
        };
        return NetworkFile.Checked(archive, () => new StyleNetworkModel(
            StyleNetworkKind.Style, new NetworkTable(Input, layers), new NetworkWeights(convolutions, normalizations), conventions)
        {
            Origin = archive.Metadata.GetValueOrDefault("origin"),
            License = archive.Metadata.GetValueOrDefault("license"),
        });

        void Add(string name, Activation activation, int stride, bool transposed = false)
        {
            layers.Add(new ConvolutionLayer(name, last)
            {
                Stride = stride,
                Padding = PaddingMode.Zero,
                Alignment = StrideAlignment.Same,
                IsTransposed = transposed,
            });
            layers.Add(new InstanceNormalizationLayer(last = $"{name}.norm", name, activation) { Epsilon = Epsilon });
            convolutions.Add(Convolution(archive, name, transposed));
            int channels = convolutions[^1].OutChannels;
            normalizations.Add(NetworkFile.Checked(archive, () => new NormalizationWeights(
                $"{name}.norm", 1, channels, Vector(archive, $"{name}.scale", channels), Vector(archive, $"{name}.shift", channels))));
        }
    }

    private static ConvolutionWeights Convolution(TensorArchive archive, string name, bool transposed)
    {
        StoredTensor stored = Find(archive, name + Suffix);
        if (stored.Shape is not [var height, var width, var third, var fourth] || height != width || stored.Elements == 0
            || third > int.MaxValue || fourth > int.MaxValue || height > ConvolutionShape.MaxKernelSize)
            throw archive.Fail($"tensor '{stored.Name}' has shape {stored.ShapeText}; a convolution's is [height, width, in, out]");
        // A transposed convolution's weights have the output's channels first.
        (int outs, int ins) = transposed ? ((int)third, (int)fourth) : ((int)fourth, (int)third);
        int size = (int)height, taps = size * size;
        float[] source = stored.Read(), weights = new float[source.Length];
        for (int tap = 0; tap < taps; tap++)
        {
            for (int o = 0; o < outs; o++)
            {
                for (int i = 0; i < ins; i++)
                    weights[(o * ins + i) * taps + tap] = source[transposed ? (tap * outs + o) * ins + i : (tap * ins + i) * outs + o];
            }
        }

        return NetworkFile.Checked(archive, () => new ConvolutionWeights(name, outs, ins, size, weights, new float[outs]));
    }

    private static float[] Vector(TensorArchive archive, string name, int channels)
    {
        StoredTensor stored = Find(archive, name);
        return stored.Shape is [var length] && length == channels ? stored.Read()
            : throw archive.Fail($"tensor '{name}' has shape {stored.ShapeText}; the convolution before it needs [{channels}]");
    }

    private static StoredTensor Find(TensorArchive archive, string name) => archive.Find(name) ?? throw archive.Fail($"missing {name}");
}
