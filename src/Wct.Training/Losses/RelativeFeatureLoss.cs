using Wct.Kernels;

namespace Wct.Training.Losses;

/// <summary>Squared error of a network's features, divided by the size of the target's: the mean over taps of Σ(Φ(d) - Φ(x))² / Σ Φ(x)².
/// It is 1 for features of zero.</summary>
/// <remarks>The perceptual loss of Johnson et al. 2016, equation 2, with a scale that is the same for all networks. At one tap it is
/// <see cref="RelativeLoss"/> of <see cref="ContentLoss"/>, for targets that change with each picture.</remarks>
public sealed class RelativeFeatureLoss : ILossTerm
{
    /// <summary>Compares features at some taps.</summary>
    /// <param name="taps">At least one; see <see cref="LossTap.Level"/>.</param>
    /// <param name="name">The name in logs, for tasks with several such losses.</param>
    /// <exception cref="ArgumentException">There is no tap.</exception>
    public RelativeFeatureLoss(IReadOnlyList<string> taps, string name = "content") => (Taps, Name) = (FeatureLoss.Checked(taps), name);

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Taps { get; }

    /// <inheritdoc/>
    public string Description => $"relative {FeatureLoss.Describe(this)}";

    /// <inheritdoc/>
    public double Evaluate(LossContext context, double weight)
    {
        ArgumentNullException.ThrowIfNull(context);
        double loss = 0;
        foreach (string tap in Taps)
        {
            Tensor target = context.Target(tap);
            double mean = context.Backend.Dot(target, target) / target.Shape.Length;
            // Features of zero keep their scale, as with RelativeLoss.
            loss += MeanSquaredError.Add(context, tap, weight / Taps.Count / (mean > 0 ? mean : 2));
        }

        return loss;
    }
}
