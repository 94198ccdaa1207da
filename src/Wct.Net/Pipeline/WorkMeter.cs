namespace Wct.Net.Pipeline;

/// <summary>Turns operations done into reports of progress.</summary>
/// <param name="total">Operations in all.</param>
/// <param name="progress">Who is told; null for nobody.</param>
internal sealed class WorkMeter(double total, IProgress<StylizeProgress>? progress)
{
    private double _total = total, _done, _told;

    /// <summary>Operations done.</summary>
    internal double Done => _done;

    /// <summary>The level and stage at work.</summary>
    internal (int Level, StylizeStage Stage) Now { get; set; }

    internal void Add(double operations)
    {
        _done += operations;
        // Sums of many layers round: the last one may end a little beside the total.
        _told = Math.Max(_told, Math.Min(1, _done / _total));
        progress?.Report(new StylizeProgress(Now.Level, Now.Stage, _told));
    }

    /// <summary>A part of the work is left as it is and done in another way; what was told stays, until as much of the new whole is
    /// done.</summary>
    /// <param name="begun">What <see cref="Done"/> was when the part began.</param>
    /// <param name="planned">The part's operations, not all of which were done.</param>
    /// <param name="instead">Those of the other way.</param>
    internal void Replace(double begun, double planned, double instead) => _total += instead - (planned - (_done - begun));
}
