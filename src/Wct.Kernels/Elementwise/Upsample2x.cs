using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Elementwise;

internal static partial class Upsample2x
{
    /// <summary>Upsamples row by row, and writes the output's borders.</summary>
    internal static unsafe void Run<TVec>(CpuTensor input, CpuTensor output, Workers workers)
        where TVec : unmanaged, IVec<TVec, float>
    {
        RowChunks chunks = new(output.Shape.Height, output.Layout.RowStride * sizeof(float), workers.Count);
        workers.Run(output.Layout.Blocks * chunks.Count, task =>
        {
            int block = task / chunks.Count;
            (int first, int end) = chunks[task % chunks.Count];
            for (int y = first; y < end; y++)
            {
                if (input.Layout.Lanes == 1)
                    Row<VecScalar<float>>(input.At(block, y / 2, 0), output.At(block, y, 0), input.Shape.Width, 1);
                else
                    Row<TVec>(input.At(block, y / 2, 0), output.At(block, y, 0), input.Shape.Width, input.Layout.Lanes);
            }

            Borders.Fill(output, block, first, end);
        });
    }

    private static unsafe void Row<TVec>(float* input, float* output, int width, int lanes)
        where TVec : unmanaged, IVec<TVec, float>
    {
        for (int x = 0; x < width; x++, input += lanes, output += 2 * lanes)
        {
            for (int lane = 0; lane < lanes; lane += TVec.Count)
            {
                TVec pixel = TVec.Load(input + lane);
                pixel.Store(output + lane);
                pixel.Store(output + lanes + lane);
            }
        }
    }
}
