namespace Wct.Training.Losses;

/// <summary>A list of weighted loss terms, evaluated together.</summary>
/// <param name="losses">The terms. Those with weight 0 are not evaluated.</param>
internal sealed class Objective(IReadOnlyList<WeightedLoss> losses)
{
    /// <summary>The taps of a network that the evaluated terms read.</summary>
    internal IReadOnlyList<string> FeatureTaps { get; } =
        [.. Active(losses).SelectMany(term => term.Taps).Where(tap => tap != LossTap.Picture).Distinct()];

    /// <summary>The evaluated terms that measure targets before the first step.</summary>
    internal IReadOnlyList<IMeasuringLossTerm> Measuring { get; } = [.. Active(losses).OfType<IMeasuringLossTerm>()];

    /// <summary>Evaluates a part of the terms.</summary>
    /// <param name="context">Outputs and targets; receives the gradients.</param>
    /// <param name="weight">The weight of the picture in the batch.</param>
    /// <param name="features">True evaluates the terms that read features. The network's backward pass then propagates their gradients to
    /// the picture. False evaluates the terms that only read the picture.</param>
    /// <param name="weighted">Receives weight·loss of each evaluated term, in the list's order.</param>
    internal void Evaluate(LossContext context, double weight, bool features, Span<double> weighted)
    {
        for (int i = 0; i < losses.Count; i++)
        {
            if (losses[i].Weight > 0 && losses[i].Term.Taps.Any(tap => tap != LossTap.Picture) == features)
                weighted[i] = losses[i].Term.Evaluate(context, weight * losses[i].Weight);
        }
    }

    private static IEnumerable<ILossTerm> Active(IReadOnlyList<WeightedLoss> losses) =>
        losses.Where(loss => loss.Weight > 0).Select(loss => loss.Term);
}
