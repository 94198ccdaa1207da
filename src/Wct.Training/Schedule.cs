namespace Wct.Training;

/// <summary>Kinds of learning rate schedules.</summary>
public enum ScheduleKind
{
    /// <summary>The learning rate is constant.</summary>
    Constant,

    /// <summary>The learning rate falls to zero along half a cosine period (Loshchilov and Hutter 2017, without restarts).</summary>
    Cosine,
}

/// <summary>The learning rate of each step.</summary>
/// <param name="Kind">The schedule after the warm-up.</param>
/// <param name="Rate">The largest learning rate.</param>
/// <param name="WarmUp">The number of steps at the start during which the rate rises linearly.</param>
/// <param name="Steps">The total number of steps.</param>
public sealed record Schedule(ScheduleKind Kind, double Rate, long WarmUp, long Steps)
{
    /// <summary>The learning rate of a step.</summary>
    /// <param name="step">The step, from 1.</param>
    /// <returns>The rate, at least 0.</returns>
    public double At(long step)
    {
        double rise = step <= WarmUp ? (double)step / (WarmUp + 1) : 1;
        if (Kind == ScheduleKind.Constant || step <= WarmUp)
            return Rate * rise;
        double done = (double)(step - WarmUp - 1) / Math.Max(1, Steps - WarmUp);
        return Rate * 0.5 * (1 + Math.Cos(Math.PI * Math.Min(1, done)));
    }
}
