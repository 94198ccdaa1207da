using Wct.Kernels;
using Wct.Net.Models;
using Wct.Net.Models.Layers;

namespace Wct.Net.Tests.Networks;

/// <summary>Small feed-forward networks with random weights, one of each kind.</summary>
internal static class SmallStyleNetworks
{
    private const int Width = 6;

    /// <summary>A network of Johnson et al.: strides, a residual block, transposed convolutions, instance normalization.</summary>
    /// <param name="styles">Number of styles, which have names if there are several.</param>
    /// <param name="seed">Chooses the weights.</param>
    internal static StyleNetworkModel Style(int styles = 1, int seed = 1)
    {
        Layer[] layers =
        [
            new ConvolutionLayer("conv1", "image"), new InstanceNormalizationLayer("in1", "conv1", Activation.Relu),
            new ConvolutionLayer("conv2", "in1") { Stride = 2, Padding = PaddingMode.Zero, Alignment = StrideAlignment.Same },
            new InstanceNormalizationLayer("in2", "conv2", Activation.LeakyRelu(0.25f)) { Epsilon = 1e-3 },
            new ConvolutionLayer("a", "in2"), new InstanceNormalizationLayer("in3", "a", Activation.Relu),
            new ConvolutionLayer("b", "in3"), new InstanceNormalizationLayer("in4", "b"), new AddLayer("sum", "in2", "in4"),
            new ConvolutionLayer("up", "sum")
            {
                Stride = 2,
                Padding = PaddingMode.Zero,
                Alignment = StrideAlignment.Same,
                IsTransposed = true,
            },
            new InstanceNormalizationLayer("in5", "up", Activation.Relu), new ConvolutionLayer("out", "in5", Activation.Tanh),
        ];
        NetworkWeights weights = new(
            [
                Convolution("conv1", Width, 3, 9, seed), Convolution("conv2", Width, Width, 3, seed + 1),
                Convolution("a", Width, Width, 3, seed + 2), Convolution("b", Width, Width, 3, seed + 3),
                Convolution("up", Width, Width, 3, seed + 4), Convolution("out", 3, Width, 9, seed + 5),
            ],
            [.. Enumerable.Range(1, 5).Select(i => Normalization($"in{i}", styles, seed + 10 * i))]);
        NetworkConventions conventions = new() { Input = new SampleScale(255, 0), Output = new SampleScale(150 / 255.0, 0.5) };
        return new StyleNetworkModel(
            StyleNetworkKind.Style, new NetworkTable("image", layers), weights, conventions,
            styles == 1 ? null : Enumerable.Range(1, styles).Select(i => $"style {i}"));
    }

    /// <summary>A network that enlarges photos by two, with batch normalization: it can run in tiles.</summary>
    internal static StyleNetworkModel Upscale(int seed = 1) => new(
        StyleNetworkKind.Upscale,
        new NetworkTable("image",
        [
            new ConvolutionLayer("conv1", "image"), new BatchNormalizationLayer("bn1", "conv1", Activation.Relu),
            new ConvolutionLayer("half", "bn1") { Stride = 2, Padding = PaddingMode.Zero },
            new ConvolutionLayer("left", "half", Activation.Relu), new ConvolutionLayer("right", "left"),
            new AddLayer("sum", "right", "half"), new ActivationLayer("active", "sum", Activation.Relu),
            new ConvolutionLayer("wide", "active") { Stride = 2, Padding = PaddingMode.Zero, IsTransposed = true },
            new UpsampleLayer("twice", "wide"), new ConvolutionLayer("out", "twice"),
        ]),
        new NetworkWeights(
            [
                Convolution("conv1", Width, 3, 5, seed), Convolution("half", Width, Width, 3, seed + 1),
                Convolution("left", Width, Width, 3, seed + 2), Convolution("right", Width, Width, 3, seed + 3),
                Convolution("wide", Width, Width, 3, seed + 4), Convolution("out", 3, Width, 3, seed + 5, bias: 0.5f),
            ],
            [new NormalizationWeights(
                "bn1", 1, Width, Positive(Width, seed), Samples.Numbers(Width, seed + 7),
                new ChannelConstants(Samples.Numbers(Width, seed + 8), Positive(Width, seed + 9)))]));

    /// <summary>A generator of textures: noise at two scales, circular convolutions, concatenation.</summary>
    internal static StyleNetworkModel Texture(int seed = 1) => new(
        StyleNetworkKind.Texture,
        new NetworkTable("noise1",
        [
            new NoiseLayer("noise2", "noise1", 3) { Divisor = 4 },
            new ConvolutionLayer("small", "noise2") { Padding = PaddingMode.Circular },
            new InstanceNormalizationLayer("in1", "small", Activation.LeakyRelu(0.1f)),
            new UpsampleLayer("up1", "in1"), new UpsampleLayer("up2", "up1"),
            new ConvolutionLayer("large", "noise1", Activation.Relu) { Padding = PaddingMode.Circular },
            new ConcatenateLayer("both", "up2", "large"),
            new ConvolutionLayer("out", "both") { Padding = PaddingMode.Circular },
        ]),
        new NetworkWeights(
            [
                Convolution("small", Width, 3, 3, seed), Convolution("large", 4, 3, 3, seed + 1),
                Convolution("out", 3, Width + 4, 1, seed + 2, bias: 0.5f),
            ],
            [Normalization("in1", 1, seed + 3)]));

    /// <summary>Circular convolutions and poolings on a photo.</summary>
    internal static StyleNetworkModel Circular(int seed = 1) => new(
        StyleNetworkKind.Style,
        new NetworkTable("image",
        [
            new ConvolutionLayer("first", "image", Activation.LeakyRelu(0.2f)) { Padding = PaddingMode.Circular },
            new AveragePoolLayer("average", "first"), new MaxPoolLayer("most", "first"), new ConcatenateLayer("both", "average", "most"),
            new UpsampleLayer("up", "both"), new ConvolutionLayer("out", "up") { Padding = PaddingMode.Circular },
        ]),
        new NetworkWeights(
            [Convolution("first", Width, 3, 5, seed), Convolution("out", 3, 2 * Width, 3, seed + 1, bias: 0.5f)]));

    internal static ConvolutionWeights Convolution(string name, int outputs, int inputs, int kernel, int seed, float bias = 0)
    {
        float scale = 1 / MathF.Sqrt(inputs * kernel * kernel);
        float[] weights = [.. Samples.Numbers(outputs * inputs * kernel * kernel, seed).Select(number => number * scale)];
        return new ConvolutionWeights(
            name, outputs, inputs, kernel, weights, [.. Samples.Numbers(outputs, seed + 100).Select(number => bias + 0.1f * number)]);
    }

    private static NormalizationWeights Normalization(string name, int styles, int seed) =>
        new(name, styles, Width, Positive(styles * Width, seed), Samples.Numbers(styles * Width, seed + 1));

    private static float[] Positive(int count, int seed) => [.. Samples.Numbers(count, seed).Select(number => number + 1.5f)];
}
