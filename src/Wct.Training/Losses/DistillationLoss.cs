namespace Wct.Training.Losses;

/// <summary>Distillation loss: Σ over adapters of mean((A(S) - T)²) / v. S are a student's features, A is a linear adapter, T is the
/// target, and v is its variance.</summary>
/// <remarks>The targets are a teacher's features (Wang et al. 2020), a teacher's intermediate layers (hints: Romero et al. 2015), or the
/// picture.</remarks>
/// <param name="name">The name in logs.</param>
/// <param name="adapters">One per target; the loss disposes of them.</param>
internal sealed class DistillationLoss(string name, IReadOnlyList<Adapter> adapters) : IMeasuringLossTerm, IDisposable
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public IReadOnlyList<string> Taps { get; } = [.. adapters.Select(adapter => adapter.Tap)];

    /// <inheritdoc/>
    public void BeginMeasure()
    {
        foreach (Adapter adapter in adapters)
            adapter.Variance = 0;
    }

    /// <inheritdoc/>
    public void Measure(LossTargets targets, double share)
    {
        foreach (Adapter adapter in adapters)
            adapter.Measure(targets, share);
    }

    /// <summary>Begins the regressions that compute the adapters' starting weights.</summary>
    internal void BeginFit()
    {
        foreach (Adapter adapter in adapters)
            adapter.BeginFit();
    }

    /// <summary>Adds one picture to the regressions.</summary>
    internal void Fit(LossContext context)
    {
        foreach (Adapter adapter in adapters)
            adapter.Fit(context);
    }

    /// <summary>Sets the adapters' weights to the results of the regressions.</summary>
    internal void EndFit()
    {
        foreach (Adapter adapter in adapters)
            adapter.EndFit();
    }

    /// <inheritdoc/>
    public double Evaluate(LossContext context, double weight)
    {
        double loss = 0;
        foreach (Adapter adapter in adapters)
            loss += adapter.Evaluate(context, weight);
        return loss;
    }

    /// <summary>Packs the adapters' parameters again after they changed.</summary>
    internal void Refresh()
    {
        foreach (Adapter adapter in adapters)
            adapter.Refresh();
    }

    public void Dispose()
    {
        foreach (Adapter adapter in adapters)
            adapter.Dispose();
    }
}
