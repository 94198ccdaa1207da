using Wct.Net.Models;
using Wct.Training.Losses;

namespace Wct.Training.Tasks;

/// <summary>Options that all trainings of feed-forward networks have.</summary>
public abstract record NetworkTaskOptions
{
    private protected NetworkTaskOptions()
    {
    }

    /// <summary>What the trained network makes.</summary>
    internal abstract StyleNetworkKind Kind { get; }

    /// <summary>The network whose features the losses compare, such as a VGG-19; null for the built-in encoder.</summary>
    public EncoderWeights? LossNetwork { get; init; }

    /// <summary>The pooling of the loss network.</summary>
    public PoolingKind Pooling { get; init; } = PoolingKind.Average;

    /// <summary>The weight of the total variation, at least 0.</summary>
    public double VariationWeight { get; init; }

    /// <summary>Seed of random starting weights.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>A network to train further; null for random weights.</summary>
    public StyleNetworkModel? Start { get; init; }

    /// <summary>Where the weights come from, for the network's file.</summary>
    public string? Origin { get; init; }

    /// <summary>The license of the weights, for the network's file.</summary>
    public string? License { get; init; }

    /// <summary>Whether files have the convolutions' weights in half precision.</summary>
    public bool Half { get; init; }
}

/// <summary>Options for training a network for styles. The defaults of the weights are those of <c>wct optimize</c>.</summary>
public sealed record StyleTaskOptions : NetworkTaskOptions
{
    /// <summary>Default options.</summary>
    public StyleTaskOptions() => VariationWeight = 3;

    /// <summary>Weight of the style, at least 0. The loss is 1 for features of zero.</summary>
    public double StyleWeight { get; init; } = 100;

    /// <summary>Weight of the content, at least 0. The loss is 1 for features of zero.</summary>
    public double ContentWeight { get; init; } = 1;

    /// <summary>Number of pictures over which the style's weight rises to its full value, by the same factor with each; 0 for none.</summary>
    /// <remarks>A network with random weights first learns to keep the content. With the full weight, it first fits the style alone, and
    /// loses the content.</remarks>
    public long RampPictures { get; init; } = 4000;

    /// <summary>Taps of the style and their weights; null for relu1_1 to relu4_1 with equal weights.</summary>
    public IReadOnlyList<TapWeight>? StyleTaps { get; init; }

    /// <summary>The tap of the content.</summary>
    public string ContentTap { get; init; } = LossTap.Level(4);

    /// <summary>The layers of a new network.</summary>
    public StyleArchitecture Architecture { get; init; }

    /// <summary>Channels of a new network at full size, 1 to 256; 0 for 16 (residual) or 8 (pyramid).</summary>
    public int Width { get; init; }

    /// <summary>Residual blocks of a new network, 0 to 64.</summary>
    public int Blocks { get; init; } = 3;

    /// <summary>The names of the styles; empty for none.</summary>
    public IReadOnlyList<string> StyleNames { get; init; } = [];

    internal override StyleNetworkKind Kind => StyleNetworkKind.Style;
}

/// <summary>The layers of a network for styles.</summary>
public enum StyleArchitecture
{
    /// <summary>Two strides down, residual blocks, two times up (Johnson et al. 2016).</summary>
    Residual,

    /// <summary>The photo and noise at five sizes, joined from small to large (Ulyanov et al. 2016). The noise's scale changes the strength
    /// of the style.</summary>
    Pyramid,
}

/// <summary>Options for training a network for a texture.</summary>
public sealed record TextureTaskOptions : NetworkTaskOptions
{
    /// <summary>Taps of the texture and their weights; null for relu1_1 to relu4_1 with equal weights.</summary>
    public IReadOnlyList<TapWeight>? StyleTaps { get; init; }

    /// <summary>Channels that each of a new network's five sizes adds, 1 to 256.</summary>
    public int Width { get; init; } = 8;

    internal override StyleNetworkKind Kind => StyleNetworkKind.Texture;
}

/// <summary>Options for training a network that makes pictures four times as large.</summary>
public sealed record UpscaleTaskOptions : NetworkTaskOptions
{
    /// <summary>Weight of the features' error, at least 0. The loss is 1 for features of zero.</summary>
    public double FeatureWeight { get; init; } = 1;

    /// <summary>Weight of the pixels' mean squared error, at least 0.</summary>
    public double PixelWeight { get; init; } = 1;

    /// <summary>Taps of the features.</summary>
    public IReadOnlyList<string> Taps { get; init; } = ["relu2_2"];

    /// <summary>Channels of a new network, 1 to 256.</summary>
    public int Width { get; init; } = 32;

    /// <summary>Residual blocks of a new network, 0 to 64.</summary>
    public int Blocks { get; init; } = 4;

    internal override StyleNetworkKind Kind => StyleNetworkKind.Upscale;
}
