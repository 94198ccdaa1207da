namespace Wct.Net.Pipeline;

/// <summary>Turns operations done into reports of progress.</summary>
/// <param name="total">Operations in all.</param>
/// <param name="progress">Who is told; null for nobody.</param>
internal sealed class WorkMeter(double total, IProgress<StylizeProgress>? progress)
{
    private double _done;

    /// <summary>The level and stage at work.</summary>
    internal (int Level, StylizeStage Stage) Now { get; set; }

    internal void Add(double operations)
    {
        _done += operations;
        // Sums of many layers round: the last one may end a little beside the total.
        progress?.Report(new StylizeProgress(Now.Level, Now.Stage, Math.Min(1, _done / total)));
    }
}
