using System.Buffers;
using Wct.Kernels.LinearAlgebra;

namespace Wct.Net.Transforms;

/// <summary>A power of a symmetric positive semidefinite matrix, restricted to the eigenvalues that are kept. Immutable.</summary>
public sealed class SymmetricPower
{
    private readonly NumberBuffer _matrix;

    internal SymmetricPower(NumberBuffer matrix, int channels, int rank) => (_matrix, Channels, Rank) = (matrix, channels, rank);

    /// <summary>C.</summary>
    public int Channels { get; }

    /// <summary>Number of eigenvalues that were kept, 0 to C.</summary>
    public int Rank { get; }

    /// <summary>[C, C]: V·Λ^p·Vᵀ over the eigenvalues that were kept.</summary>
    /// <exception cref="ObjectDisposedException">The matrix belongs to a picture that is finished.</exception>
    public ReadOnlySpan<double> Matrix => _matrix.Span;

    /// <summary>Eigenvalues up to this are dropped, as in the authors' code.</summary>
    public const double SmallestEigenvalue = 1e-5;

    // The scaled eigenvectors are transposed in blocks of this many rows, so that whole cache lines are read.
    private const int RowsAtATime = 8;

    /// <summary>Raises a covariance to a power: 1/2 for coloring, -1/2 for whitening.</summary>
    /// <param name="covariance">[C, C], symmetric, finite.</param>
    /// <param name="channels">C, at least 1.</param>
    /// <param name="power">The exponent, any finite number.</param>
    /// <param name="eigensolver">Solves the eigenvalue problem; null for <see cref="SymmetricEigen.Solver"/>.</param>
    /// <exception cref="ArgumentException">There are no channels, the covariance doesn't have that many, or an element of its upper
    /// triangle is not finite.</exception>
    /// <exception cref="ArithmeticException">The eigensolver failed or gave unusable eigenvalues.</exception>
    public static SymmetricPower Of(ReadOnlySpan<double> covariance, int channels, double power, IEigensolver? eigensolver = null)
    {
        if (channels < 1 || covariance.Length != (long)channels * channels)
        {
            throw new ArgumentException(
                $"'covariance' has {covariance.Length} elements, {channels} channels need {(long)channels * channels}.",
                    nameof(covariance));
        }

        double[] result = new double[covariance.Length];
        return new SymmetricPower(NumberBuffer.Of(result), channels, Raise(covariance, channels, power, result, eigensolver));
    }

    /// <summary>Returns pooled memory to the pool.</summary>
    internal void Release() => _matrix.Release();

    /// <summary>Raises a covariance to a power, and writes it into memory of the caller.</summary>
    /// <param name="covariance">[C, C], symmetric.</param>
    /// <param name="channels">C, at least 1.</param>
    /// <param name="power">The exponent, any finite number.</param>
    /// <param name="result">[C, C]; may be <paramref name="covariance"/> itself.</param>
    /// <param name="eigensolver">Solves the eigenvalue problem; null for <see cref="SymmetricEigen.Solver"/>.</param>
    /// <param name="threshold">Eigenvalues up to this are dropped.</param>
    /// <returns>The rank.</returns>
    internal static int Raise(
        ReadOnlySpan<double> covariance, int channels, double power, Span<double> result, IEigensolver? eigensolver,
        double threshold = SmallestEigenvalue)
    {
        int square = channels * channels;
        double[] eigen = ArrayPool<double>.Shared.Rent(channels + square), scaled = ArrayPool<double>.Shared.Rent(square);
        Span<double> values = eigen.AsSpan(0, channels), vectors = eigen.AsSpan(channels, square);
        if (eigensolver is null || eigensolver == SymmetricEigen.Solver)
            SymmetricEigen.Solve(covariance, channels, values, vectors);
        else
            Solve(eigensolver, covariance, channels, values, vectors);
        // Eigenvalues are ascending, so those that are kept come last.
        int dropped = 0;
        while (dropped < channels && !(values[dropped] > threshold))
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

    // Checks the results of eigensolvers from outside the library: NaN must not reach a picture.
    private static void Solve(IEigensolver eigensolver, ReadOnlySpan<double> matrix, int size, Span<double> values, Span<double> vectors)
    {
        // Pooled memory holds old numbers. NaN marks elements that the solver didn't write.
        values.Fill(double.NaN);
        vectors.Fill(double.NaN);
        eigensolver.Solve(matrix, size, values, vectors);
        for (int k = 0; k < size; k++)
        {
            if (!double.IsFinite(values[k]) || (k > 0 && values[k] < values[k - 1]))
            {
                string found = FormattableString.Invariant($"{values[k]} as eigenvalue {k} of {size}");
                throw new ArithmeticException($"The eigensolver '{eigensolver.Name}' gave {found}; they must be finite and ascending.");
            }
        }

        int wrong = vectors.IndexOfAnyExceptInRange(double.MinValue, double.MaxValue);
        if (wrong >= 0)
        {
            string found = FormattableString.Invariant($"{vectors[wrong]} as element {wrong / size} of eigenvector {wrong % size}");
            throw new ArithmeticException($"The eigensolver '{eigensolver.Name}' gave {found}; it must be finite.");
        }
    }
}
