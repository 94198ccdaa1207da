using Wct.Kernels.LinearAlgebra;

namespace Wct.Net.Transforms;

/// <summary>A power of a symmetric positive semidefinite matrix, on the subspace where its eigenvalues count.</summary>
/// <param name="Matrix">[C, C]: V·Λ^p·Vᵀ over the eigenvalues kept.</param>
/// <param name="Rank">Eigenvalues kept.</param>
public sealed record SymmetricPower(double[] Matrix, int Rank)
{
    /// <summary>Eigenvalues up to this are dropped, as in the authors' code.</summary>
    public const double SmallestEigenvalue = 1e-5;

    /// <summary>Raises a covariance to a power; 1/2 colours, -1/2 whitens.</summary>
    /// <param name="covariance">[C, C], symmetric.</param>
    /// <param name="channels">C.</param>
    /// <param name="power">The exponent.</param>
    public static SymmetricPower Of(double[] covariance, int channels, double power)
    {
        ArgumentNullException.ThrowIfNull(covariance);
        double[] values = new double[channels], vectors = new double[channels * channels];
        SymmetricEigen.Solve(covariance, channels, values, vectors);
        // Ascending: what is kept comes last.
        int dropped = values.Count(value => !(value > SmallestEigenvalue)), rank = channels - dropped;
        double[] kept = new double[rank * channels], scaled = new double[rank * channels];
        double[] scales = [.. values.Skip(dropped).Select(value => Math.Pow(value, power))];
        for (int i = 0; i < channels; i++)
        {
            for (int k = 0; k < rank; k++)
            {
                double component = vectors[i * channels + dropped + k];
                kept[k * channels + i] = component;
                scaled[k * channels + i] = component * scales[k];
            }
        }

        double[] result = new double[channels * channels];
        TransposedProduct.Multiply(kept, scaled, rank, channels, channels, result);
        return new SymmetricPower(result, rank);
    }
}
