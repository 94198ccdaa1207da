using Wct.Kernels;
using Wct.Net.Models;
using Wct.Net.Models.Layers;

namespace Wct.Training.Networks.Architectures;

/// <summary>Builds a network layer by layer, with random weights (He et al. 2015).</summary>
/// <param name="seed">Seed of the weights.</param>
/// <param name="padding">Padding of the convolutions.</param>
/// <param name="activation">Follows the normalizations.</param>
/// <param name="styles">Rows of the normalizations.</param>
internal sealed class NetworkBuilder(int seed, PaddingMode padding, Activation activation, int styles = 1)
{
    /// <summary>The name of the network's input.</summary>
    internal const string Image = "image";

    private const int Colors = 3;

    private readonly Random _random = new(seed);
    private readonly List<Layer> _layers = [];
    private readonly List<ConvolutionWeights> _convolutions = [];
    private readonly List<NormalizationWeights> _normalizations = [];
    private readonly Dictionary<string, int> _channels = new() { [Image] = Colors };

    internal NetworkTable Table => new(Image, _layers);

    internal NetworkWeights Weights => new(_convolutions, _normalizations);

    /// <summary>Adds a convolution with an activation. "gain" is the variance of its outputs for inputs with a mean square of 1.</summary>
    internal string Convolution(
        string name, string input, int channels, int kernel, int stride = 1, Activation applied = default, double gain = 2)
    {
        _convolutions.Add(RandomModel.Normal(_random, name, channels, _channels[input], kernel, gain, 0));
        return Add(new ConvolutionLayer(name, input, applied) { Stride = stride, Padding = padding }, channels);
    }

    /// <summary>Adds an instance normalization.</summary>
    internal string Normalization(string name, string input, Activation applied)
    {
        int channels = _channels[input];
        float[] scale = new float[styles * channels];
        Array.Fill(scale, 1);
        _normalizations.Add(new NormalizationWeights(name, styles, channels, scale, new float[scale.Length]));
        return Add(new InstanceNormalizationLayer(name, input, applied), channels);
    }

    /// <summary>Adds a convolution with instance normalization and activation.</summary>
    internal string Normalized(string name, string input, int channels, int kernel, int stride = 1, bool activate = true) =>
        Normalization($"{name}.norm", Convolution(name, input, channels, kernel, stride), activate ? activation : Activation.None);

    internal string Upsampled(string name, string input) => Add(new UpsampleLayer(name, input), _channels[input]);

    internal string Pooled(string name, string input) => Add(new AveragePoolLayer(name, input), _channels[input]);

    internal string Sum(string name, string first, string second) => Add(new AddLayer(name, first, second), _channels[first]);

    internal string Concatenated(string name, params string[] inputs) =>
        Add(new ConcatenateLayer(name, inputs), inputs.Sum(input => _channels[input]));

    internal string Noise(string name, int divisor) =>
        Add(new NoiseLayer(name, Image, Colors) { Divisor = divisor }, Colors);

    private string Add(Layer layer, int channels)
    {
        _layers.Add(layer);
        _channels.Add(layer.Name, channels);
        return layer.Name;
    }
}
