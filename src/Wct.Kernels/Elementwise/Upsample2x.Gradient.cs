using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Elementwise;

internal static partial class Upsample2x
{
    /// <summary>Scalar reference of the gradient: the sum over each window of 2x2 pixels.</summary>
    /// <param name="outputGradient">[C, 2H, 2W], planar.</param>
    /// <param name="shape">[C, H, W].</param>
    /// <param name="inputGradient">[C, H, W], planar.</param>
    internal static void ReferenceGradient(ReadOnlySpan<float> outputGradient, TensorShape shape, Span<float> inputGradient)
    {
        int wide = 2 * shape.Width;
        for (int i = 0; i < inputGradient.Length; i++)
        {
            ReadOnlySpan<float> four = outputGradient[(i / shape.Width * 2 * wide + i % shape.Width * 2)..];
            inputGradient[i] = (float)((double)four[0] + four[1] + four[wide] + four[wide + 1]);
        }
    }

    /// <summary>Computes the gradient row by row, and writes the borders.</summary>
    internal static unsafe void Gradient<TVec>(CpuTensor outputGradient, CpuTensor inputGradient, Workers workers)
        where TVec : unmanaged, IVec<TVec, float>
    {
        RowChunks chunks = new(inputGradient.Shape.Height, 2 * outputGradient.Layout.RowStride * sizeof(float), workers.Count);
        workers.Run(inputGradient.Layout.Blocks * chunks.Count, task =>
        {
            int block = task / chunks.Count, lanes = inputGradient.Layout.Lanes;
            (int first, int end) = chunks[task % chunks.Count];
            for (int y = first; y < end; y++)
            {
                float* above = outputGradient.At(block, 2 * y, 0), below = outputGradient.At(block, 2 * y + 1, 0);
                if (lanes == 1)
                    SumRow<VecScalar<float>>(above, below, inputGradient.At(block, y, 0), inputGradient.Shape.Width, 1);
                else
                    SumRow<TVec>(above, below, inputGradient.At(block, y, 0), inputGradient.Shape.Width, lanes);
            }

            Borders.Fill(inputGradient, block, first, end);
        });
    }

    private static unsafe void SumRow<TVec>(float* above, float* below, float* output, int width, int lanes)
        where TVec : unmanaged, IVec<TVec, float>
    {
        for (int x = 0; x < width; x++, above += 2 * lanes, below += 2 * lanes, output += lanes)
        {
            for (int lane = 0; lane < lanes; lane += TVec.Count)
            {
                TVec upper = TVec.Load(above + lane) + TVec.Load(above + lanes + lane);
                (upper + (TVec.Load(below + lane) + TVec.Load(below + lanes + lane))).Store(output + lane);
            }
        }
    }
}
