namespace Wct.Bindings;

/// <summary>Options for running a feed-forward network.</summary>
public sealed class StyleNetworkOptions
{
    /// <summary>A weight per style of the network, at least 0 and not all 0. Only their ratio matters. Null for the first style
    /// only.</summary>
    public IReadOnlyList<double>? StyleWeights { get; set; }

    /// <summary>Seed of the noise of a network that has some. The same seed gives the same result.</summary>
    public ulong Seed { get; set; }

    /// <summary>Multiplies the noise of a network that has some, at least 0.</summary>
    public double NoiseScale { get; set; } = 1;

    /// <summary>The memory budget in bytes. A network that normalizes over the whole picture can't run in tiles: if it needs more, the call
    /// fails. Null for 1.4 GB, or for all that the process can have if the network can't run in tiles.</summary>
    public long? MaxMemory { get; set; }
}
