namespace Wct.Training;

/// <summary>How the learning rate goes over a run.</summary>
public enum ScheduleKind
{
    /// <summary>It stays.</summary>
    Constant,

    /// <summary>It falls to zero along half a cosine (Loshchilov and Hutter 2017, without restarts).</summary>
    Cosine,
}

/// <summary>The learning rate of each step.</summary>
/// <param name="Kind">Its course.</param>
/// <param name="Rate">Its largest value.</param>
/// <param name="WarmUp">Steps over which it rises linearly before.</param>
/// <param name="Steps">Steps in all.</param>
public sealed record Schedule(ScheduleKind Kind, double Rate, long WarmUp, long Steps)
{
    /// <summary>The rate of a step, counted from 1.</summary>
    public double At(long step)
    {
        double rise = step <= WarmUp ? (double)step / (WarmUp + 1) : 1;
        if (Kind == ScheduleKind.Constant || step <= WarmUp)
            return Rate * rise;
        double done = (double)(step - WarmUp - 1) / Math.Max(1, Steps - WarmUp);
        return Rate * 0.5 * (1 + Math.Cos(Math.PI * Math.Min(1, done)));
    }
}
