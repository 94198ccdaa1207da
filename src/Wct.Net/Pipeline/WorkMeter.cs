namespace Wct.Net.Pipeline;

/// <summary>Counts operations and reports progress.</summary>
/// <param name="total">The total number of operations.</param>
/// <param name="progress">Receives the reports; null for none.</param>
internal sealed class WorkMeter(double total, IProgress<StylizeProgress>? progress)
{
    private double _total = total, _done, _reported;

    /// <summary>The number of operations done.</summary>
    internal double Done => _done;

    /// <summary>The current level and stage.</summary>
    internal (int Level, StylizeStage Stage) Now { get; set; }

    internal void Add(double operations)
    {
        _done += operations;
        // The sum over many layers is rounded, so the last one may not end exactly at the total.
        _reported = Math.Max(_reported, Math.Min(1, _done / _total));
        progress?.Report(new StylizeProgress(Now.Level, Now.Stage, _reported));
    }

    /// <summary>Replaces a part of the planned work, for example after a fallback to tiles. Reported progress stays constant until the new
    /// plan has caught up with it.</summary>
    /// <param name="begun">The value of <see cref="Done"/> when the part began.</param>
    /// <param name="planned">The part's planned operations, not all of which were done.</param>
    /// <param name="instead">The operations that replace them.</param>
    internal void Replace(double begun, double planned, double instead) => _total += instead - (planned - (_done - begun));
}
