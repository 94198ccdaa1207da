using Wct.Kernels;
using Wct.Kernels.LinearAlgebra;

namespace Wct.Net.Transforms;

/// <summary>Merges the moments of a picture's parts, in double precision.</summary>
/// <remarks>Chan, Golub and LeVeque, "Updating formulae and a pairwise algorithm for computing sample variances", 1979. The order of the
/// parts affects the last bits.</remarks>
internal sealed class MomentSum(int channels)
{
    private readonly double[] _mean = new double[channels], _products = new double[channels * channels], _shift = new double[channels];
    private double _pixels;

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
        double together = _pixels + pixels, weight = _pixels / together * pixels;
        for (int i = 0; i < channels; i++)
            _shift[i] = mean[i] - _mean[i];
        for (int i = 0; i < channels; i++)
        {
            double scaled = _shift[i] * weight;
            for (int j = 0; j < channels; j++)
                _products[i * channels + j] += covariance[i * channels + j] * own + scaled * _shift[j];
        }

        for (int i = 0; i < channels; i++)
            _mean[i] += _shift[i] * (pixels / together);
        _pixels = together;
    }

    /// <summary>The moments of all parts. Nothing can be added afterwards.</summary>
    /// <param name="backend">The backend that helps with roots; null to compute them on the host.</param>
    /// <param name="eigensolver">Solves eigenvalue problems; null for the default solver.</param>
    /// <exception cref="InvalidDataException">A moment isn't finite.</exception>
    internal FeatureMoments Finish(Backend? backend = null, IEigensolver? eigensolver = null)
    {
        // With a total weight of one pixel or less, the covariance is zero.
        double scale = _pixels > 1 ? 1 / (_pixels - 1) : 0;
        for (int i = 0; i < channels; i++)
        {
            // Makes the matrix symmetric to the last bit.
            for (int j = i; j < channels; j++)
                _products[i * channels + j] = _products[j * channels + i] = _products[i * channels + j] * scale;
        }

        return FeatureMoments.Checked(_mean, _products, "the picture", backend, eigensolver);
    }
}
