namespace Wct.Net.Transforms;

/// <summary>Whitens content features, then colors them with the style's covariance.</summary>
/// <remarks>
/// Li et al. 2017, section 3.2, with zero-phase (ZCA) whitening: A = Cs^(1/2)·Cc^(-1/2). Eigenvalues up to
/// <see cref="SymmetricPower.SmallestEigenvalue"/> are dropped, as in the authors' code.
/// </remarks>
public sealed class WhiteningColoring : FeatureTransform
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The channel counts differ.</exception>
    /// <exception cref="ArithmeticException">The eigensolver failed or gave unusable eigenvalues.</exception>
    public override AffineMap Map(FeatureMoments content, StyleMoments style)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(style);
        AffineMap map = AffineMap.Borrow(content.Channels);
        content.MultiplyRoots(style, map.MatrixSpan);
        content.Mean.CopyTo(map.CenterSpan);
        style.Mean.CopyTo(map.OffsetSpan);
        return map;
    }

    /// <inheritdoc/>
    public override void Prepare(StyleMoments style)
    {
        ArgumentNullException.ThrowIfNull(style);
        _ = style.Root;
    }
}
