using Wct.Kernels.LinearAlgebra;

namespace Wct.Net.Transforms;

/// <summary>The linear map to the style's mean and covariance that moves the features least, by their squared distance.</summary>
/// <remarks>
/// Lu et al. 2019, "A Closed-Form Solution to Universal Style Transfer": T = Cc^(-1/2)·(Cc^(1/2)·Cs·Cc^(1/2))^(1/2)·Cc^(-1/2). Eigenvalues
/// up to <see cref="SymmetricPower.SmallestEigenvalue"/> are dropped in Cc^(-1/2) only.
/// </remarks>
public sealed class OptimalTransport : FeatureTransform
{
    /// <inheritdoc/>
    public override string Name => "ot";

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="content"/> or <paramref name="style"/> is null.</exception>
    /// <exception cref="ArgumentException">The channel counts differ, or an element of a covariance is not finite.</exception>
    /// <exception cref="ArithmeticException">The eigensolver failed or gave unusable eigenvalues.</exception>
    /// <exception cref="Kernels.Gpu.GpuException">The GPU's driver reports an error.</exception>
    /// <exception cref="ObjectDisposedException">The content's moments belong to a picture that is finished.</exception>
    public override AffineMap Map(FeatureMoments content, StyleMoments style)
    {
        ArgumentNullException.ThrowIfNull(content);
        content.CheckChannels(style);
        int channels = content.Channels, square = channels * channels;
        AffineMap map = AffineMap.Borrow(channels);
        NumberBuffer first = NumberBuffer.Borrow(square), second = NumberBuffer.Borrow(square);
        Span<double> root = first.Span, product = second.Span, matrix = map.MatrixSpan;
        SymmetricPower.Raise(content.Covariance, channels, 0.5, root, content.Eigensolver, threshold: 0);
        // All factors are symmetric, so that a transposed product is a product.
        TransposedProduct.Multiply(style.Covariance, root, channels, channels, channels, product);
        TransposedProduct.Multiply(root, product, channels, channels, channels, matrix);
        SymmetricPower.Raise(matrix, channels, 0.5, root, content.Eigensolver, threshold: 0);
        ReadOnlySpan<double> inverse = content.InverseRoot.Matrix;
        TransposedProduct.Multiply(root, inverse, channels, channels, channels, product);
        TransposedProduct.Multiply(inverse, product, channels, channels, channels, matrix);
        first.Release();
        second.Release();
        content.Mean.CopyTo(map.CenterSpan);
        style.Mean.CopyTo(map.OffsetSpan);
        return map;
    }
}
