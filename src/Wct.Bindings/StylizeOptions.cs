namespace Wct.Bindings;

/// <summary>Choices for stylizing a picture.</summary>
public sealed class StylizeOptions
{
    /// <summary>The strength that the published results use.</summary>
    public const double DefaultStrength = 0.6;

    /// <summary>α in [0, 1], the share of the style in the features of every level; 0 only encodes and decodes.</summary>
    public double Strength { get; set; } = DefaultStrength;

    /// <summary>Levels to run, in this order; null runs all that the model has, deepest first.</summary>
    public IReadOnlyList<int>? Levels { get; set; }

    /// <summary>
    /// Bytes that the whole process may take. A picture that needs more is done in tiles, which changes a byte of the result by 1 at most.
    /// null stands for 1.4 GB, more for very large pictures, less where the process may take less (a container's limit), and on a GPU for
    /// what the GPU has.
    /// </summary>
    public long? MaxMemory { get; set; }
}
