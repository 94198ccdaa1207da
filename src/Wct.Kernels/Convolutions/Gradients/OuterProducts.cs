using System.Runtime.CompilerServices;
using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Convolutions.Gradients;

/// <summary>Sums outer products along a line of pixels or tiles. All weight gradients consist of these sums.</summary>
internal static unsafe class OuterProducts
{
    /// <summary>Scalars per register tile; callers pass a multiple of it.</summary>
    /// <remarks>
    /// Four scalars and two vectors have eight accumulators, enough to hide the latency of a multiply-add when two start per cycle. With 16
    /// lanes a block of channels is one vector, so eight scalars give as many.
    /// </remarks>
    internal static int Rows<TVec>()
        where TVec : unmanaged, IVec<TVec, float> => TVec.Count == BlockedLayout.BlockLanes ? 8 : 4;

    /// <summary>Computes sums[r·stride + lane] += Σp scalars[r][p·step]·vectors[p·16 + lane], for 16 lanes and <see cref="Rows"/>
    /// scalars.</summary>
    /// <param name="scalars"><see cref="Rows"/> pointers to the scalars of the first pixel.</param>
    /// <param name="step">Elements from the scalar of one pixel to that of the next.</param>
    /// <param name="vectors">[count, 16].</param>
    /// <param name="count">Number of pixels or tiles.</param>
    /// <param name="sums">Sums of the first scalar.</param>
    /// <param name="stride">Elements from the sums of one scalar to those of the next.</param>
    /// <param name="overwrite">Whether to overwrite the sums instead of adding to them.</param>
    internal static void Add<TVec>(float** scalars, long step, float* vectors, long count, float* sums, long stride, bool overwrite)
        where TVec : unmanaged, IVec<TVec, float>
    {
        if (TVec.Count == BlockedLayout.BlockLanes)
        {
            Add8x1<TVec>(scalars, step, vectors, count, sums, stride, overwrite);
            return;
        }

        for (int lane = 0; lane < BlockedLayout.BlockLanes; lane += 2 * TVec.Count)
            Add4x2<TVec>(scalars, step, vectors + lane, count, sums + lane, stride, overwrite);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add4x2<TVec>(float** scalars, long step, float* vectors, long count, float* sums, long stride, bool overwrite)
        where TVec : unmanaged, IVec<TVec, float>
    {
        float* s0 = scalars[0], s1 = scalars[1], s2 = scalars[2], s3 = scalars[3];
        TVec zero = TVec.Broadcast(0);
        TVec a0 = zero, a1 = zero, a2 = zero, a3 = zero, b0 = zero, b1 = zero, b2 = zero, b3 = zero;
        for (long p = 0, at = 0; p < count; p++, at += step, vectors += BlockedLayout.BlockLanes)
        {
            TVec v0 = TVec.Load(vectors), v1 = TVec.Load(vectors + TVec.Count);
            TVec scalar = TVec.Broadcast(s0[at]);
            a0 = TVec.MultiplyAdd(scalar, v0, a0);
            b0 = TVec.MultiplyAdd(scalar, v1, b0);
            scalar = TVec.Broadcast(s1[at]);
            a1 = TVec.MultiplyAdd(scalar, v0, a1);
            b1 = TVec.MultiplyAdd(scalar, v1, b1);
            scalar = TVec.Broadcast(s2[at]);
            a2 = TVec.MultiplyAdd(scalar, v0, a2);
            b2 = TVec.MultiplyAdd(scalar, v1, b2);
            scalar = TVec.Broadcast(s3[at]);
            a3 = TVec.MultiplyAdd(scalar, v0, a3);
            b3 = TVec.MultiplyAdd(scalar, v1, b3);
        }

        AddTo(a0, sums, overwrite);
        AddTo(b0, sums + TVec.Count, overwrite);
        AddTo(a1, sums + stride, overwrite);
        AddTo(b1, sums + stride + TVec.Count, overwrite);
        AddTo(a2, sums + 2 * stride, overwrite);
        AddTo(b2, sums + 2 * stride + TVec.Count, overwrite);
        AddTo(a3, sums + 3 * stride, overwrite);
        AddTo(b3, sums + 3 * stride + TVec.Count, overwrite);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add8x1<TVec>(float** scalars, long step, float* vectors, long count, float* sums, long stride, bool overwrite)
        where TVec : unmanaged, IVec<TVec, float>
    {
        float* s0 = scalars[0], s1 = scalars[1], s2 = scalars[2], s3 = scalars[3], s4 = scalars[4], s5 = scalars[5], s6 = scalars[6],
            s7 = scalars[7];
        TVec zero = TVec.Broadcast(0);
        TVec a0 = zero, a1 = zero, a2 = zero, a3 = zero, a4 = zero, a5 = zero, a6 = zero, a7 = zero;
        for (long p = 0, at = 0; p < count; p++, at += step, vectors += BlockedLayout.BlockLanes)
        {
            TVec v = TVec.Load(vectors);
            a0 = TVec.MultiplyAdd(TVec.Broadcast(s0[at]), v, a0);
            a1 = TVec.MultiplyAdd(TVec.Broadcast(s1[at]), v, a1);
            a2 = TVec.MultiplyAdd(TVec.Broadcast(s2[at]), v, a2);
            a3 = TVec.MultiplyAdd(TVec.Broadcast(s3[at]), v, a3);
            a4 = TVec.MultiplyAdd(TVec.Broadcast(s4[at]), v, a4);
            a5 = TVec.MultiplyAdd(TVec.Broadcast(s5[at]), v, a5);
            a6 = TVec.MultiplyAdd(TVec.Broadcast(s6[at]), v, a6);
            a7 = TVec.MultiplyAdd(TVec.Broadcast(s7[at]), v, a7);
        }

        AddTo(a0, sums, overwrite);
        AddTo(a1, sums + stride, overwrite);
        AddTo(a2, sums + 2 * stride, overwrite);
        AddTo(a3, sums + 3 * stride, overwrite);
        AddTo(a4, sums + 4 * stride, overwrite);
        AddTo(a5, sums + 5 * stride, overwrite);
        AddTo(a6, sums + 6 * stride, overwrite);
        AddTo(a7, sums + 7 * stride, overwrite);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTo<TVec>(TVec value, float* sum, bool overwrite)
        where TVec : unmanaged, IVec<TVec, float> => (overwrite ? value : TVec.Load(sum) + value).Store(sum);
}
