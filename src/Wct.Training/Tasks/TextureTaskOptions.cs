using Wct.Net.Models;
using Wct.Training.Losses;

namespace Wct.Training.Tasks;

/// <summary>Options for training a network for a texture.</summary>
public sealed record TextureTaskOptions : NetworkTaskOptions
{
    /// <summary>Taps of the texture and their weights; null for relu1_1 to relu4_1 with equal weights.</summary>
    public IReadOnlyList<TapWeight>? StyleTaps { get; init; }

    /// <summary>Channels that each of a new network's five sizes adds, 1 to 256.</summary>
    public int Width { get; init; } = 8;

    internal override StyleNetworkKind Kind => StyleNetworkKind.Texture;
}
