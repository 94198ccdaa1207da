namespace Wct.Net.Transforms;

/// <summary>Gives each channel the style's mean and variance (AdaIN).</summary>
/// <remarks>Huang and Belongie 2017, equation 8: y = σs·(x - μc)/σc + μs per channel, with σ = √(variance + 1e-5).</remarks>
public sealed class AdaptiveInstanceNormalization : FeatureTransform
{
    // As in the authors' code; constant channels don't divide by zero.
    private const double Epsilon = 1e-5;

    /// <inheritdoc/>
    public override string Name => "adain";

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="content"/> or <paramref name="style"/> is null.</exception>
    /// <exception cref="ArgumentException">The channel counts differ.</exception>
    /// <exception cref="ObjectDisposedException">The content's moments belong to a picture that is finished.</exception>
    public override AffineMap Map(FeatureMoments content, StyleMoments style)
    {
        ArgumentNullException.ThrowIfNull(content);
        content.CheckChannels(style);
        AffineMap map = AffineMap.Borrow(content.Channels, isDiagonal: true);
        Span<double> matrix = map.MatrixSpan;
        ReadOnlySpan<double> contentCovariance = content.Covariance, styleCovariance = style.Covariance;
        matrix.Clear();
        for (int i = 0; i < matrix.Length; i += content.Channels + 1)
            matrix[i] = Math.Sqrt((styleCovariance[i] + Epsilon) / (contentCovariance[i] + Epsilon));
        content.Mean.CopyTo(map.CenterSpan);
        style.Mean.CopyTo(map.OffsetSpan);
        return map;
    }
}
