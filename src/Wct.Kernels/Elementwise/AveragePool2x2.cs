using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Elementwise;

internal static unsafe partial class AveragePool2x2
{
    /// <summary>Pools row by row, and writes the output's borders.</summary>
    internal static void Run<TVec>(CpuTensor input, CpuTensor output, Workers workers)
        where TVec : unmanaged, IVec<TVec, float>
    {
        RowChunks chunks = new(output.Shape.Height, 2 * input.Layout.RowStride * sizeof(float), workers.Count);
        workers.Run(output.Layout.Blocks * chunks.Count, task =>
        {
            int block = task / chunks.Count;
            (int first, int end) = chunks[task % chunks.Count];
            for (int y = first; y < end; y++)
            {
                float* above = input.At(block, 2 * y, 0);
                float* below = input.At(block, Math.Min(2 * y + 1, input.Shape.Height - 1), 0);
                if (input.Layout.Lanes == 1)
                    Row<VecScalar<float>>(above, below, output.At(block, y, 0), input.Shape.Width, output.Shape.Width, 1);
                else
                    Row<TVec>(above, below, output.At(block, y, 0), input.Shape.Width, output.Shape.Width, input.Layout.Lanes);
            }

            Borders.Fill(output, block, first, end);
        });
    }

    /// <summary>Computes the gradient row by row, and writes the borders.</summary>
    internal static void Gradient<TVec>(CpuTensor outputGradient, CpuTensor inputGradient, Workers workers)
        where TVec : unmanaged, IVec<TVec, float>
    {
        TensorShape shape = inputGradient.Shape, pooled = outputGradient.Shape;
        float share = 1f / (Math.Min(2, shape.Height) * Math.Min(2, shape.Width));
        RowChunks chunks = new(shape.Height, inputGradient.Layout.RowStride * sizeof(float), workers.Count);
        workers.Run(inputGradient.Layout.Blocks * chunks.Count, task =>
        {
            int block = task / chunks.Count, lanes = inputGradient.Layout.Lanes;
            (int first, int end) = chunks[task % chunks.Count];
            for (int y = first; y < end; y++)
            {
                float* target = inputGradient.At(block, y, 0);
                if (y / 2 >= pooled.Height)
                    new Span<float>(target, shape.Width * lanes).Clear();
                else if (lanes == 1)
                    GradientRow<VecScalar<float>>(outputGradient.At(block, y / 2, 0), target, shape.Width, pooled.Width, 1, share);
                else
                    GradientRow<TVec>(outputGradient.At(block, y / 2, 0), target, shape.Width, pooled.Width, lanes, share);
            }

            Borders.Fill(inputGradient, block, first, end);
        });
    }

    // On a side of one pixel both pixels of a window are the same one, so the mean is that of the pixels that exist.
    private static void Row<TVec>(float* above, float* below, float* output, int width, int pooledWidth, int lanes)
        where TVec : unmanaged, IVec<TVec, float>
    {
        TVec quarter = TVec.Broadcast(0.25f);
        for (int x = 0; x < pooledWidth; x++)
        {
            long left = 2L * x * lanes, right = Math.Min(2 * x + 1, width - 1) * (long)lanes;
            for (int lane = 0; lane < lanes; lane += TVec.Count)
            {
                TVec upper = TVec.Load(above + left + lane) + TVec.Load(above + right + lane);
                TVec lower = TVec.Load(below + left + lane) + TVec.Load(below + right + lane);
                (quarter * (upper + lower)).Store(output + (long)x * lanes + lane);
            }
        }
    }

    private static void GradientRow<TVec>(float* source, float* target, int width, int pooledWidth, int lanes, float share)
        where TVec : unmanaged, IVec<TVec, float>
    {
        TVec factor = TVec.Broadcast(share);
        for (int x = 0; x < width; x++, target += lanes)
        {
            if (x / 2 >= pooledWidth)
            {
                new Span<float>(target, lanes).Clear();
                continue;
            }

            for (int lane = 0; lane < lanes; lane += TVec.Count)
                (factor * TVec.Load(source + (long)(x / 2) * lanes + lane)).Store(target + lane);
        }
    }
}
