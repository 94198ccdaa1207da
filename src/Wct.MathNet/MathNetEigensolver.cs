using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using MathNet.Numerics.LinearAlgebra.Factorization;
using MathNet.Numerics.Providers.LinearAlgebra;
using Wct.Kernels.LinearAlgebra;

namespace Wct.MathNet;

/// <summary>MathNet.Numerics as an eigensolver, by whichever provider the application has loaded: managed, OpenBLAS or MKL.</summary>
/// <remarks>
/// The provider is MathNet's own setting for the process (<see cref="Control"/>), looked up at every call. The same input gives the same
/// bytes as far as the provider does: a native one may sum in another order with another number of threads.
/// </remarks>
public sealed class MathNetEigensolver : IEigensolver
{
    // Relative to a largest element of 1 to 2: far below what double precision resolves of eigenvalues.
    private const double Negligible = 1e-30;

    // Added to the matrix, and taken from its eigenvalues.
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
        // Providers sort as they like.
        int[] order = [.. Enumerable.Range(0, size).OrderBy(k => all[k])];
        // Column by column.
        double[] columns = found.EigenVectors.AsColumnMajorArray() ?? found.EigenVectors.ToColumnMajorArray();
        for (int k = 0; k < size; k++)
        {
            values[k] = Math.ScaleB(all[order[k]] - Shift, exponent);
            ReadOnlySpan<double> column = columns.AsSpan(order[k] * size, size);
            for (int i = 0; i < size; i++)
                vectors[i * size + k] = column[i];
        }
    }

    // The managed provider's reflections lose their orthogonality where rows shrink into denormal numbers, which matrices of low rank make
    // them do step by step. Nothing shrinks below the rounding of a diagonal of ones; both changes are as small as the rounding of any
    // backward stable method.
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
            throw new ArithmeticException($"{Name} found no eigenvalues of a matrix of {size} rows.", error);
        }
    }
}
