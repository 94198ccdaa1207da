using Wct.Kernels.LinearAlgebra;

namespace Wct.Net.Transforms;

// Roots are computed in double precision when they are first needed: by the device if that is faster, otherwise by the eigensolver on the
// host.
public sealed partial class FeatureMoments
{
    private readonly Once<SymmetricPower> _root, _inverseRoot;
    private bool _triesDevice = true;

    /// <summary>The covariance's square root.</summary>
    /// <exception cref="ArgumentException">An element of the covariance is not finite.</exception>
    /// <exception cref="ArithmeticException">The eigensolver failed or gave unusable eigenvalues.</exception>
    /// <exception cref="ObjectDisposedException">The moments belong to a picture that is finished.</exception>
    public SymmetricPower Root => _root.Value;

    /// <summary>The inverse square root of the covariance.</summary>
    /// <exception cref="ArgumentException">An element of the covariance is not finite.</exception>
    /// <exception cref="ArithmeticException">The eigensolver failed or gave unusable eigenvalues.</exception>
    /// <exception cref="Kernels.Gpu.GpuException">The GPU's driver reports an error.</exception>
    /// <exception cref="ObjectDisposedException">The moments belong to a picture that is finished.</exception>
    public SymmetricPower InverseRoot => _inverseRoot.Value;

    /// <summary>Multiplies a style's root by this inverse root. Computes both in parallel if they are missing.</summary>
    /// <param name="style">The left factor.</param>
    /// <param name="product">[C, C]; receives style.Root · InverseRoot.</param>
    /// <exception cref="ArgumentNullException"><paramref name="style"/> is null.</exception>
    /// <exception cref="ArgumentException">The channel counts differ, the product has another length, or an element of a covariance is not
    /// finite.</exception>
    /// <exception cref="ArithmeticException">The eigensolver failed or gave unusable eigenvalues.</exception>
    /// <exception cref="Kernels.Gpu.GpuException">The GPU's driver reports an error.</exception>
    /// <exception cref="ObjectDisposedException">The moments belong to a picture that is finished.</exception>
    public void MultiplyRoots(StyleMoments style, Span<double> product)
    {
        CheckChannels(style);
        if (product.Length != Covariance.Length)
            throw new ArgumentException(
                $"'product' has {product.Length} elements, {Channels} channels need {Covariance.Length}.", nameof(product));
        if (!_inverseRoot.IsMade && TriesDevice && TryDevice(style.Root.Matrix, product))
            return;
        if (_backend is not null && !style.HasRoot && !_inverseRoot.IsMade)
            FindBoth(style);
        // The style's root is symmetric, so its transpose times the inverse root is the wanted product.
        TransposedProduct.Multiply(style.Root.Matrix, InverseRoot.Matrix, Channels, Channels, Channels, product);
    }

    /// <summary>Returns pooled memory to the pool. Moments with their own memory stay usable.</summary>
    internal void Release()
    {
        _mean.Release();
        _covariance.Release();
        if (_root.IsMade)
            _root.Value.Release();
        if (_inverseRoot.IsMade)
            _inverseRoot.Value.Release();
    }

    private bool TriesDevice => _triesDevice && _backend?.SupportsInverseRoots(Channels) == true;

    private void FindBoth(StyleMoments style) => _backend!.RunOnHost(2, task => _ = task == 0 ? InverseRoot : style.Root);

    private SymmetricPower FindRoot()
    {
        NumberBuffer root = _covariance.Another(Channels * Channels);
        return new SymmetricPower(root, Channels, SymmetricPower.Raise(Covariance, Channels, 0.5, root.Span, _eigensolver));
    }

    private SymmetricPower FindInverseRoot()
    {
        NumberBuffer root = _covariance.Another(Channels * Channels);
        if (TriesDevice)
        {
            double[] identity = new double[Channels * Channels];
            for (int i = 0; i < identity.Length; i += Channels + 1)
                identity[i] = 1;
            if (TryDevice(identity, root.Span))
                return new SymmetricPower(root, Channels, PositiveVariances());
        }

        return new SymmetricPower(root, Channels, SymmetricPower.Raise(Covariance, Channels, -0.5, root.Span, _eigensolver));
    }

    // The device refuses covariances of which eigenvalues must be dropped; these go to the host. The answer is kept, because asking again
    // would give the same one.
    private bool TryDevice(ReadOnlySpan<double> left, Span<double> product) =>
        _triesDevice = _backend!.TryInverseRoot(Covariance, left, Channels, SymmetricPower.SmallestEigenvalue, product);

    // The rank if the device computed the root, since the device drops only channels that are always zero.
    private int PositiveVariances()
    {
        int count = 0;
        for (int i = 0; i < Covariance.Length; i += Channels + 1)
            count += Covariance[i] > 0 ? 1 : 0;
        return count;
    }
}
