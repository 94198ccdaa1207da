using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;
using Wct.Kernels.LinearAlgebra.Eigen;

namespace Wct.Kernels.LinearAlgebra;

/// <summary>Computes eigenvalues and eigenvectors of a symmetric matrix in double precision, on the calling thread.</summary>
/// <remarks>
/// Three steps: Householder reflections make the matrix tridiagonal (<see cref="Tridiagonalization"/>), divide and conquer solves it
/// (<see cref="DivideAndConquer"/>), and the reflections are applied to its eigenvectors (<see cref="BackTransformation"/>). The algorithm
/// is backward stable: ‖AV − VΛ‖ and ‖VᵀV − I‖·‖A‖ are a small multiple of n·ε·‖A‖. So eigenvalues far below ε·‖A‖ have no correct digit.
/// For a given <see cref="Isa"/>, the same matrix gives the same bytes. Golub and Van Loan, Matrix Computations, 4th edition, sections 8.3
/// and 8.4; LAPACK's dsyevd uses the same algorithm.
/// </remarks>
public static partial class SymmetricEigen
{
    /// <summary>Solves A = V·Λ·Vᵀ.</summary>
    /// <param name="matrix">A, [n, n]; only the upper triangle, the diagonal included, is used.</param>
    /// <param name="size">n, at least 1.</param>
    /// <param name="values">Λ, [n], ascending.</param>
    /// <param name="vectors">V, [n, n]: column k belongs to value k; its sign is arbitrary. May be <paramref name="matrix"/>
    /// itself.</param>
    /// <exception cref="ArgumentException">A length does not match the size, or an element of the upper triangle is not finite.</exception>
    /// <exception cref="ArithmeticException">The iteration did not converge. No such matrix is known.</exception>
    public static void Solve(ReadOnlySpan<double> matrix, int size, Span<double> values, Span<double> vectors) =>
        Solve(IsaSelection.Current(), new NativeBufferSource(), matrix, size, values, vectors);

    internal static void Solve(
        Isa isa, NativeBufferSource source, ReadOnlySpan<double> matrix, int size, Span<double> values, Span<double> vectors)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        Check(nameof(matrix), matrix.Length, (long)size * size);
        Check(nameof(values), values.Length, size);
        Check(nameof(vectors), vectors.Length, (long)size * size);
        using EigenWorkspace workspace = new(source, size);
        switch (isa)
        {
            case Isa.Vector512: Solve<Vec512<double>>(workspace, matrix, values, vectors); break;
            case Isa.Vector256: Solve<Vec256<double>>(workspace, matrix, values, vectors); break;
            case Isa.Vector128: Solve<Vec128<double>>(workspace, matrix, values, vectors); break;
            default: Solve<VecScalar<double>>(workspace, matrix, values, vectors); break;
        }
    }

    private static void Solve<TVec>(EigenWorkspace workspace, ReadOnlySpan<double> matrix, Span<double> values, Span<double> vectors)
        where TVec : unmanaged, IVec<TVec, double>
    {
        int exponent = workspace.Load(matrix);
        bool small = workspace.Size <= DivideAndConquer.LargestLeaf;
        if (small)
            Tridiagonalization.Reference(workspace);
        else
            Tridiagonalization.Reduce<TVec>(workspace);
        DivideAndConquer.Solve<TVec>(workspace);
        if (small)
            BackTransformation.Reference(workspace);
        else
            BackTransformation.Apply<TVec>(workspace);
        workspace.Store(exponent, values, vectors);
    }

    internal static void Check(string name, int length, long needed)
    {
        if (length != needed)
            throw new ArgumentException($"'{name}' has {length} elements, the matrix's size needs {needed}.", name);
    }
}
