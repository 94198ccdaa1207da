using System.Runtime.CompilerServices;
using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Convolutions;

internal static partial class Conv
{
    private const int DotPixels = 4, DotPlanes = 3;

    /// <summary>Computes four neighboring pixels of three output planes, without bias and activation.</summary>
    /// <remarks>Twelve accumulators, three weights and an input fit the 16 registers of AVX2 and SSE. Each loaded input is used three
    /// times.</remarks>
    /// <param name="arguments">Inputs and outputs.</param>
    /// <param name="planeWeights">Elements from the weights of one output plane to those of the next.</param>
    /// <param name="plane">Elements from one output plane to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Dot4x3<TVec>(in TileArguments arguments, long planeWeights, long plane)
        where TVec : unmanaged, IVec<TVec, float>
    {
        TVec zero = TVec.Broadcast(0);
        TVec a0 = zero, a1 = zero, a2 = zero, a3 = zero, b0 = zero, b1 = zero, b2 = zero, b3 = zero, c0 = zero, c1 = zero, c2 = zero,
            c3 = zero;
        float* weights = arguments.Weights;
        float* block = arguments.Input;
        for (int b = 0; b < arguments.Blocks; b++, block += arguments.BlockStride)
        {
            for (int tap = 0; tap < arguments.Taps; tap++)
            {
                float* x = block + arguments.Offsets[tap];
                for (int lane = 0; lane < BlockedLayout.BlockLanes; lane += TVec.Count, x += TVec.Count, weights += TVec.Count)
                {
                    TVec w0 = TVec.Load(weights), w1 = TVec.Load(weights + planeWeights), w2 = TVec.Load(weights + 2 * planeWeights);
                    TVec x0 = TVec.Load(x);
                    a0 = TVec.MultiplyAdd(x0, w0, a0);
                    b0 = TVec.MultiplyAdd(x0, w1, b0);
                    c0 = TVec.MultiplyAdd(x0, w2, c0);
                    x0 = TVec.Load(x + BlockedLayout.BlockLanes);
                    a1 = TVec.MultiplyAdd(x0, w0, a1);
                    b1 = TVec.MultiplyAdd(x0, w1, b1);
                    c1 = TVec.MultiplyAdd(x0, w2, c1);
                    x0 = TVec.Load(x + 2 * BlockedLayout.BlockLanes);
                    a2 = TVec.MultiplyAdd(x0, w0, a2);
                    b2 = TVec.MultiplyAdd(x0, w1, b2);
                    c2 = TVec.MultiplyAdd(x0, w2, c2);
                    x0 = TVec.Load(x + 3 * BlockedLayout.BlockLanes);
                    a3 = TVec.MultiplyAdd(x0, w0, a3);
                    b3 = TVec.MultiplyAdd(x0, w1, b3);
                    c3 = TVec.MultiplyAdd(x0, w2, c3);
                }
            }
        }

        float* output = arguments.Output0;
        output[0] = TVec.Sum(a0);
        output[1] = TVec.Sum(a1);
        output[2] = TVec.Sum(a2);
        output[3] = TVec.Sum(a3);
        output += plane;
        output[0] = TVec.Sum(b0);
        output[1] = TVec.Sum(b1);
        output[2] = TVec.Sum(b2);
        output[3] = TVec.Sum(b3);
        output += plane;
        output[0] = TVec.Sum(c0);
        output[1] = TVec.Sum(c1);
        output[2] = TVec.Sum(c2);
        output[3] = TVec.Sum(c3);
    }

    /// <summary>Computes one pixel of one output plane, in the same order of summation as the tile.</summary>
    private static unsafe float Dot1x1<TVec>(in TileArguments arguments)
        where TVec : unmanaged, IVec<TVec, float>
    {
        TVec sum = TVec.Broadcast(0);
        float* weights = arguments.Weights;
        for (int b = 0; b < arguments.Blocks; b++)
        {
            for (int tap = 0; tap < arguments.Taps; tap++)
            {
                float* x = arguments.Input + b * arguments.BlockStride + arguments.Offsets[tap];
                for (int lane = 0; lane < BlockedLayout.BlockLanes; lane += TVec.Count, weights += TVec.Count)
                    sum = TVec.MultiplyAdd(TVec.Load(x + lane), TVec.Load(weights), sum);
            }
        }

        return TVec.Sum(sum);
    }
}
