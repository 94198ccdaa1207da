using System.Runtime.CompilerServices;
using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Convolutions.Gradients;

/// <summary>Computes A·y·Aᵀ of 4x4 output gradients: the transpose of the forward pass's output transform.</summary>
/// <remarks>
/// With Y = Aᵀ·[(G·g·Gᵀ)∘(Bᵀ·d·B)]·A (Lavin and Gray 2016), the gradient with respect to g is Gᵀ·[(A·Y'·Aᵀ)∘(Bᵀ·d·B)]·G: 36 products per
/// tile instead of the definition's 144.
/// </remarks>
internal static unsafe class GradientTransform
{
    /// <summary>Transforms one block of channels of one tile.</summary>
    /// <param name="tile">The tile's first output gradient.</param>
    /// <param name="rowStride">Elements from one row of pixels to the next.</param>
    /// <param name="output">The tile's result for position 0.</param>
    /// <param name="positionStride">Elements from one position to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Run<TVec>(float* tile, long rowStride, float* output, long positionStride)
        where TVec : unmanaged, IVec<TVec, float>
    {
        const int Lanes = BlockedLayout.BlockLanes;
        float* half = stackalloc float[6 * 4 * Lanes];
        for (int lane = 0; lane < Lanes; lane += TVec.Count)
        {
            for (int column = 0; column < 4; column++)
            {
                float* pixel = tile + column * Lanes + lane;
                Six(
                    TVec.Load(pixel), TVec.Load(pixel + rowStride), TVec.Load(pixel + 2 * rowStride), TVec.Load(pixel + 3 * rowStride),
                    half + column * TVec.Count, 4 * TVec.Count);
            }

            for (int row = 0; row < 6; row++)
            {
                float* four = half + row * 4 * TVec.Count;
                Six(
                    TVec.Load(four), TVec.Load(four + TVec.Count), TVec.Load(four + 2 * TVec.Count), TVec.Load(four + 3 * TVec.Count),
                    output + row * 6 * positionStride + lane, positionStride);
            }
        }
    }

    // Multiplies A by a column of four.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Six<TVec>(TVec v0, TVec v1, TVec v2, TVec v3, float* output, long step)
        where TVec : unmanaged, IVec<TVec, float>
    {
        v0.Store(output);
        TVec even = v0 + v2, odd = v1 + v3;
        (even + odd).Store(output + step);
        (even - odd).Store(output + 2 * step);
        even = TVec.MultiplyAdd(TVec.Broadcast(4), v2, v0);
        odd = TVec.MultiplyAdd(TVec.Broadcast(4), v3, v1);
        TVec.MultiplyAdd(TVec.Broadcast(2), odd, even).Store(output + 3 * step);
        TVec.MultiplyAdd(TVec.Broadcast(-2), odd, even).Store(output + 4 * step);
        v3.Store(output + 5 * step);
    }
}
