using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Losses;

internal static unsafe partial class LossSums
{
    /// <summary>Sums row by row. The gradient of a row is computed from the rows above and below it, so no two tasks write to the same
    /// row.</summary>
    internal static double TotalVariation<TVec>(CpuTensor image, float factor, CpuTensor? gradient, Workers workers)
        where TVec : unmanaged, IVec<TVec, float>
    {
        TensorShape shape = image.Shape;
        int rows = image.Layout.Blocks * shape.Height;
        double[] sums = new double[rows];
        RowChunks chunks = RowChunks.Streamed(rows, workers.Count);
        workers.Run(chunks.Count, task =>
        {
            (int first, int end) = chunks[task];
            for (int row = first; row < end; row++)
                sums[row] = VariationRow<TVec>(image, row / shape.Height, row % shape.Height, factor, gradient);
        });

        for (int block = 0; gradient is not null && block < image.Layout.Blocks; block++)
            Borders.Fill(gradient, block, 0, shape.Height);
        return Total(sums);
    }

    private static double VariationRow<TVec>(CpuTensor image, int block, int y, float factor, CpuTensor? gradient)
        where TVec : unmanaged, IVec<TVec, float>
    {
        int lanes = image.Layout.Lanes, last = image.Shape.Width - 1, length = image.Shape.Width * lanes;
        float* row = image.At(block, y, 0), to = gradient is null ? null : gradient.At(block, y, 0);
        // A missing neighbor is replaced by the pixel itself, so the difference is zero.
        float* above = y > 0 ? image.At(block, y - 1, 0) : row, below = y < image.Shape.Height - 1 ? image.At(block, y + 1, 0) : row;
        double sum = VariationRange<VecScalar<float>>(row, above, below, 0, last > 0 ? lanes : 0, factor, to, 0, lanes);
        if (last == 0)
            return sum;
        int end = length - lanes, whole = lanes + (end - lanes) / TVec.Count * TVec.Count;
        sum += VariationRange<TVec>(row, above, below, lanes, lanes, factor, to, lanes, whole);
        sum += VariationRange<VecScalar<float>>(row, above, below, lanes, lanes, factor, to, whole, end);
        return sum + VariationRange<VecScalar<float>>(row, above, below, lanes, 0, factor, to, end, length);
    }

    private static float VariationRange<TVec>(
        float* row, float* above, float* below, int left, int right, float factor, float* gradient, int first, int end)
        where TVec : unmanaged, IVec<TVec, float>
    {
        TVec sum = TVec.Broadcast(0), scale = TVec.Broadcast(2 * factor);
        for (int i = first; i < end; i += TVec.Count)
        {
            TVec here = TVec.Load(row + i), down = TVec.Load(below + i) - here, across = TVec.Load(row + i + right) - here;
            sum = TVec.MultiplyAdd(down, down, TVec.MultiplyAdd(across, across, sum));
            if (gradient == null)
                continue;
            TVec slope = here - TVec.Load(above + i) - down + (here - TVec.Load(row + i - left)) - across;
            TVec.MultiplyAdd(scale, slope, TVec.Load(gradient + i)).Store(gradient + i);
        }

        return TVec.Sum(sum);
    }
}
