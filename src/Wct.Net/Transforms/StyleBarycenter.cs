using Wct.Kernels.LinearAlgebra;

namespace Wct.Net.Transforms;

/// <summary>Mixes the statistics of styles: the weighted mean of their means, and the Bures barycenter of their covariances.</summary>
/// <remarks>
/// Álvarez-Esteban et al., "A fixed-point approach to barycenters in Wasserstein space", 2016: S becomes
/// S^(-1/2)·(Σ w·(S^(1/2)·C·S^(1/2))^(1/2))²·S^(-1/2) until it no longer changes. Each covariance C is made positive definite by adding
/// 1e-5 to its diagonal.
/// </remarks>
internal static class StyleBarycenter
{
    private const double Epsilon = SymmetricPower.SmallestEigenvalue, Tolerance = 1e-9;

    private const int MostRounds = 100;

    /// <summary>Mixes styles at a level. The covariance is computed when it is first needed.</summary>
    /// <param name="level">1 to 5.</param>
    /// <param name="styles">The weights, which add up to 1, and the styles.</param>
    internal static StyleMoments Of(int level, IReadOnlyList<(double Weight, StyleMoments Style)> styles)
    {
        (double Weight, StyleMoments Style)[] own = [.. styles.Where(style => !style.Style.IsEmpty)];
        if (own.Length == 0)
            return styles[0].Style;
        double total = own.Sum(style => style.Weight);
        own = [.. own.Select(style => (style.Weight / total, style.Style))];
        int channels = own[0].Style.Channels;
        double[] mean = new double[channels];
        foreach ((double weight, StyleMoments style) in own)
        {
            for (int i = 0; i < channels; i++)
                mean[i] += weight * style.Mean[i];
        }

        return StyleMoments.Of(level, mean, () => Covariance(own, channels), own[0].Style.Eigensolver);
    }

    private static double[] Covariance((double Weight, StyleMoments Style)[] styles, int channels)
    {
        IEigensolver? solver = styles[0].Style.Eigensolver;
        int square = channels * channels;
        double[][] covariances = Array.ConvertAll(styles, style => style.Style.Covariance.ToArray());
        double[] sum = new double[square], root = new double[square], inverse = new double[square], product = new double[square],
            inner = new double[square], mean = new double[square];
        for (int k = 0; k < styles.Length; k++)
        {
            for (int i = 0; i < square; i += channels + 1)
                covariances[k][i] += Epsilon;
            Accumulate(sum, styles[k].Weight, covariances[k]);
        }

        for (int round = 0; round < MostRounds; round++)
        {
            Power(sum, 0.5, root);
            Power(sum, -0.5, inverse);
            mean.AsSpan().Clear();
            for (int k = 0; k < styles.Length; k++)
            {
                // All factors are symmetric, so a transposed product is a product.
                Multiply(covariances[k], root, product);
                Multiply(root, product, inner);
                Power(inner, 0.5, product);
                Accumulate(mean, styles[k].Weight, product);
            }

            Multiply(mean, inverse, product);
            // (M·S^(-1/2))ᵀ·(M·S^(-1/2)) is symmetric by construction.
            TransposedProduct.Gram(product, channels, channels, inner);
            double change = 0, size = 0;
            for (int i = 0; i < square; i++)
            {
                change += (inner[i] - sum[i]) * (inner[i] - sum[i]);
                size += sum[i] * sum[i];
            }

            inner.CopyTo(sum, 0);
            if (change <= Tolerance * Tolerance * size)
                break;
        }

        return sum;

        void Power(double[] matrix, double power, double[] result) =>
            SymmetricPower.Raise(matrix, channels, power, result, solver, threshold: 0);

        void Multiply(double[] left, double[] right, double[] result) =>
            TransposedProduct.Multiply(left, right, channels, channels, channels, result);
    }

    private static void Accumulate(double[] sum, double weight, double[] added)
    {
        for (int i = 0; i < sum.Length; i++)
            sum[i] += weight * added[i];
    }
}
