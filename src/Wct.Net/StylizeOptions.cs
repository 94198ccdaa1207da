using Wct.Net.Transforms;

namespace Wct.Net;

/// <summary>Options for stylizing a picture.</summary>
public sealed record StylizeOptions
{
    /// <summary>The strength that the published results use.</summary>
    public const double DefaultStrength = 0.6;

    /// <summary>The memory budget in bytes if <see cref="MaxMemory"/> is null. It is exceeded for pictures that are too large for it, and
    /// reduced if the process can't have as much.</summary>
    public const long DefaultMaxMemory = 1_400_000_000;

    /// <summary>α in [0, 1], the share of the style in the features of every level that has no strength of its own; 0 only encodes and
    /// decodes.</summary>
    public double Strength { get; init; } = DefaultStrength;

    /// <summary>The transform that gives the content's features the style's statistics, at every level that has none of its own; not
    /// null.</summary>
    public FeatureTransform Transform { get; init; } = FeatureTransform.WhiteningColoring;

    /// <summary>Levels to run, in this order: one or more of 1 to 5; a level may occur twice. A level may have its own strength and
    /// transform. Null runs all that the model has, deepest first.</summary>
    public IReadOnlyList<LevelOptions>? Levels { get; init; }

    /// <summary>How often all levels run, 1 to 100: each further pass stylizes the result of the one before.</summary>
    public int Passes { get; init; } = 1;

    /// <summary>The size at which a style is measured, relative to its own size, above 0 to 16. A larger style has larger brush strokes.
    /// Ignored for styles that were measured before.</summary>
    public double StyleScale { get; init; } = 1;

    /// <summary>How the result keeps the content's colors; not null. The methods that change the style's pixels,
    /// <see cref="ColorPreservation.Linear"/> and <see cref="ColorPreservation.Histogram"/>, need the style as a picture.</summary>
    public ColorPreservation PreserveColor { get; init; } = ColorPreservation.None;

    /// <summary>Photo mode, which keeps the content's edges and details; null for none.</summary>
    public PhotoOptions? Photo { get; init; }

    /// <summary>Receives the picture of each level when it is finished; null for none. It is called on the calling thread, or on the
    /// library's own thread for an asynchronous call. Its exceptions end the call and pass through unchanged. If a device runs out of
    /// memory and the picture starts again in smaller tiles, levels come again.</summary>
    public Action<LevelPicture>? OnLevel { get; init; }

    /// <summary>
    /// The memory budget of the whole process in bytes. A picture that needs more is computed in tiles, which changes a byte of the result
    /// by at most 1. With style swap, a few bytes may change by more, where two patches of the style are almost equally similar. Null
    /// stands for <see cref="DefaultMaxMemory"/>, with two exceptions. It stands for more if the picture is so
    /// large that the tiles would become too small to be efficient: from about 25 megapixels with full-size networks, and 100 megapixels
    /// with networks that are 16 times smaller. It stands for less if the process can't have as much: the limits are three quarters of what
    /// remains in its container (control group and parent groups) or under its address space limits, and nine tenths of the machine's free
    /// memory. A budget larger than all that the process can have is reduced to that, and <see cref="LoadOptions.OnWarning"/> is called
    /// once. On a GPU, the budget limits the GPU's memory, and null stands for the memory that the GPU has.
    /// </summary>
    /// <remarks>
    /// The budget includes the model's weights, the packed weights, the picture between the levels (9 bytes per pixel), feature maps, the
    /// kernels' scratch memory, the pixels of the pictures that are passed in and returned, and 128 MB for the runtime. It does not include
    /// other memory of the caller, networks that earlier calls packed, and memory of calls that run at the same time.
    /// </remarks>
    public long? MaxMemory { get; init; }

    /// <summary>Compares all options by value, and the levels one by one.</summary>
    /// <param name="other">The other options; null is not equal.</param>
    public bool Equals(StylizeOptions? other) => other is not null
        && Strength.Equals(other.Strength) && Equals(Transform, other.Transform) && MaxMemory == other.MaxMemory
        && Passes == other.Passes && StyleScale.Equals(other.StyleScale) && Equals(PreserveColor, other.PreserveColor)
        && Equals(Photo, other.Photo) && Equals(OnLevel, other.OnLevel)
        && (Levels is null ? other.Levels is null : other.Levels is not null && Levels.SequenceEqual(other.Levels));

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.Add(Strength);
        hash.Add(Transform);
        hash.Add(MaxMemory);
        hash.Add(Passes);
        hash.Add(StyleScale);
        hash.Add(PreserveColor);
        hash.Add(Photo);
        hash.Add(OnLevel);
        foreach (LevelOptions level in Levels ?? [])
            hash.Add(level);
        return hash.ToHashCode();
    }
}
