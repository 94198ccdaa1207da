namespace Wct.Bindings;

/// <summary>Options for stylizing a picture.</summary>
public sealed class StylizeOptions
{
    /// <summary>The strength of the published results.</summary>
    public const double DefaultStrength = 0.6;

    /// <summary>α in [0, 1], the share of the style in the features of every level; 0 only encodes and decodes.</summary>
    public double Strength { get; set; } = DefaultStrength;

    /// <summary>Levels to run, in this order; null runs all that the model has, deepest first.</summary>
    public IReadOnlyList<int>? Levels { get; set; }

    /// <summary>
    /// Memory budget of the whole process in bytes. A picture that needs more is processed in tiles, which changes a byte of the result by
    /// at most 1. null means 1.4 GB. It means more for very large pictures, and less if the process may use less (a container's limit). On
    /// a GPU it means the GPU's memory.
    /// </summary>
    public long? MaxMemory { get; set; }
}
