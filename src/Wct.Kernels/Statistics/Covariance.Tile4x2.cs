using System.Runtime.CompilerServices;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Statistics;

internal static partial class Covariance
{
    private const int TileRows = 4;

    /// <summary>Adds the products of four channels with two vectors of channels, summed over the pixels of a panel.</summary>
    /// <param name="left">The first of the four channels of the panel's first pixel.</param>
    /// <param name="right">The first of the vectors' channels of the panel's first pixel.</param>
    /// <param name="width">Numbers from one pixel of the panel to the next, and from one row of the sums to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Tile4x2<TVec>(double* left, double* right, int pixels, int width, double* sums)
        where TVec : unmanaged, IVec<TVec, double>
    {
        double* row0 = sums, row1 = sums + width, row2 = sums + 2 * width, row3 = sums + 3 * width;
        TVec a0 = TVec.Load(row0), b0 = TVec.Load(row0 + TVec.Count), a1 = TVec.Load(row1), b1 = TVec.Load(row1 + TVec.Count);
        TVec a2 = TVec.Load(row2), b2 = TVec.Load(row2 + TVec.Count), a3 = TVec.Load(row3), b3 = TVec.Load(row3 + TVec.Count);
        for (int p = 0; p < pixels; p++, left += width, right += width)
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
