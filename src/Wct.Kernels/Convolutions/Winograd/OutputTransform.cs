using System.Runtime.CompilerServices;
using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Convolutions.Winograd;

/// <summary>Aᵀ·m·A, bias, activation, and 2x2 pooling if wanted: the last step of F(4x4, 3x3).</summary>
internal static unsafe class OutputTransform
{
    // Aᵀ·m: four rows of six.
    private const int HalfLength = 4 * 6 * BlockedLayout.BlockLanes;

    /// <summary>Transforms one block of channels of one tile.</summary>
    /// <param name="input">The tile's place for position 0.</param>
    /// <param name="positionStride">Elements from one position to the next.</param>
    /// <param name="bias">The block's channels.</param>
    /// <param name="output">The tile's first pixel: 4x4 of them, or 2x2 pooled ones.</param>
    /// <param name="rowStride">Elements from one row of pixels to the next.</param>
    [SkipLocalsInit]
    internal static void Run<TVec>(
        float* input, long positionStride, float* bias, Activation activation, bool pool, float* output, long rowStride)
        where TVec : unmanaged, IVec<TVec, float>
    {
        float* half = stackalloc float[HalfLength];
        float low = activation == Activation.None ? float.NegativeInfinity : 0, high = activation == Activation.Clamp ? 1 : float.PositiveInfinity;
        for (int lane = 0; lane < BlockedLayout.BlockLanes; lane += TVec.Count)
        {
            Columns<TVec>(input + lane, positionStride, half);
            if (pool)
                PooledRows<TVec>(half, bias + lane, low, high, output + lane, rowStride);
            else
                Rows<TVec>(half, bias + lane, low, high, output + lane, rowStride);
        }
    }

    // Aᵀ times each column.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Columns<TVec>(float* input, long positionStride, float* half)
        where TVec : unmanaged, IVec<TVec, float>
    {
        long step = 6 * positionStride;
        for (int column = 0; column < 6; column++, input += positionStride, half += TVec.Count)
        {
            TVec m1 = TVec.Load(input + step), m2 = TVec.Load(input + 2 * step), m3 = TVec.Load(input + 3 * step), m4 = TVec.Load(input + 4 * step);
            TVec p = m1 + m2, q = m1 - m2, r = m3 + m4, s = m3 - m4;
            (TVec.Load(input) + p + r).Store(half);
            TVec.MultiplyAdd(TVec.Broadcast(2), s, q).Store(half + 6 * TVec.Count);
            TVec.MultiplyAdd(TVec.Broadcast(4), r, p).Store(half + 12 * TVec.Count);
            (TVec.MultiplyAdd(TVec.Broadcast(8), s, q) + TVec.Load(input + 5 * step)).Store(half + 18 * TVec.Count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows<TVec>(float* half, float* bias, float low, float high, float* output, long rowStride)
        where TVec : unmanaged, IVec<TVec, float>
    {
        TVec shift = TVec.Load(bias), least = TVec.Broadcast(low), most = TVec.Broadcast(high);
        for (int row = 0; row < 4; row++, half += 6 * TVec.Count, output += rowStride)
        {
            Row(half, shift, out TVec o0, out TVec o1, out TVec o2, out TVec o3);
            TVec.Min(TVec.Max(o0, least), most).Store(output);
            TVec.Min(TVec.Max(o1, least), most).Store(output + BlockedLayout.BlockLanes);
            TVec.Min(TVec.Max(o2, least), most).Store(output + 2 * BlockedLayout.BlockLanes);
            TVec.Min(TVec.Max(o3, least), most).Store(output + 3 * BlockedLayout.BlockLanes);
        }
    }

    // The activations rise monotonically, so the maximum can be taken before them.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PooledRows<TVec>(float* half, float* bias, float low, float high, float* output, long rowStride)
        where TVec : unmanaged, IVec<TVec, float>
    {
        TVec shift = TVec.Load(bias), least = TVec.Broadcast(low), most = TVec.Broadcast(high);
        for (int row = 0; row < 2; row++, half += 12 * TVec.Count, output += rowStride)
        {
            Row(half, shift, out TVec x0, out TVec x1, out TVec x2, out TVec x3);
            Row(half + 6 * TVec.Count, shift, out TVec y0, out TVec y1, out TVec y2, out TVec y3);
            TVec left = TVec.Max(TVec.Max(x0, x1), TVec.Max(y0, y1)), right = TVec.Max(TVec.Max(x2, x3), TVec.Max(y2, y3));
            TVec.Min(TVec.Max(left, least), most).Store(output);
            TVec.Min(TVec.Max(right, least), most).Store(output + BlockedLayout.BlockLanes);
        }
    }

    // One row of Aᵀ·m, times A, and the bias.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Row<TVec>(float* half, TVec bias, out TVec o0, out TVec o1, out TVec o2, out TVec o3)
        where TVec : unmanaged, IVec<TVec, float>
    {
        TVec m1 = TVec.Load(half + TVec.Count), m2 = TVec.Load(half + 2 * TVec.Count);
        TVec m3 = TVec.Load(half + 3 * TVec.Count), m4 = TVec.Load(half + 4 * TVec.Count);
        TVec p = m1 + m2 + bias, q = m1 - m2 + bias, r = m3 + m4, s = m3 - m4;
        o0 = TVec.Load(half) + p + r;
        o1 = TVec.MultiplyAdd(TVec.Broadcast(2), s, q);
        o2 = TVec.MultiplyAdd(TVec.Broadcast(4), r, p);
        o3 = TVec.MultiplyAdd(TVec.Broadcast(8), s, q) + TVec.Load(half + 5 * TVec.Count);
    }
}
