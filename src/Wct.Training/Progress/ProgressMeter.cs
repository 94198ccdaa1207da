using System.Diagnostics;

namespace Wct.Training.Progress;

/// <summary>Gathers steps into reports.</summary>
internal sealed class ProgressMeter(IReadOnlyList<string> names, long firstStep, long steps, int batch, TimeSpan interval)
{
    // Seconds; a TimeSpan holds some more.
    private const double Longest = 9e11;

    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly double[] _sums = new double[names.Count];
    private long _last = Stopwatch.GetTimestamp();
    private int _count;

    /// <summary>Adds a step; gives a report when it is time, and at the first step and the last.</summary>
    internal TrainingProgress? Add(long step, double rate, ReadOnlySpan<double> losses)
    {
        for (int i = 0; i < losses.Length; i++)
            _sums[i] += losses[i];
        _count++;
        TimeSpan since = Stopwatch.GetElapsedTime(_last);
        if (since < interval && step != steps && step != firstStep + 1)
            return null;
        double perStep = Stopwatch.GetElapsedTime(_start).TotalSeconds / (step - firstStep);
        TrainingProgress report = new(
            step, steps, [.. names.Zip(_sums, (name, sum) => (name, sum / _count))], rate, _count * batch / since.TotalSeconds,
            TimeSpan.FromSeconds(Math.Min(perStep * (steps - step), Longest)));
        Array.Clear(_sums);
        (_count, _last) = (0, Stopwatch.GetTimestamp());
        return report;
    }
}
