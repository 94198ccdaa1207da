using System.Runtime.CompilerServices;
using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Convolutions;

internal static partial class Conv
{
    /// <summary>14 neighboring pixels of one vector of output channels.</summary>
    /// <remarks>Used for the last 16 channels if vectors have 16 lanes. 14 accumulators hide the latency of the multiply-add.</remarks>
    private readonly unsafe struct Tile14x1 : ITile
    {
        public static int Pixels => 14;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public static void Run<TVec, TLanes, TEpilogue>(in TileArguments arguments)
            where TVec : unmanaged, IVec<TVec, float>
            where TLanes : struct, ILanes
            where TEpilogue : struct, IEpilogue
        {
            float* start = arguments.Start0;
            long step = arguments.StartStep;
            TVec a00 = TVec.Load(start), a01 = TVec.Load(start + step), a02 = TVec.Load(start + 2 * step);
            TVec a03 = TVec.Load(start + 3 * step), a04 = TVec.Load(start + 4 * step), a05 = TVec.Load(start + 5 * step);
            TVec a06 = TVec.Load(start + 6 * step), a07 = TVec.Load(start + 7 * step), a08 = TVec.Load(start + 8 * step);
            TVec a09 = TVec.Load(start + 9 * step), a10 = TVec.Load(start + 10 * step), a11 = TVec.Load(start + 11 * step);
            TVec a12 = TVec.Load(start + 12 * step), a13 = TVec.Load(start + 13 * step);
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
                        a01 = TVec.MultiplyAdd(TVec.Broadcast(x[TLanes.Count]), w0, a01);
                        a02 = TVec.MultiplyAdd(TVec.Broadcast(x[2 * TLanes.Count]), w0, a02);
                        a03 = TVec.MultiplyAdd(TVec.Broadcast(x[3 * TLanes.Count]), w0, a03);
                        a04 = TVec.MultiplyAdd(TVec.Broadcast(x[4 * TLanes.Count]), w0, a04);
                        a05 = TVec.MultiplyAdd(TVec.Broadcast(x[5 * TLanes.Count]), w0, a05);
                        a06 = TVec.MultiplyAdd(TVec.Broadcast(x[6 * TLanes.Count]), w0, a06);
                        a07 = TVec.MultiplyAdd(TVec.Broadcast(x[7 * TLanes.Count]), w0, a07);
                        a08 = TVec.MultiplyAdd(TVec.Broadcast(x[8 * TLanes.Count]), w0, a08);
                        a09 = TVec.MultiplyAdd(TVec.Broadcast(x[9 * TLanes.Count]), w0, a09);
                        a10 = TVec.MultiplyAdd(TVec.Broadcast(x[10 * TLanes.Count]), w0, a10);
                        a11 = TVec.MultiplyAdd(TVec.Broadcast(x[11 * TLanes.Count]), w0, a11);
                        a12 = TVec.MultiplyAdd(TVec.Broadcast(x[12 * TLanes.Count]), w0, a12);
                        a13 = TVec.MultiplyAdd(TVec.Broadcast(x[13 * TLanes.Count]), w0, a13);
                    }
                }
            }

            TVec low = TVec.Broadcast(arguments.Low), high = TVec.Broadcast(arguments.High);
            float* out0 = arguments.Output0;
            TEpilogue.Apply(a00, low, high).Store(out0);
            TEpilogue.Apply(a01, low, high).Store(out0 + BlockedLayout.BlockLanes);
            TEpilogue.Apply(a02, low, high).Store(out0 + 2 * BlockedLayout.BlockLanes);
            TEpilogue.Apply(a03, low, high).Store(out0 + 3 * BlockedLayout.BlockLanes);
            TEpilogue.Apply(a04, low, high).Store(out0 + 4 * BlockedLayout.BlockLanes);
            TEpilogue.Apply(a05, low, high).Store(out0 + 5 * BlockedLayout.BlockLanes);
            TEpilogue.Apply(a06, low, high).Store(out0 + 6 * BlockedLayout.BlockLanes);
            TEpilogue.Apply(a07, low, high).Store(out0 + 7 * BlockedLayout.BlockLanes);
            TEpilogue.Apply(a08, low, high).Store(out0 + 8 * BlockedLayout.BlockLanes);
            TEpilogue.Apply(a09, low, high).Store(out0 + 9 * BlockedLayout.BlockLanes);
            TEpilogue.Apply(a10, low, high).Store(out0 + 10 * BlockedLayout.BlockLanes);
            TEpilogue.Apply(a11, low, high).Store(out0 + 11 * BlockedLayout.BlockLanes);
            TEpilogue.Apply(a12, low, high).Store(out0 + 12 * BlockedLayout.BlockLanes);
            TEpilogue.Apply(a13, low, high).Store(out0 + 13 * BlockedLayout.BlockLanes);
        }
    }
}
