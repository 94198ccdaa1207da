namespace Wct.Training.Losses;

/// <summary>Mean squared error of the picture: mean((d - x)²) over all pixels and colors.</summary>
public sealed class PixelLoss : ILossTerm
{
    /// <inheritdoc/>
    public string Name => "pixel";

    /// <inheritdoc/>
    public IReadOnlyList<string> Taps { get; } = [LossTap.Picture];

    /// <inheritdoc/>
    public double Evaluate(LossContext context, double weight)
    {
        ArgumentNullException.ThrowIfNull(context);
        return MeanSquaredError.Add(context, LossTap.Picture, weight);
    }
}
