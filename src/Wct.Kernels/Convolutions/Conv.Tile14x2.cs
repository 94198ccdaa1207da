using System.Runtime.CompilerServices;
using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Convolutions;

internal static partial class Conv
{
    /// <summary>14 neighboring pixels of two vectors of output channels.</summary>
    /// <remarks>28 accumulators and two weights fit AVX-512's 32 registers. Each broadcast input is used twice.</remarks>
    private readonly unsafe struct Tile14x2 : ITile
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
            start = arguments.Start1;
            TVec b00 = TVec.Load(start), b01 = TVec.Load(start + step), b02 = TVec.Load(start + 2 * step);
            TVec b03 = TVec.Load(start + 3 * step), b04 = TVec.Load(start + 4 * step), b05 = TVec.Load(start + 5 * step);
            TVec b06 = TVec.Load(start + 6 * step), b07 = TVec.Load(start + 7 * step), b08 = TVec.Load(start + 8 * step);
            TVec b09 = TVec.Load(start + 9 * step), b10 = TVec.Load(start + 10 * step), b11 = TVec.Load(start + 11 * step);
            TVec b12 = TVec.Load(start + 12 * step), b13 = TVec.Load(start + 13 * step);
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
                        x0 = TVec.Broadcast(x[6 * TLanes.Count]);
                        a06 = TVec.MultiplyAdd(x0, w0, a06);
                        b06 = TVec.MultiplyAdd(x0, w1, b06);
                        x0 = TVec.Broadcast(x[7 * TLanes.Count]);
                        a07 = TVec.MultiplyAdd(x0, w0, a07);
                        b07 = TVec.MultiplyAdd(x0, w1, b07);
                        x0 = TVec.Broadcast(x[8 * TLanes.Count]);
                        a08 = TVec.MultiplyAdd(x0, w0, a08);
                        b08 = TVec.MultiplyAdd(x0, w1, b08);
                        x0 = TVec.Broadcast(x[9 * TLanes.Count]);
                        a09 = TVec.MultiplyAdd(x0, w0, a09);
                        b09 = TVec.MultiplyAdd(x0, w1, b09);
                        x0 = TVec.Broadcast(x[10 * TLanes.Count]);
                        a10 = TVec.MultiplyAdd(x0, w0, a10);
                        b10 = TVec.MultiplyAdd(x0, w1, b10);
                        x0 = TVec.Broadcast(x[11 * TLanes.Count]);
                        a11 = TVec.MultiplyAdd(x0, w0, a11);
                        b11 = TVec.MultiplyAdd(x0, w1, b11);
                        x0 = TVec.Broadcast(x[12 * TLanes.Count]);
                        a12 = TVec.MultiplyAdd(x0, w0, a12);
                        b12 = TVec.MultiplyAdd(x0, w1, b12);
                        x0 = TVec.Broadcast(x[13 * TLanes.Count]);
                        a13 = TVec.MultiplyAdd(x0, w0, a13);
                        b13 = TVec.MultiplyAdd(x0, w1, b13);
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
            float* out1 = arguments.Output1;
            TEpilogue.Apply(b00, low, high).Store(out1);
            TEpilogue.Apply(b01, low, high).Store(out1 + BlockedLayout.BlockLanes);
            TEpilogue.Apply(b02, low, high).Store(out1 + 2 * BlockedLayout.BlockLanes);
            TEpilogue.Apply(b03, low, high).Store(out1 + 3 * BlockedLayout.BlockLanes);
            TEpilogue.Apply(b04, low, high).Store(out1 + 4 * BlockedLayout.BlockLanes);
            TEpilogue.Apply(b05, low, high).Store(out1 + 5 * BlockedLayout.BlockLanes);
            TEpilogue.Apply(b06, low, high).Store(out1 + 6 * BlockedLayout.BlockLanes);
            TEpilogue.Apply(b07, low, high).Store(out1 + 7 * BlockedLayout.BlockLanes);
            TEpilogue.Apply(b08, low, high).Store(out1 + 8 * BlockedLayout.BlockLanes);
            TEpilogue.Apply(b09, low, high).Store(out1 + 9 * BlockedLayout.BlockLanes);
            TEpilogue.Apply(b10, low, high).Store(out1 + 10 * BlockedLayout.BlockLanes);
            TEpilogue.Apply(b11, low, high).Store(out1 + 11 * BlockedLayout.BlockLanes);
            TEpilogue.Apply(b12, low, high).Store(out1 + 12 * BlockedLayout.BlockLanes);
            TEpilogue.Apply(b13, low, high).Store(out1 + 13 * BlockedLayout.BlockLanes);
        }
    }
}
