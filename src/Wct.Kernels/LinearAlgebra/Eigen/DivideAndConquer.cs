using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.LinearAlgebra.Eigen;

/// <summary>Eigenvalues and eigenvectors of a tridiagonal matrix by divide and conquer.</summary>
/// <remarks>
/// An off-diagonal element is split off as a rank-one update, T = diag(T₁, T₂) + ρ·b·bᵀ. Both halves are solved, and <see cref="Merge"/>
/// combines them. Cuppen 1981; Gu and Eisenstat, "A divide-and-conquer algorithm for the symmetric tridiagonal eigenproblem", 1995; Golub
/// and Van Loan, 4th edition, section 8.4.
/// </remarks>
internal static unsafe class DivideAndConquer
{
    /// <summary>Blocks up to this size are solved by QR iteration.</summary>
    internal const int LargestLeaf = 32;

    /// <summary>Overwrites the workspace's diagonal with the eigenvalues, sets their order, and writes the eigenvectors to
    /// <see cref="EigenWorkspace.Rows"/>, one per column.</summary>
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
            IndexSort.Fill(order, 0);
            IndexSort.Sort(order, diagonal);
            return;
        }

        // Register tiles need blocks that start at multiples of 16.
        const int Alignment = TransposedProduct.ColumnAlignment;
        int half = (size / 2 + Alignment / 2) / Alignment * Alignment;
        double coupling = offDiagonal[half - 1];
        diagonal[half - 1] -= Math.Abs(coupling);
        diagonal[half] -= Math.Abs(coupling);
        Solve<TVec>(workspace, start, half);
        Solve<TVec>(workspace, start + half, size - half);
        Merge.Run<TVec>(workspace, new EigenBlock(workspace, start, half, size), coupling);
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
