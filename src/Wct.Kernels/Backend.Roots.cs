namespace Wct.Kernels;

// Inverse square roots of covariances, on devices that compute them faster than the host.
public abstract partial class Backend
{
    /// <summary>Whether <see cref="TryInverseRoot"/> may succeed for matrices of this size. If not, the host solves the eigenproblem.
    /// </summary>
    /// <param name="channels">C, the side of the matrix.</param>
    public virtual bool SupportsInverseRoots(int channels) => false;

    /// <summary>Computes L·M^(-1/2) on the device, if no eigenvalue of M has to be dropped and the result is as exact as one from
    /// eigenvalues.</summary>
    /// <param name="matrix">M: [C, C], symmetric, positive semidefinite. Channels with zero variance are left out.</param>
    /// <param name="left">L: [C, C].</param>
    /// <param name="channels">C.</param>
    /// <param name="threshold">Above 0. If an eigenvalue is not above the threshold, it has to be dropped, and the result is false.</param>
    /// <param name="product">[C, C]; undefined if the result is false.</param>
    /// <returns>Whether the product was computed. If not, compute it from eigenvalues on the host, which always works.</returns>
    /// <exception cref="ArgumentException">A length does not match the channels.</exception>
    public bool TryInverseRoot(ReadOnlySpan<double> matrix, ReadOnlySpan<double> left, int channels, double threshold, Span<double> product)
    {
        CheckLength(nameof(matrix), matrix.Length, (long)channels * channels);
        CheckLength(nameof(left), left.Length, matrix.Length);
        CheckLength(nameof(product), product.Length, matrix.Length);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threshold);
        return TryInverseRootCore(matrix, left, channels, threshold, product);
    }

    private protected virtual bool TryInverseRootCore(
        ReadOnlySpan<double> matrix, ReadOnlySpan<double> left, int channels, double threshold, Span<double> product) => false;
}
