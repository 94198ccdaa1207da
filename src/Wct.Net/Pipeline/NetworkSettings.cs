namespace Wct.Net.Pipeline;

/// <summary>What a run of a network chooses.</summary>
/// <param name="Styles">A weight per style, for conditional normalizations.</param>
/// <param name="Seed">Chooses the noise.</param>
/// <param name="NoiseScale">Multiplies the noise.</param>
internal sealed record NetworkSettings(IReadOnlyList<double> Styles, ulong Seed = 0, double NoiseScale = 1)
{
    /// <summary>The first style, seed 0.</summary>
    internal static NetworkSettings Default { get; } = new([1]);
}
