namespace Wct.Robustness.Mutation;

/// <summary>Limits for reading one damaged file.</summary>
/// <param name="Time">The longest time; more counts as a hang.</param>
/// <param name="Allocation">The largest amount of managed memory allocated for one input, in bytes.</param>
/// <param name="Growth">The largest growth of the process since the start, in bytes, including native memory.</param>
internal sealed record MutationLimits(TimeSpan Time, long Allocation, long Growth)
{
    /// <summary>For pictures of a few pixels.</summary>
    internal static readonly MutationLimits Default = new(TimeSpan.FromSeconds(2), 64L << 20, 512L << 20);
}
