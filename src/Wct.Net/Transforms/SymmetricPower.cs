using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
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
        // Column major or row major makes no difference: the matrix is symmetric. The solver works on a copy of its own.
        var decomposition = new DenseMatrix(channels, channels, covariance).Evd(Symmetricity.Symmetric);
        double[] vectors = decomposition.EigenVectors.ToColumnMajorArray();
        double[] kept = new double[channels * channels], scaled = new double[channels * channels];
        int rank = 0;
        for (int k = 0; k < channels; k++)
        {
            double eigenvalue = decomposition.EigenValues[k].Real;
            if (!(eigenvalue > SmallestEigenvalue))
                continue;
            double scale = Math.Pow(eigenvalue, power);
            for (int i = 0; i < channels; i++)
            {
                double component = vectors[k * channels + i];
                kept[rank * channels + i] = component;
                scaled[rank * channels + i] = component * scale;
            }

            rank++;
        }

        double[] result = new double[channels * channels];
        int length = rank * channels;
        TransposedProduct.Multiply(kept.AsSpan(0, length), scaled.AsSpan(0, length), rank, channels, channels, result);
        return new SymmetricPower(result, rank);
    }
}
