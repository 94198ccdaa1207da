namespace Wct.Net.Transforms;

/// <summary>Whitens content features and uses no style: what remains is the content's structure without its colors and textures.</summary>
/// <remarks>Li et al. 2017, section 3.2 and figure 4: A = Cc^(-1/2), with mean 0. Eigenvalues up to
/// <see cref="SymmetricPower.SmallestEigenvalue"/> are dropped.</remarks>
public sealed class Whitening : FeatureTransform
{
    /// <inheritdoc/>
    public override string Name => "whiten";

    /// <inheritdoc/>
    public override bool UsesStyle => false;

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="content"/> is null.</exception>
    /// <exception cref="ArgumentException">An element of the covariance is not finite.</exception>
    /// <exception cref="ArithmeticException">The eigensolver failed or gave unusable eigenvalues.</exception>
    /// <exception cref="Kernels.Gpu.GpuException">The GPU's driver reports an error.</exception>
    /// <exception cref="ObjectDisposedException">The content's moments belong to a picture that is finished.</exception>
    public override AffineMap Map(FeatureMoments content, StyleMoments style)
    {
        ArgumentNullException.ThrowIfNull(content);
        AffineMap map = AffineMap.Borrow(content.Channels);
        content.InverseRoot.Matrix.CopyTo(map.MatrixSpan);
        content.Mean.CopyTo(map.CenterSpan);
        map.OffsetSpan.Clear();
        return map;
    }
}
