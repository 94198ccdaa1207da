namespace Wct.Net.Models;

/// <summary>Mean and variance of each channel, which training collected for a batch normalization.</summary>
/// <remarks>Immutable. The arrays are not copied; the caller must not change them afterwards.</remarks>
public sealed class ChannelConstants
{
    /// <summary>Holds both; <see cref="NormalizationWeights"/> checks lengths.</summary>
    /// <param name="mean">[C].</param>
    /// <param name="variance">[C], at least 0.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">A variance is negative.</exception>
    public ChannelConstants(float[] mean, float[] variance)
    {
        ArgumentNullException.ThrowIfNull(mean);
        ArgumentNullException.ThrowIfNull(variance);
        int at = Array.FindIndex(variance, value => value < 0);
        if (at >= 0)
            throw new ArgumentException(
                FormattableString.Invariant($"Element {at} of the variance is {variance[at]}; it must be at least 0."), nameof(variance));
        (Mean, Variance) = (mean, variance);
    }

    /// <summary>[C].</summary>
    public ReadOnlyMemory<float> Mean { get; }

    /// <summary>[C], at least 0.</summary>
    public ReadOnlyMemory<float> Variance { get; }
}
