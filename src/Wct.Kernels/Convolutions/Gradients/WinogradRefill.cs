using System.Runtime.CompilerServices;
using Wct.Kernels.Convolutions.Winograd;
using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Convolutions.Gradients;

/// <summary>Where a convolution's kernels lie in an array of weights.</summary>
/// <param name="Out">Elements from one output channel's to the next one's.</param>
/// <param name="In">Elements from one input channel's to the next one's.</param>
/// <param name="Flipped">Whether the taps are read from the last to the first.</param>
internal readonly record struct KernelOrder(long Out, long In, bool Flipped)
{
    /// <summary>[O, I, 3, 3].</summary>
    internal static KernelOrder Plain(ConvolutionShape shape) => new(shape.InChannels * 9L, 9, false);

    /// <summary>The transposed convolution's kernels in the forward one's array.</summary>
    internal static KernelOrder Transposed(ConvolutionShape transposed) => new(9, transposed.OutChannels * 9L, true);
}

/// <summary>Transforms weights for F(4x4, 3x3) again, into the memory that holds them: training does it at every step.</summary>
/// <remarks>The numbers are those of <see cref="WinogradWeights.Pack"/>, to the bit; vectors over output channels make it quicker.</remarks>
internal static unsafe class WinogradRefill
{
    private const int Positions = WinogradWeights.Positions, MostOut = 16;

    /// <param name="group">Output channels of a group: two vectors of single precision.</param>
    internal static void Run<TDouble>(CpuConvolution convolution, ReadOnlySpan<float> weights, KernelOrder order, int group, Workers workers)
        where TDouble : unmanaged, IVec<TDouble, double>
    {
        ConvolutionShape shape = convolution.Shape;
        int inLanes = new BlockedLayout(new TensorShape(shape.InChannels, 1, 1)).Blocks * BlockedLayout.BlockLanes;
        int outLanes = new BlockedLayout(new TensorShape(shape.OutChannels, 1, 1)).Blocks * BlockedLayout.BlockLanes;
        long perPosition = (long)inLanes * outLanes;
        int step = Math.Min(group, MostOut);
        fixed (float* start = weights)
        {
            float* kernels = start;
            workers.Run((shape.OutChannels + step - 1) / step, task =>
            {
                int o = task * step, count = Math.Min(step, shape.OutChannels - o), first = o / group * group;
                int width = Math.Min(group, outLanes - first);
                float* target = convolution.Weights + (long)first * inLanes + (o - first);
                for (int i = 0; i < shape.InChannels; i++)
                    Kernels<TDouble>(kernels + o * order.Out + i * order.In, order, count, target + (long)i * width, perPosition);
            });
        }
    }

    // Up to 16 neighbouring output channels of one input channel.
    private static void Kernels<TDouble>(float* kernel, KernelOrder order, int count, float* destination, long stride)
        where TDouble : unmanaged, IVec<TDouble, double>
    {
        double* taps = stackalloc double[9 * MostOut], half = stackalloc double[18 * MostOut], result = stackalloc double[6 * MostOut];
        for (int o = 0; o < count; o++)
        {
            for (int tap = 0; tap < 9; tap++)
                taps[tap * MostOut + o] = kernel[o * order.Out + (order.Flipped ? 8 - tap : tap)];
        }

        for (int lane = 0; lane < count; lane += TDouble.Count)
        {
            for (int j = 0; j < 3; j++)
                Six<TDouble>(taps + j * MostOut + lane, 3 * MostOut, half + j * MostOut + lane, 3 * MostOut);
        }

        for (int i = 0; i < 6; i++)
        {
            for (int lane = 0; lane < count; lane += TDouble.Count)
                Six<TDouble>(half + i * 3 * MostOut + lane, MostOut, result + lane, MostOut);
            for (int j = 0; j < 6; j++)
            {
                float* target = destination + (i * 6 + j) * stride;
                for (int o = 0; o < count; o++)
                    target[o] = (float)result[j * MostOut + o];
            }
        }
    }

    // G times a column of three; without fused operations and in this order, as in the definition. 0·x + y is y: no kernel is infinite.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Six<TDouble>(double* input, int step, double* output, int outStep)
        where TDouble : unmanaged, IVec<TDouble, double>
    {
        TDouble a = TDouble.Load(input), b = TDouble.Load(input + step), c = TDouble.Load(input + 2 * step);
        TDouble sixth = TDouble.Broadcast(1.0 / 6), minusSixth = TDouble.Broadcast(-1.0 / 6);
        TDouble small = TDouble.Broadcast(1.0 / 24), twelfth = TDouble.Broadcast(1.0 / 12), minusTwelfth = TDouble.Broadcast(-1.0 / 12);
        (TDouble.Broadcast(0.25) * a).Store(output);
        (minusSixth * a + minusSixth * b + minusSixth * c).Store(output + outStep);
        (minusSixth * a + sixth * b + minusSixth * c).Store(output + 2 * outStep);
        (small * a + twelfth * b + sixth * c).Store(output + 3 * outStep);
        (small * a + minusTwelfth * b + sixth * c).Store(output + 4 * outStep);
        c.Store(output + 5 * outStep);
    }
}
