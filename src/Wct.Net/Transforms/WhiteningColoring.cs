namespace Wct.Net.Transforms;

/// <summary>Whitens content features, then colors them with the style's covariance.</summary>
/// <remarks>
/// Li et al. 2017, section 3.2, with zero-phase (ZCA) whitening: A = Cs^(1/2)·Cc^(-1/2). Eigenvalues up to
/// <see cref="SymmetricPower.SmallestEigenvalue"/> are dropped, as in the authors' code.
/// </remarks>
public sealed class WhiteningColoring : FeatureTransform
{
    /// <inheritdoc/>
    public override string Name => "wct";

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="content"/> or <paramref name="style"/> is null.</exception>
    /// <exception cref="ArgumentException">The channel counts differ, or an element of a covariance is not finite.</exception>
    /// <exception cref="ArithmeticException">The eigensolver failed or gave unusable eigenvalues.</exception>
    /// <exception cref="Kernels.Gpu.GpuException">The GPU's driver reports an error.</exception>
    /// <exception cref="ObjectDisposedException">The content's moments belong to a picture that is finished.</exception>
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
    /// <exception cref="ArgumentNullException"><paramref name="style"/> is null.</exception>
    /// <exception cref="ArgumentException">An element of the covariance is not finite.</exception>
    /// <exception cref="ArithmeticException">The eigensolver failed or gave unusable eigenvalues.</exception>
    public override void Prepare(StyleMoments style)
    {
        ArgumentNullException.ThrowIfNull(style);
        _ = style.Root;
    }
}
