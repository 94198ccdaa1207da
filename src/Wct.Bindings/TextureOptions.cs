namespace Wct.Bindings;

/// <summary>Options for making a texture from noise.</summary>
public sealed class TextureOptions
{
    /// <summary>Seed of the noise. The same seed gives the same texture.</summary>
    public ulong Seed { get; set; }

    /// <summary>Whether the texture repeats without a seam. Its sides must then be multiples of 16 pixels.</summary>
    public bool Tileable { get; set; }

    /// <summary>How often all levels run, 1 to 100.</summary>
    public int Passes { get; set; } = 3;

    /// <summary>α in [0, 1].</summary>
    public double Strength { get; set; } = 1;

    /// <summary>The transform at every level that has none of its own; not null.</summary>
    public FeatureTransform Transform { get; set; } = FeatureTransform.WhiteningColoring;

    /// <summary>Levels to run; see <see cref="StylizeOptions.Levels"/>.</summary>
    public IReadOnlyList<LevelOptions>? Levels { get; set; }

    /// <summary>The memory budget; see <see cref="StylizeOptions.MaxMemory"/>.</summary>
    public long? MaxMemory { get; set; }
}
