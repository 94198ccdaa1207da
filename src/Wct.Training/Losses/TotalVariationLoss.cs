namespace Wct.Training.Losses;

/// <summary>Total variation of the picture: the sum of squared differences between neighboring pixels, divided by the number of
/// elements.</summary>
/// <remarks>Mahendran and Vedaldi 2015, equation 4 with β = 2, as in Johnson et al. 2016. It has no target.</remarks>
/// <param name="weight">The weight in lists that give no weights.</param>
public sealed class TotalVariationLoss(double weight = 1) : ILossTerm
{
    /// <inheritdoc/>
    public double Weight => weight;

    /// <inheritdoc/>
    public string Name => "variation";

    /// <inheritdoc/>
    public IReadOnlyList<string> Taps { get; } = [LossTap.Picture];

    /// <inheritdoc/>
    public double Evaluate(LossContext context, double weight)
    {
        ArgumentNullException.ThrowIfNull(context);
        double scale = weight / context.Output(LossTap.Picture).Shape.Length;
        return scale * context.Backend.TotalVariation(context.Output(LossTap.Picture), (float)scale, context.Gradient(LossTap.Picture));
    }
}
