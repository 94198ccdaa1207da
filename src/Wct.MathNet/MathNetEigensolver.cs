using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using MathNet.Numerics.LinearAlgebra.Factorization;
using MathNet.Numerics.Providers.LinearAlgebra;
using Wct.Kernels.LinearAlgebra;

namespace Wct.MathNet;

/// <summary>An eigensolver that uses MathNet.Numerics, with the provider that the application has loaded: managed, OpenBLAS or
/// MKL.</summary>
/// <remarks>
/// The provider is MathNet's own setting for the process (<see cref="Control"/>), and is read at every call. The same input gives the same
/// bytes only if the provider does so: a native one may sum in another order with another number of threads.
/// </remarks>
public sealed class MathNetEigensolver : IEigensolver
{
    // Smaller elements are set to 0. The largest element is 1 to 2, so this is far below the precision of eigenvalues in double.
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
        // Providers return eigenvalues in any order.
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

    // Avoids denormal numbers. If rows become denormal, the managed provider's reflections lose their orthogonality. In matrices of low
    // rank, rows shrink with each step until they are denormal. With ones on the diagonal, nothing shrinks below the rounding of 1. Both
    // changes are as small as the rounding of any backward stable method.
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
