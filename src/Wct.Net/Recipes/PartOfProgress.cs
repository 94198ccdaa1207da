namespace Wct.Net.Recipes;

/// <summary>Reports the progress of one of several calls as a part of the whole.</summary>
/// <param name="whole">Receives the reports, as shares of the whole work.</param>
/// <param name="start">The share of the work that is done before the part.</param>
/// <param name="share">The part's share of the work.</param>
internal sealed class PartOfProgress(IProgress<StylizeProgress> whole, double start, double share) : IProgress<StylizeProgress>
{
    /// <summary>Makes the progress of a part; null if the whole is null.</summary>
    internal static IProgress<StylizeProgress>? Of(IProgress<StylizeProgress>? whole, double start, double share) =>
        whole is null ? null : new PartOfProgress(whole, start, share);

    /// <inheritdoc/>
    public void Report(StylizeProgress value) => whole.Report(value with { Fraction = Math.Min(1, start + share * value.Fraction) });
}
