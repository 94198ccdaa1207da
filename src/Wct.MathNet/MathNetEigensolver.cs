using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using MathNet.Numerics.LinearAlgebra.Factorization;
using MathNet.Numerics.Providers.LinearAlgebra;
using Wct.Kernels.LinearAlgebra;

namespace Wct.MathNet;

/// <summary>Solves eigenproblems with MathNet.Numerics, using the provider that the application has loaded: managed, OpenBLAS or
/// MKL.</summary>
/// <remarks>
/// The provider is MathNet's own setting for the process (<see cref="Control"/>), and is read at every call. Results are reproducible only
/// if the provider's are. A native provider may sum in another order if the number of threads changes.
/// </remarks>
public sealed class MathNetEigensolver : IEigensolver
{
    // Smaller elements are set to 0. The largest element is in [1, 2), so 1e-30 is far below the rounding error of the eigenvalues.
    private const double Negligible = 1e-30;

    // Added to the diagonal, and subtracted from the eigenvalues.
    private const double Shift = 1;

    /// <summary>"MathNet.Numerics" and the provider in use.</summary>
    public string Name => $"MathNet.Numerics ({LinearAlgebraControl.Provider})";

    /// <inheritdoc/>
    public void Solve(ReadOnlySpan<double> matrix, int size, Span<double> values, Span<double> vectors)
    {
        double[] normalized = new double[checked(Math.Max(size, 0) * Math.Max(size, 0))];
        int exponent = EigensolverInput.Normalize(matrix, size, values, vectors, normalized);
        Condition(normalized, size);
        Evd<double> found = Decompose(normalized, size);
        double[] all = [.. found.EigenValues.Select(value => value.Real)];
        // The order of eigenvalues differs between providers.
        int[] order = [.. Enumerable.Range(0, size).OrderBy(k => all[k])];
        // Column-major.
        double[] columns = found.EigenVectors.AsColumnMajorArray() ?? found.EigenVectors.ToColumnMajorArray();
        for (int k = 0; k < size; k++)
        {
            values[k] = Math.ScaleB(all[order[k]] - Shift, exponent);
            ReadOnlySpan<double> column = columns.AsSpan(order[k] * size, size);
            for (int i = 0; i < size; i++)
                vectors[i * size + k] = column[i];
        }
    }

    // On low-rank matrices, rows shrink step by step during the managed provider's Householder reduction. When they become denormal, the
    // reflections are no longer orthogonal. Adding the identity prevents this. Both changes to the matrix are no larger than the rounding
    // error of a backward-stable method.
    private static void Condition(double[] matrix, int size)
    {
        for (int i = 0; i < matrix.Length; i++)
        {
            if (Math.Abs(matrix[i]) < Negligible)
                matrix[i] = 0;
        }

        for (int i = 0; i < size; i++)
            matrix[i * size + i] += Shift;
    }

    private Evd<double> Decompose(double[] matrix, int size)
    {
        try
        {
            return new DenseMatrix(size, size, matrix).Evd(Symmetricity.Symmetric);
        }
        catch (NonConvergenceException error)
        {
            throw new ArithmeticException($"{Name} did not converge for a {size}x{size} matrix.", error);
        }
    }
}
