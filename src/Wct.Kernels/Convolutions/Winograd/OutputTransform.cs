using System.Runtime.CompilerServices;
using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Convolutions.Winograd;

/// <summary>Computes Aᵀ·m·A, bias, activation and optional 2x2 pooling, the last step of F(4x4, 3x3).</summary>
internal static unsafe class OutputTransform
{
    // Size of Aᵀ·m: four rows of six.
    private const int HalfLength = 4 * 6 * BlockedLayout.BlockLanes;

    /// <summary>Transforms one block of channels of one tile.</summary>
    /// <typeparam name="TVec">Vector of floats.</typeparam>
    /// <typeparam name="TWindow">The input windows that the products come from.</typeparam>
    /// <param name="input">The tile's products for position 0.</param>
    /// <param name="positionStride">Elements from one position to the next.</param>
    /// <param name="bias">Biases of the block's 16 channels.</param>
    /// <param name="activation">Activation function.</param>
    /// <param name="pool">Whether to pool the 4x4 outputs to 2x2.</param>
    /// <param name="output">The tile's first output pixel; the tile has 4x4 pixels, or 2x2 after pooling.</param>
    /// <param name="rowStride">Elements from one row of pixels to the next.</param>
    [SkipLocalsInit]
    internal static void Run<TVec, TWindow>(
        float* input, long positionStride, float* bias, Activation activation, bool pool, float* output, long rowStride)
        where TVec : unmanaged, IVec<TVec, float>
        where TWindow : struct, IWindow
    {
        float* half = stackalloc float[HalfLength];
        float low = activation.Low, high = activation.High;
        for (int lane = 0; lane < BlockedLayout.BlockLanes; lane += TVec.Count)
        {
            Columns<TVec, TWindow>(input + lane, positionStride, half);
            if (pool)
                PooledRows<TVec, TWindow>(half, bias + lane, low, high, output + lane, rowStride);
            else
                Rows<TVec, TWindow>(half, bias + lane, low, high, output + lane, rowStride);
        }
    }

    // Multiplies Aᵀ by each column.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Columns<TVec, TWindow>(float* input, long positionStride, float* half)
        where TVec : unmanaged, IVec<TVec, float>
        where TWindow : struct, IWindow
    {
        long step = 6 * positionStride;
        for (int column = 0; column < 6; column++, input += positionStride, half += TVec.Count)
        {
            if (TWindow.IsUpsampled && column == WinogradWeights.MinusOne)
                continue;
            TVec m1 = TVec.Load(input + step), m2 = AtMinusOne<TVec, TWindow>(input + WinogradWeights.MinusOne * step);
            AtTwo<TVec, TWindow>(input + WinogradWeights.Two * step, input + WinogradWeights.MinusTwo * step, out TVec r, out TVec s);
            TVec p = m1 + m2, q = m1 - m2;
            (TVec.Load(input) + p + r).Store(half);
            TVec.MultiplyAdd(TVec.Broadcast(2), s, q).Store(half + 6 * TVec.Count);
            TVec.MultiplyAdd(TVec.Broadcast(4), r, p).Store(half + 12 * TVec.Count);
            (TVec.MultiplyAdd(TVec.Broadcast(8), s, q) + TVec.Load(input + 5 * step)).Store(half + 18 * TVec.Count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows<TVec, TWindow>(float* half, float* bias, float low, float high, float* output, long rowStride)
        where TVec : unmanaged, IVec<TVec, float>
        where TWindow : struct, IWindow
    {
        TVec shift = TVec.Load(bias), minimum = TVec.Broadcast(low), maximum = TVec.Broadcast(high);
        for (int row = 0; row < 4; row++, half += 6 * TVec.Count, output += rowStride)
        {
            Row<TVec, TWindow>(half, shift, out TVec o0, out TVec o1, out TVec o2, out TVec o3);
            TVec.Min(TVec.Max(o0, minimum), maximum).Store(output);
            TVec.Min(TVec.Max(o1, minimum), maximum).Store(output + BlockedLayout.BlockLanes);
            TVec.Min(TVec.Max(o2, minimum), maximum).Store(output + 2 * BlockedLayout.BlockLanes);
            TVec.Min(TVec.Max(o3, minimum), maximum).Store(output + 3 * BlockedLayout.BlockLanes);
        }
    }

    // Activations are monotonic, so pooling before the activation gives the same result.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PooledRows<TVec, TWindow>(float* half, float* bias, float low, float high, float* output, long rowStride)
        where TVec : unmanaged, IVec<TVec, float>
        where TWindow : struct, IWindow
    {
        TVec shift = TVec.Load(bias), minimum = TVec.Broadcast(low), maximum = TVec.Broadcast(high);
        for (int row = 0; row < 2; row++, half += 12 * TVec.Count, output += rowStride)
        {
            Row<TVec, TWindow>(half, shift, out TVec x0, out TVec x1, out TVec x2, out TVec x3);
            Row<TVec, TWindow>(half + 6 * TVec.Count, shift, out TVec y0, out TVec y1, out TVec y2, out TVec y3);
            TVec left = TVec.Max(TVec.Max(x0, x1), TVec.Max(y0, y1)), right = TVec.Max(TVec.Max(x2, x3), TVec.Max(y2, y3));
            TVec.Min(TVec.Max(left, minimum), maximum).Store(output);
            TVec.Min(TVec.Max(right, minimum), maximum).Store(output + BlockedLayout.BlockLanes);
        }
    }

    // Multiplies one row of Aᵀ·m by A, and adds the bias.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Row<TVec, TWindow>(float* half, TVec bias, out TVec o0, out TVec o1, out TVec o2, out TVec o3)
        where TVec : unmanaged, IVec<TVec, float>
        where TWindow : struct, IWindow
    {
        TVec m1 = TVec.Load(half + TVec.Count), m2 = AtMinusOne<TVec, TWindow>(half + WinogradWeights.MinusOne * TVec.Count);
        AtTwo<TVec, TWindow>(half + WinogradWeights.Two * TVec.Count, half + WinogradWeights.MinusTwo * TVec.Count, out TVec r, out TVec s);
        TVec p = m1 + m2 + bias, q = m1 - m2 + bias;
        o0 = TVec.Load(half) + p + r;
        o1 = TVec.MultiplyAdd(TVec.Broadcast(2), s, q);
        o2 = TVec.MultiplyAdd(TVec.Broadcast(4), r, p);
        o3 = TVec.MultiplyAdd(TVec.Broadcast(8), s, q) + TVec.Load(half + 5 * TVec.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVec AtMinusOne<TVec, TWindow>(float* product)
        where TVec : unmanaged, IVec<TVec, float>
        where TWindow : struct, IWindow => TWindow.IsUpsampled ? TVec.Broadcast(0) : TVec.Load(product);

    // Sum and difference of the products at the interpolation points 2 and -2.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AtTwo<TVec, TWindow>(float* two, float* minusTwo, out TVec sum, out TVec difference)
        where TVec : unmanaged, IVec<TVec, float>
        where TWindow : struct, IWindow
    {
        TVec first = TVec.Load(two), second = TVec.Load(minusTwo);
        if (TWindow.IsUpsampled)
            first = TVec.Broadcast(3) * first;
        sum = TWindow.IsUpsampled ? first - second : first + second;
        difference = TWindow.IsUpsampled ? first + second : first - second;
    }
}
