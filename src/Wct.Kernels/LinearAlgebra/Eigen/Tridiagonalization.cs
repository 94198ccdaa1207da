using System.Runtime.CompilerServices;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.LinearAlgebra.Eigen;

/// <summary>Reduces a symmetric matrix to a tridiagonal one, T = Qᵀ·A·Q with Q = H₀·H₁·…</summary>
/// <remarks>
/// Reflections are computed one panel at a time. Within a panel only the next row is updated. The rest of the matrix is then updated by
/// one product, A ← A − V·Wᵀ − W·Vᵀ. So half of the work runs in register tiles. Memory bandwidth limits the other half, A·v.
/// Golub and Van Loan, 4th edition, section 8.3.1; Dongarra, Hammarling and Sorensen, LAPACK working note 2.
/// </remarks>
internal static unsafe partial class Tridiagonalization
{
    /// <summary>Sets the workspace's diagonal, off-diagonal, reflectors and scales; overwrites its matrix.</summary>
    internal static void Reduce<TVec>(EigenWorkspace workspace)
        where TVec : unmanaged, IVec<TVec, double>
    {
        int size = workspace.Size, stride = workspace.Stride, reflections = Math.Max(0, size - 2);
        double* a = workspace.Matrix;
        for (int first = 0; first < reflections; first += EigenWorkspace.PanelWidth)
        {
            int width = Math.Min(EigenWorkspace.PanelWidth, reflections - first), next = first + width;
            for (int column = first; column < next; column++)
                Reflect<TVec>(workspace, column, 2 * (column - first));
            int start = AlignedDown(next);
            TransposedProduct.Add<TVec>(
                workspace.Left, stride, workspace.Right, stride, 2 * width, start, workspace.Padded, true, workspace.Padded, a, stride);
        }

        for (int i = reflections; i < size; i++)
        {
            workspace.Diagonal[i] = a[(long)i * stride + i];
            workspace.OffDiagonal[i] = i + 1 < size ? a[(long)i * stride + i + 1] : 0;
        }
    }

    // The panels hold the pending update of the matrix: the sum over p of row p of the left panel times row p of the right panel. For each
    // reflection, the rows are v and −w, and w and −v.
    private static void Reflect<TVec>(EigenWorkspace workspace, int column, int panelRows)
        where TVec : unmanaged, IVec<TVec, double>
    {
        int stride = workspace.Stride, begin = AlignedDown(column), end = workspace.Padded;
        double* v = workspace.Reflectors + (long)column * stride, left = workspace.Left, right = workspace.Right;
        double* factors = workspace.Products, newLeft = left + (long)panelRows * stride, newRight = right + (long)panelRows * stride;
        new Span<double>(workspace.Matrix + (long)column * stride + begin, end - begin).CopyTo(new Span<double>(v + begin, end - begin));
        for (int p = 0; p < panelRows; p++)
            factors[p] = left[(long)p * stride + column];
        VectorRows.Combine<TVec>(right, stride, panelRows, factors, v, begin, end);
        workspace.Diagonal[column] = v[column];
        new Span<double>(v + begin, column + 1 - begin).Clear();
        workspace.OffDiagonal[column] = Reflector.Make(v, column + 1, workspace.Size, out double scale);
        workspace.Scales[column] = scale;

        double* w = newLeft + stride;
        SymmetricProduct.Multiply<TVec>(workspace.Matrix, stride, begin, end, v, w);
        VectorRows.Dot<TVec>(left, stride, panelRows, v, begin, end, factors);
        VectorRows.Combine<TVec>(right, stride, panelRows, factors, w, begin, end);
        // Rows above the reflection's head are finished, so their elements are cleared.
        new Span<double>(w + begin, column + 1 - begin).Clear();
        Finish<TVec>(v, scale, begin, end, newLeft, w, newRight, newRight + stride);
    }

    // Computes w ← τ·w − ½·τ²·(wᵀv)·v, and adds the new rows to the panels.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Finish<TVec>(
        double* v, double scale, int begin, int end, double* copy, double* w, double* negatedW, double* negatedV)
        where TVec : unmanaged, IVec<TVec, double>
    {
        TVec sum = TVec.Broadcast(0), zero = sum;
        for (int j = begin; j < end; j += TVec.Count)
            sum = TVec.MultiplyAdd(TVec.Load(v + j), TVec.Load(w + j), sum);
        TVec factor = TVec.Broadcast(scale), share = TVec.Broadcast(-0.5 * scale * scale * TVec.Sum(sum));
        for (int j = begin; j < end; j += TVec.Count)
        {
            TVec vector = TVec.Load(v + j), product = TVec.MultiplyAdd(share, vector, factor * TVec.Load(w + j));
            vector.Store(copy + j);
            (zero - vector).Store(negatedV + j);
            product.Store(w + j);
            (zero - product).Store(negatedW + j);
        }
    }

    private static int AlignedDown(int index) => index / TransposedProduct.ColumnAlignment * TransposedProduct.ColumnAlignment;
}
