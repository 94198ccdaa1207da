using Wct.Net.Transforms;

namespace Wct.Net;

/// <summary>Choices for stylizing a picture.</summary>
public sealed record StylizeOptions
{
    /// <summary>The strength that the published results use.</summary>
    public const double DefaultStrength = 0.6;

    /// <summary>Bytes that stylizing keeps to where <see cref="MaxMemory"/> is null, as long as the picture allows and the process may
    /// take as much.</summary>
    public const long DefaultMaxMemory = 1_400_000_000;

    /// <summary>α in [0, 1], the share of the style in the features of every level; 0 only encodes and decodes.</summary>
    public double Strength { get; init; } = DefaultStrength;

    /// <summary>Changes the content's features so that they look like the style's.</summary>
    public FeatureTransform Transform { get; init; } = FeatureTransform.WhiteningColoring;

    /// <summary>Levels to run, in this order; null runs all that the model has, deepest first.</summary>
    public IReadOnlyList<int>? Levels { get; init; }

    /// <summary>
    /// Bytes that the whole process may take. A picture that needs more is done in tiles, which changes a byte of the result by 1 at most.
    /// null stands for <see cref="DefaultMaxMemory"/>, and for more where the picture is so large that tiles would become too small to be
    /// quick: from about 25 megapixels with full-size networks, and 100 with 16 times smaller ones. It stands for less where the process
    /// may take less: three quarters of what its container leaves to it (control groups and those around them) or of its limits of
    /// addresses, nine tenths of what the machine has free. A budget larger than all that the process can have stands for just that, and
    /// <see cref="LoadOptions.OnWarning"/> is told once. On a GPU it counts for the GPU's memory, and null stands for what the GPU has.
    /// </summary>
    /// <remarks>
    /// Counted are the model's weights, the networks as the device wants them, the picture between the levels (9 bytes a pixel), maps of
    /// features, the kernels' working memory, pictures given and asked for as pixels, and 128 MB for the runtime. Not counted: what the
    /// caller holds besides, networks that earlier calls made ready, and what other calls use at the same time.
    /// </remarks>
    public long? MaxMemory { get; init; }

    /// <summary>Compares all choices by value, the levels one by one.</summary>
    /// <param name="other">The other choices.</param>
    public bool Equals(StylizeOptions? other) => other is not null
        && Strength.Equals(other.Strength) && Equals(Transform, other.Transform) && MaxMemory == other.MaxMemory
        && (Levels is null ? other.Levels is null : other.Levels is not null && Levels.SequenceEqual(other.Levels));

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.Add(Strength);
        hash.Add(Transform);
        hash.Add(MaxMemory);
        foreach (int level in Levels ?? [])
            hash.Add(level);
        return hash.ToHashCode();
    }
}
