using Wct.Kernels.LinearAlgebra;

namespace Wct.Net.Transforms;

/// <summary>A power of a symmetric positive semidefinite matrix, on the subspace where its eigenvalues count.</summary>
/// <param name="Matrix">[C, C]: V·Λ^p·Vᵀ over the eigenvalues kept.</param>
/// <param name="Rank">Eigenvalues kept.</param>
public sealed record SymmetricPower(double[] Matrix, int Rank)
{
    /// <summary>Eigenvalues up to this are dropped, as in the authors' code.</summary>
    public const double SmallestEigenvalue = 1e-5;

    // Eigenvectors are columns that become rows: a cache line of each row is used whole.
    private const int RowsAtATime = 8;

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
        // V·Λ^p·Vᵀ is the product of V·Λ^(p/2) with its own transpose.
        double[] scales = [.. values.Skip(dropped).Select(value => Math.Pow(value, power / 2))];
        double[] scaled = new double[rank * channels], result = new double[channels * channels];
        for (int first = 0; first < rank; first += RowsAtATime)
        {
            int end = Math.Min(first + RowsAtATime, rank);
            for (int i = 0; i < channels; i++)
            {
                for (int k = first; k < end; k++)
                    scaled[k * channels + i] = vectors[i * channels + dropped + k] * scales[k];
            }
        }

        TransposedProduct.Gram(scaled, rank, channels, result);
        return new SymmetricPower(result, rank);
    }
}
