using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.LinearAlgebra.Eigen;

/// <summary>Combines two solved halves: diagonalizes diag(Λ₁, Λ₂) + ρ·z·zᵀ, and multiplies its eigenvectors by those of the
/// halves.</summary>
/// <remarks>Gu and Eisenstat 1995; the grouping of rows follows Rutter, LAPACK working note 69.</remarks>
internal static unsafe class Merge
{
    /// <summary>Merges the two halves of a block.</summary>
    /// <param name="offDiagonal">The off-diagonal element between the halves.</param>
    /// <param name="workspace">The memory that contains the block.</param>
    /// <param name="block">The block; its halves are solved.</param>
    internal static void Run<TVec>(EigenWorkspace workspace, EigenBlock block, double offDiagonal)
        where TVec : unmanaged, IVec<TVec, double>
    {
        double rho = 2 * Math.Abs(offDiagonal);
        Couple(workspace, block, offDiagonal < 0 ? -1 : 1);
        Span<int> indices = workspace.Remaining.AsSpan(0, block.Size);
        IndexSort.Merge(block.Order[..block.Half], block.Order[block.Half..], block.Half, block.Values, indices);
        int remaining = Deflation.Run<TVec>(
            block, workspace.Stride, rho, workspace.Coupling, indices, workspace.Destinations, workspace.Halves);
        (int first, int both) = Group(workspace, block, indices, remaining);
        if (remaining > 0)
        {
            for (int k = 0; k < remaining; k++)
                (workspace.Poles[k], workspace.Weights[k]) = (block.Values[indices[k]], Math.Abs(workspace.Coupling[indices[k]]));
            double* distances = workspace.Matrix;
            SecularEquation.Solve<TVec>(workspace.Poles, workspace.Weights, remaining, rho, distances, workspace.Stride, workspace.Roots);
            SecularVectors.Compute<TVec>(workspace, indices[..remaining], distances);
        }

        // The copies overwrite the distances, which are no longer needed.
        for (int k = 0; k < block.Size; k++)
            new Span<double>(block.Row(indices[k]), block.Width).CopyTo(
                new Span<double>(block.ReorderedRow(workspace.Destinations[k]), block.Width));
        if (block.Size == workspace.Size)
            CombineToColumns<TVec>(workspace, block, remaining, first, both);
        else
            CombineToRows<TVec>(workspace, block, remaining, first, both);
        Reorder(workspace, block, indices, remaining);
    }

    // Computes z from the last components of the first half's eigenvectors and the first components of the second half's.
    private static void Couple(EigenWorkspace workspace, in EigenBlock block, int sign)
    {
        double unit = Math.Sqrt(0.5);
        for (int i = 0; i < block.Size; i++)
        {
            bool first = i < block.Half;
            workspace.Coupling[i] = first ? unit * block.Row(i)[block.Half - 1] : sign * unit * block.Row(i)[block.Half];
            workspace.Halves[i] = first ? EigenHalf.First : EigenHalf.Second;
        }
    }

    // Chooses the order of the copied rows in four groups: remaining eigenvectors that are zero in the second half, those that are nonzero
    // in both halves, those that are zero in the first half, and deflated ones. Then each half of the components is a product with a range
    // of rows. Returns the ends of the first and the second group.
    private static (int First, int Both) Group(EigenWorkspace workspace, in EigenBlock block, ReadOnlySpan<int> indices, int remaining)
    {
        Span<int> ends = stackalloc int[3];
        int next = 0;
        for (EigenHalf half = EigenHalf.First; half <= EigenHalf.Second; half++)
        {
            for (int k = 0; k < remaining; k++)
            {
                if (workspace.Halves[indices[k]] == half)
                    workspace.Destinations[k] = next++;
            }

            ends[(int)half] = next;
        }

        IndexSort.Fill(workspace.Destinations.AsSpan(remaining, block.Size - remaining), remaining);
        return (ends[0], ends[1]);
    }

    // Computes the new eigenvectors as rows: UᵀM.
    private static void CombineToRows<TVec>(EigenWorkspace workspace, in EigenBlock block, int remaining, int first, int both)
        where TVec : unmanaged, IVec<TVec, double>
    {
        int stride = workspace.Stride;
        double* second = workspace.Secular + (long)first * stride;
        for (int i = 0; i < remaining; i++)
            new Span<double>(block.Row(i), block.Width).Clear();
        TransposedProduct.AddPanels<TVec>(
            workspace.Secular, stride, block.ReorderedRow(0), stride, both, remaining, block.Half, block.Row(0), stride);
        TransposedProduct.AddPanels<TVec>(
            second, stride, block.ReorderedRow(first) + block.Half, stride, remaining - first, remaining, block.Size - block.Half,
            block.Row(0) + block.Half, stride);
        for (int i = remaining; i < block.Size; i++)
            new Span<double>(block.ReorderedRow(i), block.Width).CopyTo(new Span<double>(block.Row(i), block.Width));
    }

    // Computes the new eigenvectors as columns, MᵀU, which is the form that the back transformation needs.
    private static void CombineToColumns<TVec>(EigenWorkspace workspace, in EigenBlock block, int remaining, int first, int both)
        where TVec : unmanaged, IVec<TVec, double>
    {
        int stride = workspace.Stride;
        double* second = workspace.Secular + (long)first * stride;
        for (int i = 0; i < workspace.Padded; i++)
            new Span<double>(block.Row(i), block.Width).Clear();
        TransposedProduct.AddPanels<TVec>(
            block.ReorderedRow(0), stride, workspace.Secular, stride, both, block.Half, remaining, block.Row(0), stride);
        TransposedProduct.AddPanels<TVec>(
            block.ReorderedRow(first) + block.Half, stride, second, stride, remaining - first, block.Size - block.Half, remaining,
            block.Row(block.Half), stride);
        for (int k = remaining; k < block.Size; k++)
        {
            for (int i = 0; i < block.Size; i++)
                block.Row(i)[k] = block.ReorderedRow(k)[i];
        }
    }

    // The roots of the secular equation are ascending. The deflated eigenvalues are sorted and merged with them.
    private static void Reorder(EigenWorkspace workspace, in EigenBlock block, Span<int> indices, int remaining)
    {
        for (int k = remaining; k < block.Size; k++)
            workspace.Roots[k] = block.Values[indices[k]];
        new Span<double>(workspace.Roots, block.Size).CopyTo(new Span<double>(block.Values, block.Size));
        IndexSort.Fill(indices, 0);
        IndexSort.Sort(indices[remaining..], block.Values);
        IndexSort.Merge(indices[..remaining], indices[remaining..], 0, block.Values, block.Order);
    }
}
