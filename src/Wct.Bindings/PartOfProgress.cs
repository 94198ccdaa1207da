namespace Wct.Bindings;

/// <summary>Progress of one of several calls, reported as its part of the whole.</summary>
internal sealed class PartOfProgress : IProgress<StylizeProgress>
{
    private readonly IProgress<StylizeProgress> _whole;
    private readonly double _start, _share;

    private PartOfProgress(IProgress<StylizeProgress> whole, double start, double share) =>
        (_whole, _start, _share) = (whole, start, share);

    /// <summary>The part's progress; null where nobody wants to know.</summary>
    /// <param name="start">Share of the work that is done before it.</param>
    /// <param name="share">Its own share.</param>
    internal static IProgress<StylizeProgress>? Of(IProgress<StylizeProgress>? whole, double start, double share) =>
        whole is null ? null : new PartOfProgress(whole, start, share);

    /// <inheritdoc/>
    public void Report(StylizeProgress value) =>
        _whole.Report(new StylizeProgress(value.Level, value.Stage, Math.Min(1, _start + (_share * value.Fraction))));
}
