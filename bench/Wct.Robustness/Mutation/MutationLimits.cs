namespace Wct.Robustness.Mutation;

/// <summary>What reading one damaged file may take.</summary>
/// <param name="Time">Longer is a hang.</param>
/// <param name="Allocation">Bytes of managed memory that one input may take in all.</param>
/// <param name="Growth">Bytes that the process may grow by, native memory included, beyond what it had at the start.</param>
internal sealed record MutationLimits(TimeSpan Time, long Allocation, long Growth)
{
    internal static readonly MutationLimits Default = new(TimeSpan.FromSeconds(5), 64L << 20, 1L << 30);
}
