using Wct.Net.Transforms;

namespace Wct.Net;

/// <summary>Options for making a texture from noise.</summary>
public sealed record TextureOptions
{
    /// <summary>Seed of the noise. The same seed gives the same texture.</summary>
    public ulong Seed { get; init; }

    /// <summary>Whether the texture repeats without a seam. Its sides must then be multiples of 16 pixels.</summary>
    public bool Tileable { get; init; }

    /// <summary>How often all levels run, 1 to 100.</summary>
    public int Passes { get; init; } = 3;

    /// <summary>α in [0, 1].</summary>
    public double Strength { get; init; } = 1;

    /// <summary>The transform at every level; not null.</summary>
    public FeatureTransform Transform { get; init; } = FeatureTransform.WhiteningColoring;

    /// <summary>Levels to run; see <see cref="StylizeOptions.Levels"/>.</summary>
    public IReadOnlyList<LevelOptions>? Levels { get; init; }

    /// <summary>The memory budget; see <see cref="StylizeOptions.MaxMemory"/>.</summary>
    public long? MaxMemory { get; init; }
}
