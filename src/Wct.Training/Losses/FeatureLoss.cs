namespace Wct.Training.Losses;

/// <summary>Mean squared error of a network's features: Σ over taps of mean((Φ(d) - Φ(x))²).</summary>
/// <remarks>The content loss of Gatys et al. 2015; the perceptual loss of Johnson et al. 2016.</remarks>
public sealed class FeatureLoss : ILossTerm
{
    /// <summary>The default name.</summary>
    internal const string DefaultName = "feature";

    /// <summary>Compares features at some taps.</summary>
    /// <param name="taps">At least one; see <see cref="LossTap.Level"/>.</param>
    /// <param name="name">The name in logs, for tasks with several feature losses.</param>
    /// <exception cref="ArgumentException">There is no tap.</exception>
    public FeatureLoss(IReadOnlyList<string> taps, string name = DefaultName) => (Taps, Name) = (Checked(taps), name);

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Taps { get; }

    /// <inheritdoc/>
    public string Description => Describe(this);

    /// <inheritdoc/>
    public double Evaluate(LossContext context, double weight)
    {
        ArgumentNullException.ThrowIfNull(context);
        double loss = 0;
        foreach (string tap in Taps)
            loss += MeanSquaredError.Add(context, tap, weight);
        return loss;
    }

    internal static IReadOnlyList<string> Checked(IReadOnlyList<string> taps)
    {
        ArgumentNullException.ThrowIfNull(taps);
        if (taps.Count == 0)
            throw new ArgumentException("A loss of features needs at least one tap.", nameof(taps));
        return [.. taps.Distinct()];
    }

    internal static string Describe(ILossTerm term) => $"{term.Name} at {string.Join('+', term.Taps)}";
}
