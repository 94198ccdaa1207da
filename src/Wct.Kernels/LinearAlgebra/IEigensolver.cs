namespace Wct.Kernels.LinearAlgebra;

/// <summary>Finds eigenvalues and eigenvectors of symmetric matrices; transforms use it for covariances.</summary>
/// <remarks>
/// <see cref="SymmetricEigen.Solver"/> is the default. Other implementations plug in a numerical library. Several threads call one at the same
/// time. <see cref="EigensolverInput"/> does what all implementations have in common.
/// </remarks>
public interface IEigensolver
{
    /// <summary>What solves, for people and for messages of errors.</summary>
    string Name { get; }

    /// <summary>A = V·Λ·Vᵀ.</summary>
    /// <param name="matrix">A, [n, n]; only the upper triangle, the diagonal included, is used.</param>
    /// <param name="size">n, at least 1.</param>
    /// <param name="values">Λ, [n], ascending.</param>
    /// <param name="vectors">V, [n, n]: column k belongs to value k, and its sign is arbitrary. Must not overlap the matrix.</param>
    /// <exception cref="ArgumentException">A length does not match the size, or an element of the upper triangle is not finite.</exception>
    /// <exception cref="ArithmeticException">The solver found no solution.</exception>
    void Solve(ReadOnlySpan<double> matrix, int size, Span<double> values, Span<double> vectors);
}
