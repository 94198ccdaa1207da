using System.Runtime.CompilerServices;
using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Convolutions;

internal static partial class Conv
{
    private const int DotTile = 8;

    /// <summary>Eight neighbouring pixels of one output plane: eight accumulators hide the latency of the product.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void DotPixels<TVec>(in TileArguments arguments)
        where TVec : unmanaged, IVec<TVec, float>
    {
        TVec zero = TVec.Broadcast(0);
        TVec a0 = zero, a1 = zero, a2 = zero, a3 = zero, a4 = zero, a5 = zero, a6 = zero, a7 = zero;
        float* weights = arguments.Weights;
        float* block = arguments.Input;
        for (int b = 0; b < arguments.Blocks; b++, block += arguments.BlockStride)
        {
            for (int tap = 0; tap < arguments.Taps; tap++)
            {
                float* x = block + arguments.Offsets[tap];
                for (int lane = 0; lane < BlockedLayout.BlockLanes; lane += TVec.Count, x += TVec.Count, weights += TVec.Count)
                {
                    TVec w = TVec.Load(weights);
                    a0 = TVec.MultiplyAdd(TVec.Load(x), w, a0);
                    a1 = TVec.MultiplyAdd(TVec.Load(x + BlockedLayout.BlockLanes), w, a1);
                    a2 = TVec.MultiplyAdd(TVec.Load(x + 2 * BlockedLayout.BlockLanes), w, a2);
                    a3 = TVec.MultiplyAdd(TVec.Load(x + 3 * BlockedLayout.BlockLanes), w, a3);
                    a4 = TVec.MultiplyAdd(TVec.Load(x + 4 * BlockedLayout.BlockLanes), w, a4);
                    a5 = TVec.MultiplyAdd(TVec.Load(x + 5 * BlockedLayout.BlockLanes), w, a5);
                    a6 = TVec.MultiplyAdd(TVec.Load(x + 6 * BlockedLayout.BlockLanes), w, a6);
                    a7 = TVec.MultiplyAdd(TVec.Load(x + 7 * BlockedLayout.BlockLanes), w, a7);
                }
            }
        }

        float bias = arguments.Bias[0];
        float* output = arguments.Output0;
        output[0] = Clamp(TVec.Sum(a0) + bias, arguments);
        output[1] = Clamp(TVec.Sum(a1) + bias, arguments);
        output[2] = Clamp(TVec.Sum(a2) + bias, arguments);
        output[3] = Clamp(TVec.Sum(a3) + bias, arguments);
        output[4] = Clamp(TVec.Sum(a4) + bias, arguments);
        output[5] = Clamp(TVec.Sum(a5) + bias, arguments);
        output[6] = Clamp(TVec.Sum(a6) + bias, arguments);
        output[7] = Clamp(TVec.Sum(a7) + bias, arguments);
    }
}
