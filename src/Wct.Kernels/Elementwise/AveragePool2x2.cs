using System.Runtime.CompilerServices;
using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Elementwise;

internal static unsafe partial class AveragePool2x2
{
    /// <summary>Pools row by row, and writes the output's borders.</summary>
    internal static void Run<TVec>(CpuTensor input, CpuTensor output, Workers workers)
        where TVec : unmanaged, IVec<TVec, float> => Pool2x2.Run<TVec, Average>(input, output, workers);

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

    // On a side of one pixel both pixels of a window are the same one, so the mean is that of the pixels that exist.
    private readonly struct Average : IPooling
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVec Of<TVec>(TVec upperLeft, TVec upperRight, TVec lowerLeft, TVec lowerRight)
            where TVec : unmanaged, IVec<TVec, float> =>
            TVec.Broadcast(0.25f) * ((upperLeft + upperRight) + (lowerLeft + lowerRight));
    }
}
