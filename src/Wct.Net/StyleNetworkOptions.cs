namespace Wct.Net;

/// <summary>Options for running a feed-forward network.</summary>
public sealed record StyleNetworkOptions
{
    /// <summary>A weight per style of the network, at least 0 and not all 0; they are divided by their sum. Null for the first style
    /// only.</summary>
    /// <remarks>Dumoulin et al. 2017, section 3: scales and shifts of the normalizations are mixed.</remarks>
    public IReadOnlyList<double>? StyleWeights { get; init; }

    /// <summary>Chooses the noise of a network that has some. The same number gives the same result.</summary>
    public ulong Seed { get; init; }

    /// <summary>Multiplies the noise of a network that has some, at least 0. For networks that stylize photos, less noise gives less
    /// style.</summary>
    public double NoiseScale { get; init; } = 1;

    /// <summary>The memory budget of the whole process in bytes, on a GPU that of the GPU's memory. A network without normalization over
    /// the whole picture runs in tiles if it needs more; other networks throw an exception that says what they need. Null stands for
    /// <see cref="StylizeOptions.DefaultMaxMemory"/>, and for all that the process can have if a network can't run in tiles.</summary>
    public long? MaxMemory { get; init; }

    /// <summary>Compares all options by value, and the weights one by one.</summary>
    /// <param name="other">The other options; null is not equal.</param>
    public bool Equals(StyleNetworkOptions? other) => other is not null && Seed == other.Seed && NoiseScale.Equals(other.NoiseScale)
        && MaxMemory == other.MaxMemory && (StyleWeights is null
            ? other.StyleWeights is null : other.StyleWeights is not null && StyleWeights.SequenceEqual(other.StyleWeights));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Seed, NoiseScale, MaxMemory, StyleWeights?.Count);
}
