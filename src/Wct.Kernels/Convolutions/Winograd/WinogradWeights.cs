using System.Runtime.CompilerServices;
using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Convolutions.Winograd;

/// <summary>Transforms the weights of 3x3 convolutions for F(4x4, 3x3).</summary>
internal static class WinogradWeights
{
    /// <summary>Positions per transformed tile: 6x6.</summary>
    internal const int Positions = 36;

    /// <summary>Positions that upsampled maps need: 5x5, see <see cref="IWindow.IsUpsampled"/>.</summary>
    internal const int UpsampledPositions = 25;

    /// <summary>Rows and columns of the interpolation points -1, 2 and -2.</summary>
    internal const int MinusOne = 2, Two = 3, MinusTwo = 4;

    private const int Taps = 9;

    /// <summary>Computes G·g·Gᵀ for each pair of channels in double precision, and packs the result: [position, group of two vectors of
    /// output channels, input lane, output channel].</summary>
    /// <param name="shape">Shape of the convolution.</param>
    /// <param name="weights">[O, I, 3, 3].</param>
    /// <param name="bias">[O].</param>
    /// <param name="group">Output channels per group: two vectors of floats.</param>
    /// <param name="source">Allocator.</param>
    /// <param name="workers">Threads.</param>
    internal static unsafe CpuConvolution Pack<TVec>(
        ConvolutionShape shape, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, int group, NativeBufferSource source,
        Workers workers)
        where TVec : unmanaged, IVec<TVec, double>
    {
        BlockedLayout input = new(new TensorShape(shape.InChannels, 1, 1)), output = new(new TensorShape(shape.OutChannels, 1, 1));
        int inLanes = input.Blocks * input.Lanes, outLanes = output.Blocks * output.Lanes;
        CpuConvolution packed = new(shape, checked((nuint)Positions * (nuint)inLanes * (nuint)outLanes), (nuint)outLanes, source)
        {
            Algorithm = ConvolutionAlgorithm.Winograd,
        };
        Fill<TVec>(packed, weights, KernelOrder.Plain(shape), group, workers);
        bias.CopyTo(new Span<float>(packed.Bias, bias.Length));
        return packed;
    }

    /// <summary>Transforms weights into the memory of a packed convolution, when it is created and after each training step.</summary>
    /// <param name="packed">Receives the transformed weights.</param>
    /// <param name="weights">Weights in the given order.</param>
    /// <param name="order">Where the kernels are stored in <paramref name="weights"/>.</param>
    /// <param name="group">Output channels per group: two vectors of floats.</param>
    /// <param name="workers">Threads.</param>
    internal static unsafe void Fill<TVec>(
        CpuConvolution packed, ReadOnlySpan<float> weights, KernelOrder order, int group, Workers workers)
        where TVec : unmanaged, IVec<TVec, double>
    {
        ConvolutionShape shape = packed.Shape;
        BlockedLayout input = new(new TensorShape(shape.InChannels, 1, 1)), output = new(new TensorShape(shape.OutChannels, 1, 1));
        int inLanes = input.Blocks * input.Lanes, outLanes = output.Blocks * output.Lanes;
        long perPosition = (long)inLanes * outLanes;
        fixed (float* start = weights)
        {
            float* kernels = start;
            workers.Run((outLanes + group - 1) / group, index =>
            {
                int first = index * group, width = Math.Min(group, outLanes - first), channels = Math.Min(width, shape.OutChannels - first);
                double* taps = stackalloc double[Taps * width];
                new Span<double>(taps, Taps * width).Clear();
                for (int i = 0; i < shape.InChannels; i++)
                {
                    Gather(kernels + first * order.Out + i * order.In, order, channels, taps, width);
                    Transform<TVec>(taps, packed.Weights + (long)first * inLanes + (long)i * width, perPosition, width);
                }
            });
        }
    }

    // Copies [channels, 9] to [9, width]; lanes without a channel stay zero.
    private static unsafe void Gather(float* kernels, KernelOrder order, int channels, double* taps, int width)
    {
        for (int o = 0; o < channels; o++, kernels += order.Out)
        {
            for (int tap = 0; tap < Taps; tap++)
                taps[tap * width + o] = kernels[order.Flipped ? Taps - 1 - tap : tap];
        }
    }

    [SkipLocalsInit]
    private static unsafe void Transform<TVec>(double* taps, float* destination, long stride, int width)
        where TVec : unmanaged, IVec<TVec, double>
    {
        double* half = stackalloc double[6 * 3 * TVec.Count];
        for (int lane = 0; lane < width; lane += TVec.Count)
        {
            for (int j = 0; j < 3; j++)
            {
                Column(
                    TVec.Load(taps + j * width + lane), TVec.Load(taps + (3 + j) * width + lane), TVec.Load(taps + (6 + j) * width + lane),
                    out TVec h0, out TVec h1, out TVec h2, out TVec h3, out TVec h4, out TVec h5);
                double* column = half + j * TVec.Count;
                h0.Store(column);
                h1.Store(column + 3 * TVec.Count);
                h2.Store(column + 6 * TVec.Count);
                h3.Store(column + 9 * TVec.Count);
                h4.Store(column + 12 * TVec.Count);
                h5.Store(column + 15 * TVec.Count);
            }

            float* position = destination + lane;
            for (double* row = half; row < half + 18 * TVec.Count; row += 3 * TVec.Count, position += 6 * stride)
            {
                Column(
                    TVec.Load(row), TVec.Load(row + TVec.Count), TVec.Load(row + 2 * TVec.Count),
                    out TVec w0, out TVec w1, out TVec w2, out TVec w3, out TVec w4, out TVec w5);
                w0.StoreSingles(position);
                w1.StoreSingles(position + stride);
                w2.StoreSingles(position + 2 * stride);
                w3.StoreSingles(position + 3 * stride);
                w4.StoreSingles(position + 4 * stride);
                w5.StoreSingles(position + 5 * stride);
            }
        }
    }

    // Multiplies G by a column. Lavin and Gray 2016, section 4.1.2; the interpolation points are 0, 1, -1, 2, -2 and infinity.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Column<TVec>(
        TVec g0, TVec g1, TVec g2, out TVec h0, out TVec h1, out TVec h2, out TVec h3, out TVec h4, out TVec h5)
        where TVec : unmanaged, IVec<TVec, double>
    {
        TVec ends = g0 + g2, sixth = TVec.Broadcast(-1.0 / 6),
            far = TVec.MultiplyAdd(TVec.Broadcast(1.0 / 24), g0, TVec.Broadcast(1.0 / 6) * g2);
        TVec middle = TVec.Broadcast(1.0 / 12) * g1;
        h0 = TVec.Broadcast(1.0 / 4) * g0;
        h1 = sixth * (ends + g1);
        h2 = sixth * (ends - g1);
        h3 = far + middle;
        h4 = far - middle;
        h5 = g2;
    }
}
