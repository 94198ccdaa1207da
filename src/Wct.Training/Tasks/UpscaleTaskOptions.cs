using Wct.Net.Models;

namespace Wct.Training.Tasks;

/// <summary>Options for training a network that makes pictures four times as large.</summary>
public sealed record UpscaleTaskOptions : NetworkTaskOptions
{
    /// <summary>Weight of the features' error, at least 0. The loss is 1 for features of zero.</summary>
    public double FeatureWeight { get; init; } = 1;

    /// <summary>Weight of the pixels' mean squared error, at least 0.</summary>
    public double PixelWeight { get; init; } = 30;

    /// <summary>Taps of the features.</summary>
    public IReadOnlyList<string> Taps { get; init; } = ["relu2_2"];

    /// <summary>Channels of a new network, 1 to 256.</summary>
    public int Width { get; init; } = 32;

    /// <summary>Residual blocks of a new network, 0 to 64.</summary>
    public int Blocks { get; init; } = 4;

    internal override StyleNetworkKind Kind => StyleNetworkKind.Upscale;
}
