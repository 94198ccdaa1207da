using System.Diagnostics;
using Wct.Training.Losses;

namespace Wct.Training.Progress;

/// <summary>Averages the losses of steps for progress reports.</summary>
internal sealed class ProgressMeter(IReadOnlyList<WeightedLoss> losses, long firstStep, long steps, int batch, TimeSpan interval)
{
    // In seconds. It is slightly less than the longest TimeSpan.
    private const double Longest = 9e11;

    private readonly long _start = Stopwatch.GetTimestamp();
    private LossValues _sum = new(losses);
    private long _last = Stopwatch.GetTimestamp();
    private int _count;

    /// <summary>Adds a step.</summary>
    /// <returns>A report after the first and the last step, and when the interval has passed; null otherwise.</returns>
    internal TrainingProgress? Add(LossRow row)
    {
        long step = row.Step;
        _sum.Add(row.Losses);
        _count++;
        TimeSpan since = Stopwatch.GetElapsedTime(_last);
        if (since < interval && step != steps && step != firstStep + 1)
            return null;
        double perStep = Stopwatch.GetElapsedTime(_start).TotalSeconds / (step - firstStep);
        TrainingProgress report = new(
            step, steps, _sum.Mean(_count), row.Rate, _count * batch / since.TotalSeconds,
            TimeSpan.FromSeconds(Math.Min(perStep * (steps - step), Longest)));
        (_sum, _count, _last) = (new LossValues(losses), 0, Stopwatch.GetTimestamp());
        return report;
    }
}
