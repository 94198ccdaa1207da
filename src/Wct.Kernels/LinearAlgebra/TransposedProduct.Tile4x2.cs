using System.Runtime.CompilerServices;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.LinearAlgebra;

public static partial class TransposedProduct
{
    /// <summary>Rows of a register tile, which has two vectors of columns.</summary>
    internal const int TileRows = 4;

    /// <summary>Adds a tile of AᵀB to the sums. Its eight accumulators hide the latency of the multiply-add.</summary>
    /// <param name="left">The tile's first column of A: [depth, leftStride].</param>
    /// <param name="leftStride">Elements per row of <paramref name="left"/>.</param>
    /// <param name="right">The tile's first column of B: [depth, rightStride].</param>
    /// <param name="rightStride">Elements per row of <paramref name="right"/>.</param>
    /// <param name="depth">Rows of both factors.</param>
    /// <param name="sums">The tile's first element: [4, sumsStride].</param>
    /// <param name="sumsStride">Elements per row of <paramref name="sums"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static unsafe void Tile4x2<TVec>(
        double* left, long leftStride, double* right, long rightStride, int depth, double* sums, long sumsStride)
        where TVec : unmanaged, IVec<TVec, double>
    {
        double* row0 = sums, row1 = sums + sumsStride, row2 = row1 + sumsStride, row3 = row2 + sumsStride;
        TVec a0 = TVec.Load(row0), b0 = TVec.Load(row0 + TVec.Count), a1 = TVec.Load(row1), b1 = TVec.Load(row1 + TVec.Count);
        TVec a2 = TVec.Load(row2), b2 = TVec.Load(row2 + TVec.Count), a3 = TVec.Load(row3), b3 = TVec.Load(row3 + TVec.Count);
        for (int k = 0; k < depth; k++, left += leftStride, right += rightStride)
        {
            TVec x0 = TVec.Load(right), x1 = TVec.Load(right + TVec.Count);
            TVec l0 = TVec.Broadcast(left[0]), l1 = TVec.Broadcast(left[1]), l2 = TVec.Broadcast(left[2]), l3 = TVec.Broadcast(left[3]);
            a0 = TVec.MultiplyAdd(l0, x0, a0);
            b0 = TVec.MultiplyAdd(l0, x1, b0);
            a1 = TVec.MultiplyAdd(l1, x0, a1);
            b1 = TVec.MultiplyAdd(l1, x1, b1);
            a2 = TVec.MultiplyAdd(l2, x0, a2);
            b2 = TVec.MultiplyAdd(l2, x1, b2);
            a3 = TVec.MultiplyAdd(l3, x0, a3);
            b3 = TVec.MultiplyAdd(l3, x1, b3);
        }

        a0.Store(row0);
        b0.Store(row0 + TVec.Count);
        a1.Store(row1);
        b1.Store(row1 + TVec.Count);
        a2.Store(row2);
        b2.Store(row2 + TVec.Count);
        a3.Store(row3);
        b3.Store(row3 + TVec.Count);
    }
}
