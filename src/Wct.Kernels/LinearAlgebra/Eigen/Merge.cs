using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.LinearAlgebra.Eigen;

/// <summary>Puts two solved halves together: diag(Λ₁, Λ₂) + ρ·z·zᵀ is diagonalised, and the halves' eigenvectors are combined.</summary>
/// <remarks>Gu and Eisenstat 1995; the grouping of rows follows Rutter, LAPACK working note 69.</remarks>
internal static unsafe class Merge
{
    /// <param name="torn">The element that was torn out between the halves.</param>
    internal static void Run<TVec>(EigenWorkspace workspace, EigenBlock block, double torn)
        where TVec : unmanaged, IVec<TVec, double>
    {
        double strength = 2 * Math.Abs(torn);
        Couple(workspace, block, torn < 0 ? -1 : 1);
        Span<int> places = workspace.Kept.AsSpan(0, block.Size);
        Ascending.Merge(block.Order[..block.Half], block.Order[block.Half..], block.Half, block.Values, places);
        int survivors = Deflation.Run<TVec>(block, workspace.Stride, strength, workspace.Coupling, places, workspace.Moves, workspace.Halves);
        (int first, int both) = Group(workspace, block, places, survivors);
        if (survivors > 0)
        {
            for (int k = 0; k < survivors; k++)
                (workspace.Poles[k], workspace.Weights[k]) = (block.Values[places[k]], Math.Abs(workspace.Coupling[places[k]]));
            double* distances = workspace.Matrix;
            SecularEquation.Solve<TVec>(workspace.Poles, workspace.Weights, survivors, strength, distances, workspace.Stride, workspace.Roots);
            SecularVectors.Compute<TVec>(workspace, places[..survivors], distances);
        }

        // Into the distances' memory.
        for (int k = 0; k < block.Size; k++)
            new Span<double>(block.Row(places[k]), block.Width).CopyTo(new Span<double>(block.MovedRow(workspace.Moves[k]), block.Width));
        if (block.Size == workspace.Size)
            CombineToColumns<TVec>(workspace, block, survivors, first, both);
        else
            CombineToRows<TVec>(workspace, block, survivors, first, both);
        Reorder(workspace, block, places, survivors);
    }

    // z: the last components of the first half's eigenvectors, and the first ones of the second's.
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

    // Places to move rows to. Survivors that live in the first half lead, those that live in the second end: each half of the components is
    // then a product with a range of rows. The other eigenvectors follow. Returns where the first group and the second one end.
    private static (int First, int Both) Group(EigenWorkspace workspace, in EigenBlock block, ReadOnlySpan<int> places, int survivors)
    {
        Span<int> ends = stackalloc int[3];
        int next = 0;
        for (EigenHalf half = EigenHalf.First; half <= EigenHalf.Second; half++)
        {
            for (int k = 0; k < survivors; k++)
            {
                if (workspace.Halves[places[k]] == half)
                    workspace.Moves[k] = next++;
            }

            ends[(int)half] = next;
        }

        Ascending.Count(workspace.Moves.AsSpan(survivors, block.Size - survivors), survivors);
        return (ends[0], ends[1]);
    }

    // New eigenvectors as rows: UᵀM.
    private static void CombineToRows<TVec>(EigenWorkspace workspace, in EigenBlock block, int survivors, int first, int both)
        where TVec : unmanaged, IVec<TVec, double>
    {
        int stride = workspace.Stride;
        double* second = workspace.Secular + (long)first * stride;
        for (int i = 0; i < survivors; i++)
            new Span<double>(block.Row(i), block.Width).Clear();
        TransposedProduct.AddPanels<TVec>(workspace.Secular, stride, block.MovedRow(0), stride, both, survivors, block.Half, block.Row(0), stride);
        TransposedProduct.AddPanels<TVec>(
            second, stride, block.MovedRow(first) + block.Half, stride, survivors - first, survivors, block.Size - block.Half,
            block.Row(0) + block.Half, stride);
        for (int i = survivors; i < block.Size; i++)
            new Span<double>(block.MovedRow(i), block.Width).CopyTo(new Span<double>(block.Row(i), block.Width));
    }

    // New eigenvectors as columns, MᵀU: the form that the reflections are applied to.
    private static void CombineToColumns<TVec>(EigenWorkspace workspace, in EigenBlock block, int survivors, int first, int both)
        where TVec : unmanaged, IVec<TVec, double>
    {
        int stride = workspace.Stride;
        double* second = workspace.Secular + (long)first * stride;
        for (int i = 0; i < workspace.Padded; i++)
            new Span<double>(block.Row(i), block.Width).Clear();
        TransposedProduct.AddPanels<TVec>(block.MovedRow(0), stride, workspace.Secular, stride, both, block.Half, survivors, block.Row(0), stride);
        TransposedProduct.AddPanels<TVec>(
            block.MovedRow(first) + block.Half, stride, second, stride, survivors - first, block.Size - block.Half, survivors,
            block.Row(block.Half), stride);
        for (int k = survivors; k < block.Size; k++)
        {
            for (int i = 0; i < block.Size; i++)
                block.Row(i)[k] = block.MovedRow(k)[i];
        }
    }

    // The secular equation's roots are ascending; the other eigenvalues are found a place among them.
    private static void Reorder(EigenWorkspace workspace, in EigenBlock block, Span<int> places, int survivors)
    {
        for (int k = survivors; k < block.Size; k++)
            workspace.Roots[k] = block.Values[places[k]];
        new Span<double>(workspace.Roots, block.Size).CopyTo(new Span<double>(block.Values, block.Size));
        Ascending.Count(places, 0);
        Ascending.Sort(places[survivors..], block.Values);
        Ascending.Merge(places[..survivors], places[survivors..], 0, block.Values, block.Order);
    }
}
