using System.Runtime.CompilerServices;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Convolutions;

internal static partial class Conv
{
    /// <summary>Number of channels that are neighbors in memory, as a compile-time constant.</summary>
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

    /// <summary>A register tile: a few pixels of one or two vectors of output channels, summed over all input channels and taps.</summary>
    private interface ITile
    {
        static abstract int Pixels { get; }

        static abstract void Run<TVec, TLanes, TEpilogue>(in TileArguments arguments)
            where TVec : unmanaged, IVec<TVec, float>
            where TLanes : struct, ILanes
            where TEpilogue : struct, IEpilogue;
    }

    /// <summary>Function applied to each sum before it is stored.</summary>
    private interface IEpilogue
    {
        static abstract TVec Apply<TVec>(TVec sum, TVec low, TVec high)
            where TVec : unmanaged, IVec<TVec, float>;
    }

    /// <summary>No change, for sums that Winograd's output transform reads.</summary>
    private readonly struct Plain : IEpilogue
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVec Apply<TVec>(TVec sum, TVec low, TVec high)
            where TVec : unmanaged, IVec<TVec, float> => sum;
    }

    /// <summary>Clamps to [low, high]. Each activation is a clamp: to all numbers, to [0, ∞), or to [0, 1].</summary>
    private readonly struct Clamped : IEpilogue
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVec Apply<TVec>(TVec sum, TVec low, TVec high)
            where TVec : unmanaged, IVec<TVec, float> => TVec.Min(TVec.Max(sum, low), high);
    }

    /// <summary>Inputs and outputs of a register tile.</summary>
    private unsafe struct TileArguments
    {
        /// <summary>The first pixel (the position of the center tap) in the first input block.</summary>
        internal float* Input;

        /// <summary>Elements from one input block to the next.</summary>
        internal long BlockStride;

        /// <summary>Number of input blocks.</summary>
        internal int Blocks;

        /// <summary>Number of taps.</summary>
        internal int Taps;

        /// <summary>[Taps]: distance in elements from a pixel to the pixel that the tap reads.</summary>
        internal long* Offsets;

        /// <summary>[Blocks, Taps, lanes, channels of the tile].</summary>
        internal float* Weights;

        /// <summary>[channels of the tile].</summary>
        internal float* Bias;

        /// <summary>Initial values of the first pixel's sums, for the first vector of channels: the bias, or partial sums.</summary>
        internal float* Start0;

        /// <summary>Initial values of the first pixel's sums, for the second vector of channels.</summary>
        internal float* Start1;

        /// <summary>Elements from the initial values of one pixel to those of the next.</summary>
        internal long StartStep;

        /// <summary>Output of the first pixel, first vector of channels.</summary>
        internal float* Output0;

        /// <summary>Output of the first pixel, second vector of channels.</summary>
        internal float* Output1;

        /// <summary>Lower bound of the clamp.</summary>
        internal float Low;

        /// <summary>Upper bound of the clamp.</summary>
        internal float High;
    }
}
