using System.Buffers;
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
        double[] result = new double[channels * channels];
        return new SymmetricPower(result, Raise(covariance, channels, power, result));
    }

    /// <summary>The same into memory of the caller's.</summary>
    /// <param name="result">[C, C]; may be <paramref name="covariance"/> itself.</param>
    /// <returns>The rank.</returns>
    internal static int Raise(ReadOnlySpan<double> covariance, int channels, double power, Span<double> result)
    {
        int square = channels * channels;
        double[] eigen = ArrayPool<double>.Shared.Rent(channels + square), scaled = ArrayPool<double>.Shared.Rent(square);
        Span<double> values = eigen.AsSpan(0, channels), vectors = eigen.AsSpan(channels, square);
        SymmetricEigen.Solve(covariance, channels, values, vectors);
        // Ascending: what is kept comes last.
        int dropped = 0;
        while (dropped < channels && !(values[dropped] > SmallestEigenvalue))
            dropped++;
        // V·Λ^p·Vᵀ is the product of V·Λ^(p/2) with its own transpose.
        int rank = channels - dropped;
        Span<double> scales = values[dropped..];
        for (int k = 0; k < rank; k++)
            scales[k] = Math.Pow(scales[k], power / 2);
        for (int first = 0; first < rank; first += RowsAtATime)
        {
            int end = Math.Min(first + RowsAtATime, rank);
            for (int i = 0; i < channels; i++)
            {
                for (int k = first; k < end; k++)
                    scaled[k * channels + i] = vectors[i * channels + dropped + k] * scales[k];
            }
        }

        TransposedProduct.Gram(scaled.AsSpan(0, rank * channels), rank, channels, result);
        ArrayPool<double>.Shared.Return(eigen);
        ArrayPool<double>.Shared.Return(scaled);
        return rank;
    }
}
