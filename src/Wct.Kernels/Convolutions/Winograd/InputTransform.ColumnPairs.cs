using System.Runtime.CompilerServices;
using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Convolutions.Winograd;

internal static unsafe partial class InputTransform
{
    /// <summary>Two columns of B that share most of their computation.</summary>
    private interface IColumnPair
    {
        static abstract int First { get; }

        static abstract int Second { get; }

        /// <summary>Multiplies a row of the window by the two columns.</summary>
        static abstract void Row<TVec, TWindow>(float* row, out TVec first, out TVec second)
            where TVec : unmanaged, IVec<TVec, float>
            where TWindow : struct, IWindow;
    }

    private readonly struct ZeroAndInfinity : IColumnPair
    {
        public static int First => 0;

        public static int Second => 5;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Row<TVec, TWindow>(float* row, out TVec first, out TVec second)
            where TVec : unmanaged, IVec<TVec, float>
            where TWindow : struct, IWindow
        {
            TVec four = TVec.Broadcast(4), minusFive = TVec.Broadcast(-5);
            first = TVec.MultiplyAdd(
                four, At<TVec, TWindow>(row, 0), TVec.MultiplyAdd(minusFive, At<TVec, TWindow>(row, 2), At<TVec, TWindow>(row, 4)));
            second = TVec.MultiplyAdd(
                four, At<TVec, TWindow>(row, 1), TVec.MultiplyAdd(minusFive, At<TVec, TWindow>(row, 3), At<TVec, TWindow>(row, 5)));
        }
    }

    private readonly struct PlusMinusOne : IColumnPair
    {
        public static int First => 1;

        public static int Second => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Row<TVec, TWindow>(float* row, out TVec first, out TVec second)
            where TVec : unmanaged, IVec<TVec, float>
            where TWindow : struct, IWindow
        {
            TVec minusFour = TVec.Broadcast(-4);
            TVec even = TVec.MultiplyAdd(minusFour, At<TVec, TWindow>(row, 2), At<TVec, TWindow>(row, 4));
            TVec odd = TVec.MultiplyAdd(minusFour, At<TVec, TWindow>(row, 1), At<TVec, TWindow>(row, 3));
            first = even + odd;
            second = even - odd;
        }
    }

    private readonly struct PlusMinusTwo : IColumnPair
    {
        public static int First => 3;

        public static int Second => 4;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Row<TVec, TWindow>(float* row, out TVec first, out TVec second)
            where TVec : unmanaged, IVec<TVec, float>
            where TWindow : struct, IWindow
        {
            TVec even = At<TVec, TWindow>(row, 4) - At<TVec, TWindow>(row, 2);
            TVec odd = At<TVec, TWindow>(row, 3) - At<TVec, TWindow>(row, 1);
            first = TWindow.IsUpsampled ? even : TVec.MultiplyAdd(TVec.Broadcast(2), odd, even);
            second = TVec.MultiplyAdd(TVec.Broadcast(-2), odd, even);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVec At<TVec, TWindow>(float* row, int column)
        where TVec : unmanaged, IVec<TVec, float>
        where TWindow : struct, IWindow => TVec.Load(row + TWindow.Pixel(column) * BlockedLayout.BlockLanes);
}
