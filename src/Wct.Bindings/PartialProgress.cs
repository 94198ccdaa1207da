namespace Wct.Bindings;

/// <summary>Reports the progress of one of several calls as a part of the whole.</summary>
internal sealed class PartialProgress : IProgress<StylizeProgress>
{
    private readonly IProgress<StylizeProgress> _whole;
    private readonly double _start, _share;

    private PartialProgress(IProgress<StylizeProgress> whole, double start, double share) =>
        (_whole, _start, _share) = (whole, start, share);

    /// <summary>Creates the progress of a part; null if <paramref name="whole"/> is null.</summary>
    /// <param name="whole">Receives the reports, as shares of the whole work; null for none.</param>
    /// <param name="start">Share of the work that is done before the part.</param>
    /// <param name="share">The part's share of the work.</param>
    internal static IProgress<StylizeProgress>? Of(IProgress<StylizeProgress>? whole, double start, double share) =>
        whole is null ? null : new PartialProgress(whole, start, share);

    /// <inheritdoc/>
    public void Report(StylizeProgress value) =>
        _whole.Report(new StylizeProgress(value.Level, value.Stage, Math.Min(1, _start + (_share * value.Fraction))));
}
