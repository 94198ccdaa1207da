using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Elementwise;

internal static partial class MaxPool2x2
{
    /// <summary>Pools row by row, and writes the output's borders.</summary>
    internal static unsafe void Run<TVec>(CpuTensor input, CpuTensor output, Workers workers)
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

    private static unsafe void Row<TVec>(float* above, float* below, float* output, int width, int pooledWidth, int lanes)
        where TVec : unmanaged, IVec<TVec, float>
    {
        for (int x = 0; x < pooledWidth; x++)
        {
            long left = 2L * x * lanes, right = Math.Min(2 * x + 1, width - 1) * (long)lanes;
            for (int lane = 0; lane < lanes; lane += TVec.Count)
            {
                TVec upper = TVec.Max(TVec.Load(above + left + lane), TVec.Load(above + right + lane));
                TVec lower = TVec.Max(TVec.Load(below + left + lane), TVec.Load(below + right + lane));
                TVec.Max(upper, lower).Store(output + (long)x * lanes + lane);
            }
        }
    }
}
