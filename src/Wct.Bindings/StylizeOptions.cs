namespace Wct.Bindings;

/// <summary>Options for stylizing a picture.</summary>
public sealed class StylizeOptions
{
    /// <summary>The strength of the published results.</summary>
    public const double DefaultStrength = 0.6;

    /// <summary>α in [0, 1], the share of the style in the features of every level that has no strength of its own; 0 only encodes and
    /// decodes.</summary>
    public double Strength { get; set; } = DefaultStrength;

    /// <summary>The transform that gives the content's features the style's statistics, at every level that has none of its own; not
    /// null.</summary>
    public FeatureTransform Transform { get; set; } = FeatureTransform.WhiteningColoring;

    /// <summary>Levels to run, in this order: one or more of 1 to 5. A level may have its own strength and transform. It may occur twice,
    /// with the same settings both times. Null runs all that the model has, deepest first.</summary>
    public IReadOnlyList<LevelOptions>? Levels { get; set; }

    /// <summary>How often all levels run, 1 to 100: each further pass stylizes the result of the one before.</summary>
    public int Passes { get; set; } = 1;

    /// <summary>The size at which a style is measured, relative to its own size, above 0 to 16. A larger style has larger brush strokes.
    /// Ignored for styles that were measured before.</summary>
    public double StyleScale { get; set; } = 1;

    /// <summary>How the result keeps the content's colors; not null. The methods that change the style's pixels,
    /// <see cref="ColorPreservation.Linear"/> and <see cref="ColorPreservation.Histogram"/>, need the style as a picture, or a style that
    /// was prepared with the content and this option.</summary>
    public ColorPreservation PreserveColor { get; set; } = ColorPreservation.None;

    /// <summary>Photo mode, which keeps the content's edges and details; null for none.</summary>
    public PhotoOptions? Photo { get; set; }

    /// <summary>Receives the picture of each level when it is finished, on the calling thread; null for none. An exception from it cancels
    /// the call and is rethrown. The picture takes 6 bytes per pixel in addition to <see cref="MaxMemory"/>.</summary>
    public Action<LevelPicture>? OnLevel { get; set; }

    /// <summary>
    /// Memory budget of the whole process in bytes. A picture that needs more is processed in tiles, which changes a byte of the result by
    /// at most 1. null means 1.4 GB. It means more for very large pictures, and less if the process may use less (a container's limit). On
    /// a GPU it means the GPU's memory.
    /// </summary>
    public long? MaxMemory { get; set; }
}
