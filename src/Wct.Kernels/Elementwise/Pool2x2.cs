using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Elementwise;

/// <summary>What a 2x2 pooling computes of its window.</summary>
internal interface IPooling
{
    /// <summary>Pools a window. On a side of one pixel, both pixels of the window are the same one.</summary>
    static abstract TVec Of<TVec>(TVec upperLeft, TVec upperRight, TVec lowerLeft, TVec lowerRight)
        where TVec : unmanaged, IVec<TVec, float>;
}

/// <summary>2x2 pooling with stride 2.</summary>
internal static unsafe class Pool2x2
{
    /// <summary>Pools row by row, and writes the output's borders.</summary>
    internal static void Run<TVec, TPooling>(CpuTensor input, CpuTensor output, Workers workers)
        where TVec : unmanaged, IVec<TVec, float>
        where TPooling : struct, IPooling
    {
        RowChunks chunks = new(output.Shape.Height, 2 * input.Layout.RowStride * sizeof(float), workers.Count);
        workers.Run(output.Layout.Blocks * chunks.Count, task =>
        {
            int block = task / chunks.Count, width = input.Shape.Width, pooledWidth = output.Shape.Width, lanes = input.Layout.Lanes;
            (int first, int end) = chunks[task % chunks.Count];
            for (int y = first; y < end; y++)
            {
                float* above = input.At(block, 2 * y, 0);
                float* below = input.At(block, Math.Min(2 * y + 1, input.Shape.Height - 1), 0);
                if (lanes == 1)
                    Row<VecScalar<float>, TPooling>(above, below, output.At(block, y, 0), width, pooledWidth, lanes);
                else
                    Row<TVec, TPooling>(above, below, output.At(block, y, 0), width, pooledWidth, lanes);
            }

            Borders.Fill(output, block, first, end);
        });
    }

    private static void Row<TVec, TPooling>(float* above, float* below, float* output, int width, int pooledWidth, int lanes)
        where TVec : unmanaged, IVec<TVec, float>
        where TPooling : struct, IPooling
    {
        for (int x = 0; x < pooledWidth; x++)
        {
            long left = 2L * x * lanes, right = Math.Min(2 * x + 1, width - 1) * (long)lanes;
            for (int lane = 0; lane < lanes; lane += TVec.Count)
            {
                TPooling.Of(
                    TVec.Load(above + left + lane), TVec.Load(above + right + lane), TVec.Load(below + left + lane),
                    TVec.Load(below + right + lane)).Store(output + (long)x * lanes + lane);
            }
        }
    }
}
