using System.Runtime.CompilerServices;
using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Convolutions;

internal static partial class Conv
{
    /// <summary>One pixel of one vector of output channels.</summary>
    /// <remarks>Used for lines shorter than a tile, in the last 16 channels if vectors have 16 lanes.</remarks>
    private readonly unsafe struct Tile1x1 : ITile
    {
        public static int Pixels => 1;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public static void Run<TVec, TLanes, TEpilogue>(in TileArguments arguments)
            where TVec : unmanaged, IVec<TVec, float>
            where TLanes : struct, ILanes
            where TEpilogue : struct, IEpilogue
        {
            float* start = arguments.Start0;
            TVec a00 = TVec.Load(start);
            float* weights = arguments.Weights;
            float* block = arguments.Input;
            for (int b = 0; b < arguments.Blocks; b++, block += arguments.BlockStride)
            {
                for (int tap = 0; tap < arguments.Taps; tap++)
                {
                    float* x = block + arguments.Offsets[tap];
                    for (int lane = 0; lane < TLanes.Count; lane++, x++, weights += TVec.Count)
                    {
                        TVec w0 = TVec.Load(weights);
                        a00 = TVec.MultiplyAdd(TVec.Broadcast(x[0]), w0, a00);
                    }
                }
            }

            TVec low = TVec.Broadcast(arguments.Low), high = TVec.Broadcast(arguments.High);
            float* out0 = arguments.Output0;
            TEpilogue.Apply(a00, low, high).Store(out0);
        }
    }
}
