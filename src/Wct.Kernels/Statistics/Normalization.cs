using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;
using Wct.Kernels.Elementwise;

namespace Wct.Kernels.Statistics;

internal static unsafe partial class Normalization
{
    /// <summary>Computes whole planes with their borders. The output's borders are reflections, because those of the input are. The output
    /// may be the input.</summary>
    internal static void Run<TVec>(
        CpuTensor input, ReadOnlySpan<double> center, ReadOnlySpan<double> factor, ReadOnlySpan<double> offset, Activation activation,
        CpuTensor output, Workers workers)
        where TVec : unmanaged, IVec<TVec, float>
    {
        float[] numbers = Coefficients(input.Layout, center, factor, offset);
        switch (activation.Kind)
        {
            case ActivationKind.Tanh:
                Run<TVec, HyperbolicTangent<TVec>>(input, numbers, default, output, workers);
                break;
            case ActivationKind.LeakyRelu:
                Run<TVec, LeakyRectifier<TVec>>(input, numbers, new(activation.Slope), output, workers);
                break;
            default:
                Run<TVec, RangeClamp<TVec>>(input, numbers, new(activation.Low, activation.High), output, workers);
                break;
        }
    }

    // Center, factor and offset of each lane, in single precision: [3, lanes]. The offset makes up for the rounding of the center. Lanes
    // beyond the last channel stay zero.
    private static float[] Coefficients(
        BlockedLayout layout, ReadOnlySpan<double> center, ReadOnlySpan<double> factor, ReadOnlySpan<double> offset)
    {
        int lanes = layout.Blocks * layout.Lanes;
        float[] numbers = new float[3 * lanes];
        for (int c = 0; c < center.Length; c++)
        {
            numbers[c] = (float)center[c];
            numbers[lanes + c] = (float)factor[c];
            numbers[2 * lanes + c] = (float)(offset[c] + factor[c] * (numbers[c] - center[c]));
        }

        return numbers;
    }

    private static void Run<TVec, TFunction>(CpuTensor input, float[] numbers, TFunction function, CpuTensor output, Workers workers)
        where TVec : unmanaged, IVec<TVec, float>
        where TFunction : struct, IActivationFunction<TVec>
    {
        BlockedLayout layout = output.Layout;
        ElementChunks.RunPixels(layout.Blocks, layout.BlockPixels, layout.Lanes, workers, (block, first, count) =>
        {
            long at = block * layout.BlockStride + first * layout.Lanes;
            fixed (float* own = &numbers[block * layout.Lanes])
            {
                long lanes = numbers.Length / 3;
                if (layout.Lanes > 1)
                    Block<TVec, TFunction>(input.Data + at, own, lanes, function, output.Data + at, count);
                else
                    Plane<TVec, TFunction>(input.Data + at, own, lanes, function, output.Data + at, count);
            }
        });
    }

    private static void Block<TVec, TFunction>(float* from, float* numbers, long lanes, TFunction function, float* to, long pixels)
        where TVec : unmanaged, IVec<TVec, float>
        where TFunction : struct, IActivationFunction<TVec>
    {
        for (int lane = 0; lane < BlockedLayout.BlockLanes; lane += TVec.Count)
        {
            TVec center = TVec.Load(numbers + lane), factor = TVec.Load(numbers + lanes + lane),
                offset = TVec.Load(numbers + 2 * lanes + lane);
            for (long at = lane; at < pixels * BlockedLayout.BlockLanes; at += BlockedLayout.BlockLanes)
                function.Apply(TVec.MultiplyAdd(factor, TVec.Load(from + at) - center, offset)).Store(to + at);
        }
    }

    // The last pixels are computed in a buffer, because the output may be the input, where a step back would compute pixels twice.
    private static void Plane<TVec, TFunction>(float* from, float* numbers, long lanes, TFunction function, float* to, long pixels)
        where TVec : unmanaged, IVec<TVec, float>
        where TFunction : struct, IActivationFunction<TVec>
    {
        TVec center = TVec.Broadcast(numbers[0]), factor = TVec.Broadcast(numbers[lanes]), offset = TVec.Broadcast(numbers[2 * lanes]);
        long whole = pixels / TVec.Count * TVec.Count;
        for (long at = 0; at < whole; at += TVec.Count)
            function.Apply(TVec.MultiplyAdd(factor, TVec.Load(from + at) - center, offset)).Store(to + at);
        float* rest = stackalloc float[BlockedLayout.BlockLanes];
        Span<float> left = new(rest, (int)(pixels - whole));
        new Span<float>(rest, BlockedLayout.BlockLanes).Clear();
        new ReadOnlySpan<float>(from + whole, left.Length).CopyTo(left);
        function.Apply(TVec.MultiplyAdd(factor, TVec.Load(rest) - center, offset)).Store(rest);
        left.CopyTo(new Span<float>(to + whole, left.Length));
    }
}
