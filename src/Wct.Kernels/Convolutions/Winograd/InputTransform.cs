using System.Runtime.CompilerServices;
using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Convolutions.Winograd;

/// <summary>Computes Bᵀ·d·B of a 6x6 window, the first step of F(4x4, 3x3).</summary>
internal static unsafe partial class InputTransform
{
    /// <summary>Transforms one block of channels of one tile.</summary>
    /// <typeparam name="TVec">Vector of floats.</typeparam>
    /// <typeparam name="TWindow">Where the window's rows and columns are stored.</typeparam>
    /// <param name="window">The window's first pixel.</param>
    /// <param name="rowStride">Elements from one row of pixels to the next.</param>
    /// <param name="output">The tile's result for position 0.</param>
    /// <param name="positionStride">Elements from one position to the next.</param>
    internal static void Run<TVec, TWindow>(float* window, long rowStride, float* output, long positionStride)
        where TVec : unmanaged, IVec<TVec, float>
        where TWindow : struct, IWindow
    {
        for (int lane = 0; lane < BlockedLayout.BlockLanes; lane += TVec.Count)
        {
            TwoColumns<TVec, TWindow, ZeroAndInfinity>(window + lane, rowStride, output + lane, positionStride);
            TwoColumns<TVec, TWindow, PlusMinusOne>(window + lane, rowStride, output + lane, positionStride);
            TwoColumns<TVec, TWindow, PlusMinusTwo>(window + lane, rowStride, output + lane, positionStride);
        }
    }

    // Computes two columns of d·B at a time: their twelve vectors and temporaries stay in registers, so nothing is stored twice. Each pair
    // is a separate method, because the compiler stops inlining in larger methods.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TwoColumns<TVec, TWindow, TPair>(float* window, long rowStride, float* output, long positionStride)
        where TVec : unmanaged, IVec<TVec, float>
        where TWindow : struct, IWindow
        where TPair : struct, IColumnPair
    {
        TPair.Row<TVec, TWindow>(window, out TVec a0, out TVec b0);
        TPair.Row<TVec, TWindow>(window + TWindow.Pixel(1) * rowStride, out TVec a1, out TVec b1);
        TPair.Row<TVec, TWindow>(window + TWindow.Pixel(2) * rowStride, out TVec a2, out TVec b2);
        TPair.Row<TVec, TWindow>(window + TWindow.Pixel(3) * rowStride, out TVec a3, out TVec b3);
        TPair.Row<TVec, TWindow>(window + TWindow.Pixel(4) * rowStride, out TVec a4, out TVec b4);
        TPair.Row<TVec, TWindow>(window + TWindow.Pixel(5) * rowStride, out TVec a5, out TVec b5);
        Column<TVec, TWindow>(a0, a1, a2, a3, a4, a5, output + TPair.First * positionStride, 6 * positionStride);
        if (!TWindow.IsUpsampled || TPair.Second is not (WinogradWeights.MinusOne or WinogradWeights.MinusTwo))
            Column<TVec, TWindow>(b0, b1, b2, b3, b4, b5, output + TPair.Second * positionStride, 6 * positionStride);
    }

    // Multiplies Bᵀ by one column.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Column<TVec, TWindow>(TVec d0, TVec d1, TVec d2, TVec d3, TVec d4, TVec d5, float* output, long step)
        where TVec : unmanaged, IVec<TVec, float>
        where TWindow : struct, IWindow
    {
        TVec four = TVec.Broadcast(4), minusFive = TVec.Broadcast(-5), minusFour = TVec.Broadcast(-4);
        TVec.MultiplyAdd(four, d0, TVec.MultiplyAdd(minusFive, d2, d4)).Store(output);
        TVec even = TVec.MultiplyAdd(minusFour, d2, d4), odd = TVec.MultiplyAdd(minusFour, d1, d3);
        (even + odd).Store(output + step);
        if (!TWindow.IsUpsampled)
            (even - odd).Store(output + WinogradWeights.MinusOne * step);
        even = d4 - d2;
        odd = d3 - d1;
        if (TWindow.IsUpsampled)
        {
            even.Store(output + WinogradWeights.Two * step);
        }
        else
        {
            TVec.MultiplyAdd(TVec.Broadcast(2), odd, even).Store(output + WinogradWeights.Two * step);
            TVec.MultiplyAdd(TVec.Broadcast(-2), odd, even).Store(output + WinogradWeights.MinusTwo * step);
        }

        TVec.MultiplyAdd(four, d1, TVec.MultiplyAdd(minusFive, d3, d5)).Store(output + 5 * step);
    }
}
