namespace Wct.Kernels.LinearAlgebra;

public static partial class SymmetricEigen
{
    /// <summary>This class as an <see cref="IEigensolver"/>. It is the default solver.</summary>
    public static IEigensolver Solver { get; } = new DefaultSolver();

    /// <summary>The scalar reference as an <see cref="IEigensolver"/>.</summary>
    internal static IEigensolver ReferenceSolver { get; } = new JacobiSolver();

    private sealed class DefaultSolver : IEigensolver
    {
        public string Name => "Wct";

        public void Solve(ReadOnlySpan<double> matrix, int size, Span<double> values, Span<double> vectors) =>
            SymmetricEigen.Solve(matrix, size, values, vectors);
    }

    private sealed class JacobiSolver : IEigensolver
    {
        public string Name => "Wct, reference";

        public void Solve(ReadOnlySpan<double> matrix, int size, Span<double> values, Span<double> vectors)
        {
            double[] normalized = new double[checked(Math.Max(size, 0) * Math.Max(size, 0))];
            int exponent = EigensolverInput.Normalize(matrix, size, values, vectors, normalized);
            Reference(normalized, size, values, vectors);
            for (int k = 0; k < size; k++)
                values[k] = Math.ScaleB(values[k], exponent);
        }
    }
}
