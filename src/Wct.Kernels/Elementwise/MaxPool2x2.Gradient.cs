using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Elementwise;

internal static partial class MaxPool2x2
{
    /// <summary>Scalar reference of the gradient: the first maximum of each window, in row order, receives it; all other pixels receive
    /// zero.</summary>
    /// <param name="input">[C, H, W], planar.</param>
    /// <param name="shape">Shape of the input.</param>
    /// <param name="outputGradient">[C, max(1, H/2), max(1, W/2)], planar.</param>
    /// <param name="inputGradient">[C, H, W], planar.</param>
    internal static void ReferenceGradient(
        ReadOnlySpan<float> input, TensorShape shape, ReadOnlySpan<float> outputGradient, Span<float> inputGradient)
    {
        inputGradient.Clear();
        TensorShape pooled = shape.Pooled;
        for (int i = 0; i < outputGradient.Length; i++)
        {
            int c = i / pooled.Pixels, y = i % pooled.Pixels / pooled.Width * 2, x = i % pooled.Width * 2, best = -1;
            for (int row = y; row < Math.Min(y + 2, shape.Height); row++)
            {
                for (int column = x; column < Math.Min(x + 2, shape.Width); column++)
                {
                    int at = (c * shape.Height + row) * shape.Width + column;
                    if (best < 0 || input[at] > input[best])
                        best = at;
                }
            }

            inputGradient[best] = outputGradient[i];
        }
    }

    /// <summary>Computes the gradient two rows at a time, and writes the borders.</summary>
    internal static unsafe void Gradient<TVec>(CpuTensor input, CpuTensor outputGradient, CpuTensor inputGradient, Workers workers)
        where TVec : unmanaged, IVec<TVec, float>
    {
        TensorShape shape = input.Shape, pooled = outputGradient.Shape;
        int lanes = input.Layout.Lanes;
        workers.Run(input.Layout.Blocks, block =>
        {
            for (int y = 0; y < pooled.Height; y++)
            {
                int below = Math.Min(2 * y + 1, shape.Height - 1);
                long down = (below - 2 * y) * input.Layout.RowStride;
                float* source = input.At(block, 2 * y, 0), target = inputGradient.At(block, 2 * y, 0);
                if (lanes == 1)
                    GradientRow<VecScalar<float>>(source, outputGradient.At(block, y, 0), target, down, shape.Width, pooled.Width, 1);
                else
                    GradientRow<TVec>(source, outputGradient.At(block, y, 0), target, down, shape.Width, pooled.Width, lanes);
            }

            ClearDropped(inputGradient, block, pooled);
            Borders.Fill(inputGradient, block, 0, shape.Height);
        });
    }

    private static unsafe void GradientRow<TVec>(
        float* source, float* outputGradient, float* target, long down, int width, int pooledWidth, int lanes)
        where TVec : unmanaged, IVec<TVec, float>
    {
        TVec zero = TVec.Broadcast(0);
        for (int x = 0; x < pooledWidth; x++)
        {
            long left = 2L * x * lanes, right = Math.Min(2 * x + 1, width - 1) * (long)lanes;
            for (int lane = 0; lane < lanes; lane += TVec.Count)
            {
                TVec a = TVec.Load(source + left + lane), b = TVec.Load(source + right + lane);
                TVec c = TVec.Load(source + down + left + lane), d = TVec.Load(source + down + right + lane);
                TVec largest = TVec.Max(TVec.Max(a, b), TVec.Max(c, d)), rest = TVec.Load(outputGradient + (long)x * lanes + lane);
                // The values are stored from last to first. In a map with a side of one pixel, the window's pixels coincide, and the value
                // of the first one must be written last.
                TVec first = TVec.SelectEqual(a, largest, rest, zero);
                rest = TVec.SelectEqual(a, largest, zero, rest);
                TVec second = TVec.SelectEqual(b, largest, rest, zero);
                rest = TVec.SelectEqual(b, largest, zero, rest);
                TVec third = TVec.SelectEqual(c, largest, rest, zero);
                TVec.SelectEqual(c, largest, zero, rest).Store(target + down + right + lane);
                third.Store(target + down + left + lane);
                second.Store(target + right + lane);
                first.Store(target + left + lane);
            }
        }
    }

    private static unsafe void ClearDropped(CpuTensor gradient, int block, TensorShape pooled)
    {
        int lanes = gradient.Layout.Lanes, width = gradient.Shape.Width, height = gradient.Shape.Height;
        int usedWidth = Math.Min(2 * pooled.Width, width), usedHeight = Math.Min(2 * pooled.Height, height);
        for (int y = 0; y < usedHeight && usedWidth < width; y++)
            new Span<float>(gradient.At(block, y, usedWidth), lanes).Clear();
        for (int y = usedHeight; y < height; y++)
            new Span<float>(gradient.At(block, y, 0), width * lanes).Clear();
    }
}
