using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Statistics;

internal static unsafe partial class Covariance
{
    /// <summary>Computes weighted sums and products of the features minus a provisional center in one pass, and corrects them at the end.
    /// All in double precision.</summary>
    /// <remarks>
    /// The center is the weighted mean of the row with the largest sum of weights. That sum is at least the average over all rows, so the
    /// subtraction loses no more bits than without weights. Pixels with weight 0 are left out of the panels, so masked pixels cost little.
    /// Segments and their order are the same as without weights.
    /// </remarks>
    /// <param name="features">[C, H, W].</param>
    /// <param name="region">Region of the features.</param>
    /// <param name="weights">[1, region height, region width].</param>
    /// <param name="mean">[C], receives the weighted mean.</param>
    /// <param name="scatter">[C, C], receives the scatter matrix.</param>
    /// <param name="pool">Source of temporary memory.</param>
    /// <param name="workers">Threads.</param>
    /// <returns>The sum of the weights.</returns>
    internal static double RunWeighted<TVec>(
        CpuTensor features, Region region, CpuTensor weights, Span<double> mean, Span<double> scatter, BufferPool pool, Workers workers)
        where TVec : unmanaged, IVec<TVec, double>
    {
        double total = Totals(weights, out int largest, out double most);
        if (total == 0)
        {
            mean.Clear();
            scatter.Clear();
            return 0;
        }

        CovariancePlan plan = new(features.Layout, region);
        NativeBuffer buffer = pool.Rent(checked((nuint)plan.SumsLength * sizeof(double)), features.Shape);
        try
        {
            double* center = (double*)buffer.Pointer, sums = center + plan.Width, products = sums + plan.Segments * plan.Width;
            for (long i = 0; i < plan.SumsLength; i += plan.Width)
                new Span<double>(center + i, plan.Width).Clear();
            SumWeightedRow(features, region.Y + largest, region.X, weights.At(0, largest, 0), region.Width, center);
            for (int c = 0; c < plan.Width; c++)
                center[c] /= most;
            workers.Run(plan.Segments * plan.Bands, task =>
            {
                int segment = task / plan.Bands;
                WeightedProducts<TVec>(
                    features, weights, plan, segment, task % plan.Bands, center, sums + segment * plan.Width,
                    products + (long)segment * plan.Square, pool);
            });
            Merge(sums, plan.Segments, plan.Width);
            Merge(products, plan.Segments, plan.Square);
            for (int c = 0; c < mean.Length; c++)
                mean[c] = center[c] + (sums[c] /= total);
            Finish(products, plan.Width, sums, total, 1, mean.Length, scatter);
            return total;
        }
        finally
        {
            pool.Return(buffer);
        }
    }

    // The sum of all weights, the row with the largest sum, and its sum.
    private static double Totals(CpuTensor weights, out int largest, out double most)
    {
        double total = 0;
        (largest, most) = (0, 0);
        for (int y = 0; y < weights.Shape.Height; y++)
        {
            ReadOnlySpan<float> row = new(weights.At(0, y, 0), weights.Shape.Width);
            int end = row.LastIndexOfAnyExcept(0f) + 1;
            double sum = 0;
            for (int x = end == 0 ? 0 : row.IndexOfAnyExcept(0f); x < end; x++)
                sum += row[x];
            total += sum;
            if (sum > most)
                (largest, most) = (y, sum);
        }

        return total;
    }

    private static void SumWeightedRow(CpuTensor features, int y, int x, float* weights, int width, double* sums)
    {
        int lanes = features.Layout.Lanes;
        for (int block = 0; block < features.Layout.Blocks; block++)
        {
            float* row = features.At(block, y, x);
            for (int p = 0; p < width; p++)
            {
                if (!(weights[p] > 0))
                    continue;
                for (int lane = 0; lane < lanes; lane++)
                    sums[block * lanes + lane] += (double)weights[p] * row[(long)p * lanes + lane];
            }
        }
    }
}
