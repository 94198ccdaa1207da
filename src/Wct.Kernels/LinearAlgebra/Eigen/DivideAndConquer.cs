using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.LinearAlgebra.Eigen;

/// <summary>Eigenvalues and eigenvectors of a tridiagonal matrix by divide and conquer.</summary>
/// <remarks>
/// One off-diagonal element is torn out, T = diag(T₁, T₂) + ρ·b·bᵀ; both halves are solved, and <see cref="Merge"/> puts them together.
/// Cuppen 1981; Gu and Eisenstat, "A divide-and-conquer algorithm for the symmetric tridiagonal eigenproblem", 1995; Golub and Van Loan, 4th
/// edition, section 8.4.
/// </remarks>
internal static unsafe class DivideAndConquer
{
    /// <summary>Blocks up to this size are solved by QR steps.</summary>
    internal const int LargestLeaf = 32;

    /// <summary>Leaves the eigenvalues in the diagonal, their order, and the eigenvectors in the workspace's rows, one per column.</summary>
    internal static void Solve<TVec>(EigenWorkspace workspace)
        where TVec : unmanaged, IVec<TVec, double>
    {
        Solve<TVec>(workspace, 0, workspace.Size);
        if (workspace.Size <= LargestLeaf)
            Transpose(workspace.Rows, workspace.Stride, workspace.Size);
    }

    private static void Solve<TVec>(EigenWorkspace workspace, int start, int size)
        where TVec : unmanaged, IVec<TVec, double>
    {
        double* diagonal = workspace.Diagonal + start, offDiagonal = workspace.OffDiagonal + start;
        if (size <= LargestLeaf)
        {
            double* rows = workspace.Rows + (long)start * workspace.Stride + start;
            for (int i = 0; i < size; i++)
                rows[(long)i * workspace.Stride + i] = 1;
            ImplicitQr.Solve<TVec>(diagonal, offDiagonal, size, rows, workspace.Stride, TransposedProduct.Pad(size));
            Span<int> order = workspace.Order.AsSpan(start, size);
            Ascending.Count(order, 0);
            Ascending.Sort(order, diagonal);
            return;
        }

        // Tiles need blocks that start at multiples of 16.
        int half = (size / 2 + TransposedProduct.ColumnGrain / 2) / TransposedProduct.ColumnGrain * TransposedProduct.ColumnGrain;
        double torn = offDiagonal[half - 1];
        diagonal[half - 1] -= Math.Abs(torn);
        diagonal[half] -= Math.Abs(torn);
        Solve<TVec>(workspace, start, half);
        Solve<TVec>(workspace, start + half, size - half);
        Merge.Run<TVec>(workspace, new EigenBlock(workspace, start, half, size), torn);
    }

    private static void Transpose(double* matrix, int stride, int size)
    {
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < i; j++)
                (matrix[(long)i * stride + j], matrix[(long)j * stride + i]) = (matrix[(long)j * stride + i], matrix[(long)i * stride + j]);
        }
    }
}
