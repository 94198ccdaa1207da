using Wct.Kernels;
using Wct.Net.Models;
using Wct.Net.Models.Layers;

namespace Wct.Benchmarks.Pipeline;

/// <summary>Creates feed-forward networks with random weights, because the time depends only on the shapes.</summary>
/// <remarks>The layers are those of the published networks (Johnson et al. 2016 with instance normalization): 9x9, two 3x3 with stride 2,
/// residual blocks, two layers that double the sides, 9x9 and tanh.</remarks>
internal static class JohnsonNetwork
{
    /// <summary>Residual blocks of the published networks.</summary>
    private const int Blocks = 5;

    private const string Input = "image";

    /// <summary>Channels of the published networks.</summary>
    internal static IReadOnlyList<int> PublishedWidths { get; } = [32, 64, 128];

    /// <summary>Creates a network.</summary>
    /// <param name="widths">Channels at full size, half size and quarter size: three, each at least 1.</param>
    /// <param name="transposed">Whether transposed convolutions double the sides, as in the published networks; otherwise upsampling and a
    /// 3x3 convolution do.</param>
    /// <exception cref="ArgumentException">There aren't three widths.</exception>
    internal static StyleNetworkModel Create(IReadOnlyList<int> widths, bool transposed)
    {
        if (widths.Count != 3)
            throw new ArgumentException($"The widths are {string.Join(", ", widths)}; three are needed.", nameof(widths));
        Builder network = new();
        network.Add("conv1", widths[0], 9, Activation.Relu);
        network.Add("conv2", widths[1], 3, Activation.Relu, stride: 2);
        network.Add("conv3", widths[2], 3, Activation.Relu, stride: 2);
        for (int block = 1; block <= Blocks; block++)
            network.AddResidual($"res{block}", widths[2]);
        network.AddDoubling("up1", widths[1], transposed);
        network.AddDoubling("up2", widths[0], transposed);
        network.Add("out", 3, 9, Activation.Tanh);
        return network.Build();
    }

    private sealed class Builder
    {
        private readonly Random _random = new(1);
        private readonly List<Layer> _layers = [];
        private readonly List<ConvolutionWeights> _convolutions = [];
        private readonly List<NormalizationWeights> _normalizations = [];
        private string _last = Input;
        private int _channels = 3;

        internal void Add(string name, int channels, int size, Activation activation, int stride = 1, bool transposed = false)
        {
            _layers.Add(new ConvolutionLayer(name, _last)
            {
                Stride = stride,
                Padding = PaddingMode.Zero,
                Alignment = StrideAlignment.Same,
                IsTransposed = transposed,
            });
            _layers.Add(new InstanceNormalizationLayer(_last = $"{name}.norm", name, activation));
            float[] weights = new float[channels * _channels * size * size], ones = new float[channels];
            for (int i = 0; i < weights.Length; i++)
                weights[i] = _random.NextSingle() - 0.5f;
            Array.Fill(ones, 1);
            _convolutions.Add(new ConvolutionWeights(name, channels, _channels, size, weights, new float[channels]));
            _normalizations.Add(new NormalizationWeights($"{name}.norm", 1, channels, ones, new float[channels]));
            _channels = channels;
        }

        internal void AddResidual(string name, int channels)
        {
            string before = _last;
            Add($"{name}.a", channels, 3, Activation.Relu);
            Add($"{name}.b", channels, 3, Activation.None);
            _layers.Add(new AddLayer(name, before, _last));
            _last = name;
        }

        internal void AddDoubling(string name, int channels, bool transposed)
        {
            if (!transposed)
            {
                _layers.Add(new UpsampleLayer($"{name}.larger", _last));
                _last = $"{name}.larger";
            }

            Add(name, channels, 3, Activation.Relu, transposed ? 2 : 1, transposed);
        }

        internal StyleNetworkModel Build() => new(
            StyleNetworkKind.Style, new NetworkTable(Input, _layers), new NetworkWeights(_convolutions, _normalizations),
            new NetworkConventions { Output = new SampleScale(0.5, 0.5) });
    }
}
