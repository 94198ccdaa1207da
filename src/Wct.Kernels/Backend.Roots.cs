namespace Wct.Kernels;

// Inverse roots of covariances, where a device is better at them than the host.
public abstract partial class Backend
{
    /// <summary>Whether <see cref="TryInverseRoot"/> is worth a call: eigenproblems of that size are the host's where it isn't.</summary>
    /// <param name="channels">C.</param>
    public virtual bool SupportsInverseRoots(int channels) => false;

    /// <summary>L·M^(-1/2), as exactly as by M's eigenvalues, where the device can tell that none of these has to be dropped.</summary>
    /// <param name="matrix">M: [C, C], symmetric, positive semidefinite. A channel whose variance is zero counts as dropped.</param>
    /// <param name="left">L: [C, C].</param>
    /// <param name="channels">C.</param>
    /// <param name="smallest">Eigenvalues up to this would have to be dropped; above 0.</param>
    /// <param name="product">[C, C]; undefined where it isn't done.</param>
    /// <returns>Whether it was done; the host's eigenvalues always do it.</returns>
    /// <exception cref="ArgumentException">A length does not match the channels.</exception>
    public bool TryInverseRoot(ReadOnlySpan<double> matrix, ReadOnlySpan<double> left, int channels, double smallest, Span<double> product)
    {
        CheckLength(nameof(matrix), matrix.Length, (long)channels * channels);
        CheckLength(nameof(left), left.Length, matrix.Length);
        CheckLength(nameof(product), product.Length, matrix.Length);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(smallest);
        return TryInverseRootCore(matrix, left, channels, smallest, product);
    }

    private protected virtual bool TryInverseRootCore(
        ReadOnlySpan<double> matrix, ReadOnlySpan<double> left, int channels, double smallest, Span<double> product) => false;
}
