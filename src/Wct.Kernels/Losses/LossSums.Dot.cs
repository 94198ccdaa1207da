using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Losses;

internal static unsafe partial class LossSums
{
    /// <summary>Scalar reference of <see cref="TrainingBackend.Dot"/>.</summary>
    internal static double ReferenceDot(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        double sum = 0;
        for (int i = 0; i < first.Length; i++)
            sum += (double)first[i] * second[i];
        return sum;
    }

    /// <summary>Sums each row, then the rows, in double precision and in a fixed order.</summary>
    internal static double Dot<TDouble>(CpuTensor first, CpuTensor second, Workers workers)
        where TDouble : unmanaged, IVec<TDouble, double>
    {
        TensorShape shape = first.Shape;
        int rows = first.Layout.Blocks * shape.Height, length = shape.Width * first.Layout.Lanes;
        double[] sums = new double[rows];
        RowChunks chunks = RowChunks.Streamed(rows, workers.Count);
        workers.Run(chunks.Count, task =>
        {
            (int begin, int end) = chunks[task];
            for (int row = begin; row < end; row++)
            {
                int block = row / shape.Height, y = row % shape.Height;
                sums[row] = DotRow<TDouble>(first.At(block, y, 0), second.At(block, y, 0), length);
            }
        });
        return Total(sums);
    }

    // Two sums, so that additions don't wait for each other.
    private static double DotRow<TDouble>(float* first, float* second, int length)
        where TDouble : unmanaged, IVec<TDouble, double>
    {
        TDouble even = TDouble.Broadcast(0), odd = TDouble.Broadcast(0);
        int i = 0;
        for (; i <= length - 2 * TDouble.Count; i += 2 * TDouble.Count)
        {
            even = TDouble.MultiplyAdd(TDouble.LoadSingles(first + i), TDouble.LoadSingles(second + i), even);
            odd = TDouble.MultiplyAdd(
                TDouble.LoadSingles(first + i + TDouble.Count), TDouble.LoadSingles(second + i + TDouble.Count), odd);
        }

        double sum = TDouble.Sum(even + odd);
        for (; i < length; i++)
            sum += (double)first[i] * second[i];
        return sum;
    }
}
