using Wct.Kernels;
using Wct.Net.Models;

namespace Wct.Training.Networks.Architectures;

/// <summary>The published architectures of feed-forward networks, in any width, with random weights.</summary>
internal static class Architecture
{
    private const int Colors = 3;

    // Of Ulyanov et al.: five sizes, so the smallest map has a sixteenth of the sides.
    private const int Sizes = 5;

    private const float Slope = 0.01f;

    // A random network has outputs with a variance of 1; so its pictures start as gray with the contrast of photos. A tanh, as Johnson et
    // al. have it, would have no gradient where it is saturated: black spots stay.
    private static readonly NetworkConventions Samples = new() { Output = new SampleScale(0.25, 0.5) };

    /// <summary>The network of Johnson et al. 2016: two strides down, residual blocks, two times up. It has instance normalization
    /// (Ulyanov et al. 2016), reflection padding, and upsampling before convolutions (Odena et al. 2016).</summary>
    /// <param name="width">Channels at full size; the paper has 32.</param>
    /// <param name="blocks">Residual blocks; the paper has 5.</param>
    /// <param name="styles">The names of the styles; empty for one without a name.</param>
    /// <param name="seed">Seed of the weights.</param>
    internal static StyleNetworkModel Residual(int width, int blocks, IReadOnlyList<string> styles, int seed)
    {
        NetworkBuilder net = new(seed, PaddingMode.Reflect, Activation.Relu, Math.Max(1, styles.Count));
        string last = net.Normalized("conv1", NetworkBuilder.Image, width, 9);
        last = net.Normalized("conv2", last, 2 * width, 3, stride: 2);
        last = net.Normalized("conv3", last, 4 * width, 3, stride: 2);
        for (int block = 1; block <= blocks; block++)
        {
            string first = net.Normalized($"res{block}.a", last, 4 * width, 3);
            last = net.Sum($"res{block}", net.Normalized($"res{block}.b", first, 4 * width, 3, activate: false), last);
        }

        last = net.Normalized("conv4", net.Upsampled("up1", last), 2 * width, 3);
        last = net.Normalized("conv5", net.Upsampled("up2", last), width, 3);
        net.Convolution("out", last, Colors, 9, gain: 1);
        return new StyleNetworkModel(StyleNetworkKind.Style, net.Table, net.Weights, Samples, styles.Count > 1 ? styles : null);
    }

    /// <summary>The generator of Ulyanov et al. 2016 ("Texture Networks"): noise at several sizes, each with a block of convolutions,
    /// joined from small to large.</summary>
    /// <param name="width">Channels that each size adds; the paper has 8.</param>
    /// <param name="styles">For photos, the names of the styles; empty for one without a name. Null for textures.</param>
    /// <param name="seed">Seed of the weights.</param>
    internal static StyleNetworkModel Pyramid(int width, IReadOnlyList<string>? styles, int seed)
    {
        bool isTexture = styles is null;
        NetworkBuilder net = new(
            seed, isTexture ? PaddingMode.Circular : PaddingMode.Reflect, Activation.LeakyRelu(Slope), Math.Max(1, styles?.Count ?? 0));
        string[] inputs = isTexture ? Noises(net) : Photos(net);
        string last = Block(net, "block1", inputs[^1], width);
        for (int size = 2; size <= Sizes; size++)
        {
            string larger = net.Normalization($"norm{size}", net.Upsampled($"up{size}", last), Activation.None);
            string own = net.Normalization($"join{size}", Block(net, $"own{size}", inputs[^size], width), Activation.None);
            last = Block(net, $"block{size}", net.Concatenated($"cat{size}", larger, own), size * width);
        }

        net.Convolution("out", last, Colors, 1, gain: 1);
        return new StyleNetworkModel(
            isTexture ? StyleNetworkKind.Texture : StyleNetworkKind.Style, net.Table, net.Weights, Samples,
            styles is { Count: > 1 } ? styles : null);
    }

    /// <summary>A network that makes pictures four times as large, after Johnson et al. 2016, section 4.2: residual blocks at the small
    /// size, then two times up. It has no normalization, so it runs in tiles.</summary>
    /// <param name="width">Channels; the paper has 64.</param>
    /// <param name="blocks">Residual blocks; the paper has 4.</param>
    /// <param name="seed">Seed of the weights.</param>
    internal static StyleNetworkModel Upscaling(int width, int blocks, int seed)
    {
        // Without normalization, blocks that start small keep the sizes of features (Zhang et al. 2019, "Fixup Initialization").
        const double Small = 0.02;
        NetworkBuilder net = new(seed, PaddingMode.Reflect, Activation.Relu);
        string last = net.Convolution("conv1", NetworkBuilder.Image, width, 9, applied: Activation.Relu);
        for (int block = 1; block <= blocks; block++)
        {
            string first = net.Convolution($"res{block}.a", last, width, 3, applied: Activation.Relu);
            last = net.Sum($"res{block}", net.Convolution($"res{block}.b", first, width, 3, gain: Small), last);
        }

        last = net.Convolution("conv2", net.Upsampled("up1", last), width, 3, applied: Activation.Relu);
        last = net.Convolution("conv3", net.Upsampled("up2", last), width, 3, applied: Activation.Relu);
        net.Convolution("out", last, Colors, 3, gain: 1);
        return new StyleNetworkModel(StyleNetworkKind.Upscale, net.Table, net.Weights, Samples);
    }

    private static string[] Noises(NetworkBuilder net) =>
        [NetworkBuilder.Image, .. Enumerable.Range(1, Sizes - 1).Select(halvings => net.Noise($"noise{1 << halvings}", 1 << halvings))];

    // The photo at each size, with noise beside it.
    private static string[] Photos(NetworkBuilder net)
    {
        string[] photos = new string[Sizes], inputs = new string[Sizes];
        for (int size = 0; size < Sizes; size++)
        {
            photos[size] = size == 0 ? NetworkBuilder.Image : net.Pooled($"photo{1 << size}", photos[size - 1]);
            inputs[size] = net.Concatenated($"input{1 << size}", photos[size], net.Noise($"noise{1 << size}", 1 << size));
        }

        return inputs;
    }

    private static string Block(NetworkBuilder net, string name, string input, int channels)
    {
        string first = net.Normalized($"{name}.a", input, channels, 3);
        return net.Normalized($"{name}.c", net.Normalized($"{name}.b", first, channels, 3), channels, 1);
    }
}
