namespace Wct.Kernels.LinearAlgebra;

/// <summary>Computes eigenvalues and eigenvectors of symmetric matrices, for the covariances of feature transforms.</summary>
/// <remarks>
/// <see cref="SymmetricEigen.Solver"/> is the default. Implement this interface to use a numerical library. Implementations must be
/// thread-safe. <see cref="EigensolverInput"/> has the checks and the scaling that all implementations need.
/// </remarks>
public interface IEigensolver
{
    /// <summary>Name of the solver, for display and error messages.</summary>
    string Name { get; }

    /// <summary>Solves A = V·Λ·Vᵀ.</summary>
    /// <param name="matrix">A, [n, n]; only the upper triangle, the diagonal included, is used.</param>
    /// <param name="size">n, at least 1.</param>
    /// <param name="values">Λ, [n], ascending.</param>
    /// <param name="vectors">V, [n, n]: column k belongs to value k; its sign is arbitrary. Must not overlap the matrix.</param>
    /// <exception cref="ArgumentException">A length does not match the size, or an element of the upper triangle is not finite.</exception>
    /// <exception cref="ArithmeticException">The solver did not converge.</exception>
    void Solve(ReadOnlySpan<double> matrix, int size, Span<double> values, Span<double> vectors);
}
