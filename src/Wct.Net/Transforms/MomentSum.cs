using Wct.Kernels;
using Wct.Kernels.LinearAlgebra;

namespace Wct.Net.Transforms;

/// <summary>Merges the moments of a picture's parts, in double precision.</summary>
/// <remarks>Chan, Golub and LeVeque, "Updating formulae and a pairwise algorithm for computing sample variances", 1979. The order of the
/// parts affects the last bits. Takes pooled memory, which goes to the finished moments.</remarks>
internal sealed class MomentSum(int channels)
{
    private readonly NumberBuffer _mean = NumberBuffer.Borrow(channels), _products = NumberBuffer.Borrow(channels * channels);
    private readonly double[] _shift = new double[channels];
    private double _pixels;
    private int _parts;

    /// <summary>Number of pixels, or the sum of their weights.</summary>
    internal double Pixels => _pixels;

    /// <summary>Adds a part.</summary>
    /// <param name="pixels">Its number of pixels.</param>
    /// <param name="mean">[C].</param>
    /// <param name="covariance">[C, C], divided by max(1, pixels - 1).</param>
    internal void Add(long pixels, ReadOnlySpan<double> mean, ReadOnlySpan<double> covariance) =>
        Add(pixels, Math.Max(1, pixels - 1), mean, covariance);

    /// <summary>Adds a part whose pixels have weights.</summary>
    /// <param name="total">The sum of the weights, above 0.</param>
    /// <param name="mean">[C].</param>
    /// <param name="scatter">[C, C], not divided by the total.</param>
    internal void AddScatter(double total, ReadOnlySpan<double> mean, ReadOnlySpan<double> scatter) => Add(total, 1, mean, scatter);

    private void Add(double pixels, double own, ReadOnlySpan<double> mean, ReadOnlySpan<double> covariance)
    {
        Span<double> ownMean = _mean.Span, products = _products.Span;
        if (_parts++ == 0)
        {
            mean.CopyTo(ownMean);
            for (int i = 0; i < products.Length; i++)
                products[i] = covariance[i] * own;
            _pixels = pixels;
            return;
        }

        double together = _pixels + pixels, weight = _pixels / together * pixels;
        for (int i = 0; i < channels; i++)
            _shift[i] = mean[i] - ownMean[i];
        for (int i = 0; i < channels; i++)
        {
            double scaled = _shift[i] * weight;
            for (int j = 0; j < channels; j++)
                products[i * channels + j] += covariance[i * channels + j] * own + scaled * _shift[j];
        }

        for (int i = 0; i < channels; i++)
            ownMean[i] += _shift[i] * (pixels / together);
        _pixels = together;
    }

    /// <summary>The moments of all parts. Nothing can be added afterwards.</summary>
    /// <param name="backend">The backend that helps with roots; null to compute them on the host.</param>
    /// <param name="eigensolver">Solves eigenvalue problems; null for the default solver.</param>
    /// <returns>Moments that the caller must release.</returns>
    /// <exception cref="InvalidDataException">A moment isn't finite.</exception>
    internal FeatureMoments Finish(Backend? backend = null, IEigensolver? eigensolver = null)
    {
        Span<double> products = _products.Span;
        if (_parts == 0)
        {
            _mean.Span.Clear();
            products.Clear();
        }

        // With a total weight of one pixel or less, the covariance is zero.
        double scale = _pixels > 1 ? 1 / (_pixels - 1) : 0;
        if (_parts > 1)
            MakeSymmetric(products);
        foreach (ref double product in products)
            product *= scale;
        return FeatureMoments.Checked(_mean, _products, "the picture", backend, eigensolver);
    }

    /// <summary>Returns the memory of moments that are not needed.</summary>
    internal void Release()
    {
        _mean.Release();
        _products.Release();
    }

    // A sum of parts is symmetric except for the last bits.
    private void MakeSymmetric(Span<double> products)
    {
        for (int i = 1; i < channels; i++)
        {
            for (int j = 0; j < i; j++)
                products[i * channels + j] = products[j * channels + i];
        }
    }
}
