using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;
using Wct.Kernels.Elementwise;

namespace Wct.Kernels.Losses;

internal static unsafe partial class LossSums
{
    /// <summary>Computes destination += factor·source, borders included. The borders are then reflections, as in both inputs.</summary>
    internal static void AddScaled<TVec>(CpuTensor source, float factor, CpuTensor destination, Workers workers)
        where TVec : unmanaged, IVec<TVec, float> => ElementChunks.Run(destination, workers, (offset, count) =>
        {
            float* from = source.Data + offset, to = destination.Data + offset;
            long whole = count / TVec.Count * TVec.Count;
            AddScaled<TVec>(from, factor, to, 0, whole);
            AddScaled<VecScalar<float>>(from, factor, to, whole, count);
        });

    /// <summary>Sums each row in single precision per lane, then lanes and rows in double precision, in a fixed order.</summary>
    internal static double SquaredError<TVec>(CpuTensor actual, CpuTensor target, float factor, CpuTensor? gradient, Workers workers)
        where TVec : unmanaged, IVec<TVec, float>
    {
        TensorShape shape = actual.Shape;
        int rows = actual.Layout.Blocks * shape.Height, length = shape.Width * actual.Layout.Lanes;
        double[] sums = new double[rows];
        RowChunks chunks = RowChunks.Streamed(rows, workers.Count);
        workers.Run(chunks.Count, task =>
        {
            (int first, int end) = chunks[task];
            for (int row = first; row < end; row++)
            {
                int block = row / shape.Height, y = row % shape.Height;
                float* to = gradient is null ? null : gradient.At(block, y, 0);
                sums[row] = SquaredErrorRow<TVec>(actual.At(block, y, 0), target.At(block, y, 0), factor, to, length);
            }
        });

        for (int block = 0; gradient is not null && block < actual.Layout.Blocks; block++)
            Borders.Fill(gradient, block, 0, shape.Height);
        return Total(sums);
    }

    /// <summary>Computes Σx² in double precision, in an order that depends only on the length.</summary>
    internal static double SumOfSquares<TDouble>(ReadOnlySpan<float> values)
        where TDouble : unmanaged, IVec<TDouble, double>
    {
        fixed (float* x = values)
        {
            TDouble sum = TDouble.Broadcast(0);
            int i = 0;
            for (; i <= values.Length - TDouble.Count; i += TDouble.Count)
            {
                TDouble value = TDouble.LoadSingles(x + i);
                sum = TDouble.MultiplyAdd(value, value, sum);
            }

            double total = TDouble.Sum(sum);
            for (; i < values.Length; i++)
                total += (double)x[i] * x[i];
            return total;
        }
    }

    private static double Total(double[] sums)
    {
        double total = 0;
        foreach (double sum in sums)
            total += sum;
        return total;
    }

    private static void AddScaled<TVec>(float* source, float factor, float* destination, long first, long end)
        where TVec : unmanaged, IVec<TVec, float>
    {
        TVec scale = TVec.Broadcast(factor);
        for (long i = first; i < end; i += TVec.Count)
            TVec.MultiplyAdd(scale, TVec.Load(source + i), TVec.Load(destination + i)).Store(destination + i);
    }

    private static double SquaredErrorRow<TVec>(float* actual, float* target, float factor, float* gradient, int length)
        where TVec : unmanaged, IVec<TVec, float>
    {
        int whole = length / TVec.Count * TVec.Count;
        return SquaredErrorRange<TVec>(actual, target, factor, gradient, 0, whole)
            + SquaredErrorRange<VecScalar<float>>(actual, target, factor, gradient, whole, length);
    }

    private static float SquaredErrorRange<TVec>(float* actual, float* target, float factor, float* gradient, int first, int end)
        where TVec : unmanaged, IVec<TVec, float>
    {
        TVec sum = TVec.Broadcast(0), scale = TVec.Broadcast(factor);
        for (int i = first; i < end; i += TVec.Count)
        {
            TVec difference = TVec.Load(actual + i) - TVec.Load(target + i);
            sum = TVec.MultiplyAdd(difference, difference, sum);
            if (gradient != null)
                (scale * difference).Store(gradient + i);
        }

        return TVec.Sum(sum);
    }
}
