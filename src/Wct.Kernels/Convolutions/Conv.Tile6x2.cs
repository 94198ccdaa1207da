using System.Runtime.CompilerServices;
using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Convolutions;

internal static partial class Conv
{
    /// <summary>6 neighboring pixels of two vectors of output channels.</summary>
    /// <remarks>12 accumulators, two weights and a broadcast fit the 16 registers of AVX2 and SSE.</remarks>
    private readonly unsafe struct Tile6x2 : ITile
    {
        public static int Pixels => 6;

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
            start = arguments.Start1;
            TVec b00 = TVec.Load(start), b01 = TVec.Load(start + step), b02 = TVec.Load(start + 2 * step);
            TVec b03 = TVec.Load(start + 3 * step), b04 = TVec.Load(start + 4 * step), b05 = TVec.Load(start + 5 * step);
            float* weights = arguments.Weights;
            float* block = arguments.Input;
            for (int b = 0; b < arguments.Blocks; b++, block += arguments.BlockStride)
            {
                for (int tap = 0; tap < arguments.Taps; tap++)
                {
                    float* x = block + arguments.Offsets[tap];
                    for (int lane = 0; lane < TLanes.Count; lane++, x++, weights += 2 * TVec.Count)
                    {
                        TVec w0 = TVec.Load(weights), w1 = TVec.Load(weights + TVec.Count);
                        TVec x0;
                        x0 = TVec.Broadcast(x[0]);
                        a00 = TVec.MultiplyAdd(x0, w0, a00);
                        b00 = TVec.MultiplyAdd(x0, w1, b00);
                        x0 = TVec.Broadcast(x[TLanes.Count]);
                        a01 = TVec.MultiplyAdd(x0, w0, a01);
                        b01 = TVec.MultiplyAdd(x0, w1, b01);
                        x0 = TVec.Broadcast(x[2 * TLanes.Count]);
                        a02 = TVec.MultiplyAdd(x0, w0, a02);
                        b02 = TVec.MultiplyAdd(x0, w1, b02);
                        x0 = TVec.Broadcast(x[3 * TLanes.Count]);
                        a03 = TVec.MultiplyAdd(x0, w0, a03);
                        b03 = TVec.MultiplyAdd(x0, w1, b03);
                        x0 = TVec.Broadcast(x[4 * TLanes.Count]);
                        a04 = TVec.MultiplyAdd(x0, w0, a04);
                        b04 = TVec.MultiplyAdd(x0, w1, b04);
                        x0 = TVec.Broadcast(x[5 * TLanes.Count]);
                        a05 = TVec.MultiplyAdd(x0, w0, a05);
                        b05 = TVec.MultiplyAdd(x0, w1, b05);
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
            float* out1 = arguments.Output1;
            TEpilogue.Apply(b00, low, high).Store(out1);
            TEpilogue.Apply(b01, low, high).Store(out1 + BlockedLayout.BlockLanes);
            TEpilogue.Apply(b02, low, high).Store(out1 + 2 * BlockedLayout.BlockLanes);
            TEpilogue.Apply(b03, low, high).Store(out1 + 3 * BlockedLayout.BlockLanes);
            TEpilogue.Apply(b04, low, high).Store(out1 + 4 * BlockedLayout.BlockLanes);
            TEpilogue.Apply(b05, low, high).Store(out1 + 5 * BlockedLayout.BlockLanes);
        }
    }
}
