namespace Wct.Training.Losses;

/// <summary>Like <see cref="FeatureLoss"/>, but each tap's error is divided by the variance v of its target: Σ over taps of
/// mean((Φ(d) - Φ(x))²) / v.</summary>
/// <remarks>The scale of features differs between networks. With normalization, a weight has the same effect for all of them.</remarks>
public sealed class NormalizedFeatureLoss : IMeasuringLossTerm
{
    private readonly double[] _variances;

    /// <summary>Compares features at some taps.</summary>
    /// <param name="taps">At least one; see <see cref="LossTap.Level"/>.</param>
    /// <param name="name">The name in logs, for tasks with several feature losses.</param>
    /// <exception cref="ArgumentException">There is no tap.</exception>
    public NormalizedFeatureLoss(IReadOnlyList<string> taps, string name = FeatureLoss.DefaultName)
    {
        (Taps, Name) = (FeatureLoss.Checked(taps), name);
        // The values before Measure is called.
        _variances = [.. Taps.Select(_ => 1.0)];
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Taps { get; }

    /// <inheritdoc/>
    public string Description => $"{FeatureLoss.Describe(this)} normalized";

    /// <inheritdoc/>
    public void BeginMeasure() => Array.Clear(_variances);

    /// <inheritdoc/>
    public void Measure(LossTargets targets, double share)
    {
        ArgumentNullException.ThrowIfNull(targets);
        for (int i = 0; i < _variances.Length; i++)
            _variances[i] += share * FeatureVariance.Of(targets.Backend, targets[Taps[i]]);
    }

    /// <inheritdoc/>
    public double Evaluate(LossContext context, double weight)
    {
        ArgumentNullException.ThrowIfNull(context);
        double loss = 0;
        for (int i = 0; i < _variances.Length; i++)
            loss += MeanSquaredError.Add(context, Taps[i], weight / _variances[i]);
        return loss;
    }
}
