using System.Runtime.CompilerServices;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Convolutions;

internal static partial class Conv
{
    /// <summary>Neighboring channels in memory, as a constant that the compiler sees.</summary>
    private interface ILanes
    {
        static abstract int Count { get; }
    }

    private readonly struct OneLane : ILanes
    {
        public static int Count => 1;
    }

    private readonly struct BlockOfLanes : ILanes
    {
        public static int Count => Cpu.BlockedLayout.BlockLanes;
    }

    /// <summary>A register tile: some pixels of one or two vectors of output channels, over all input channels and taps.</summary>
    private interface ITile
    {
        static abstract int Pixels { get; }

        static abstract void Run<TVec, TLanes, TEpilogue>(in TileArguments arguments)
            where TVec : unmanaged, IVec<TVec, float>
            where TLanes : struct, ILanes
            where TEpilogue : struct, IEpilogue;
    }

    /// <summary>What is done to each sum before it is stored.</summary>
    private interface IEpilogue
    {
        static abstract TVec Apply<TVec>(TVec sum, TVec low, TVec high)
            where TVec : unmanaged, IVec<TVec, float>;
    }

    /// <summary>Nothing: products on their way to Winograd's output transform.</summary>
    private readonly struct Plain : IEpilogue
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVec Apply<TVec>(TVec sum, TVec low, TVec high)
            where TVec : unmanaged, IVec<TVec, float> => sum;
    }

    /// <summary>Every activation is a clamp: to all numbers, to those from 0 on, or to 0..1.</summary>
    private readonly struct Clamped : IEpilogue
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVec Apply<TVec>(TVec sum, TVec low, TVec high)
            where TVec : unmanaged, IVec<TVec, float> => TVec.Min(TVec.Max(sum, low), high);
    }

    /// <summary>What a tile reads and writes.</summary>
    private unsafe struct TileArguments
    {
        /// <summary>The first pixel's center in the first input block.</summary>
        internal float* Input;

        /// <summary>Elements from one input block to the next.</summary>
        internal long BlockStride;

        /// <summary>Input blocks.</summary>
        internal int Blocks;

        /// <summary>Taps: 1 or 9.</summary>
        internal int Taps;

        /// <summary>Elements from a pixel to its neighbor under each tap.</summary>
        internal long* Offsets;

        /// <summary>[Blocks, Taps, lanes, channels of the tile].</summary>
        internal float* Weights;

        /// <summary>[channels of the tile].</summary>
        internal float* Bias;

        /// <summary>What the first pixel's sums start from, for the first vector's channels: the bias, or sums so far.</summary>
        internal float* Start0;

        /// <summary>The same for the second vector's channels.</summary>
        internal float* Start1;

        /// <summary>Elements from one pixel's starts to the next's.</summary>
        internal long StartStep;

        /// <summary>The first pixel of the first vector's channels.</summary>
        internal float* Output0;

        /// <summary>The first pixel of the second vector's channels.</summary>
        internal float* Output1;

        /// <summary>Results below become this.</summary>
        internal float Low;

        /// <summary>Results above become this.</summary>
        internal float High;
    }
}
