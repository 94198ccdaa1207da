using Wct.Net.Models;
using Wct.Training.Losses;

namespace Wct.Training.Tasks;

/// <summary>Options for training a network for styles. The defaults of the weights are those of <c>wct optimize</c>.</summary>
public sealed record StyleTaskOptions : NetworkTaskOptions
{
    /// <summary>Default options.</summary>
    public StyleTaskOptions() => VariationWeight = 3;

    /// <summary>Weight of the style, at least 0. The loss is 1 for features of zero.</summary>
    public double StyleWeight { get; init; } = 100;

    /// <summary>Weight of the content, at least 0. The loss is 1 for features of zero.</summary>
    public double ContentWeight { get; init; } = 1;

    /// <summary>Number of pictures over which the style's weight rises to its full value, by the same factor with each; 0 for
    /// none.</summary>
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
