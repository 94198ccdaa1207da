using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Statistics;

internal static unsafe partial class Covariance
{
    /// <summary>Computes the weighted mean, then the products of the centered features, in double precision.</summary>
    /// <remarks>
    /// A single row can't provide a provisional center here, because its weights may all be 0. So the mean is computed before the products.
    /// Pixels with weight 0 are left out of the panels, so masked pixels cost little. Segments and their order are the same as without
    /// weights.
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
        CovariancePlan plan = new(features.Layout, region);
        NativeBuffer buffer = pool.Rent(checked((nuint)plan.SumsLength * sizeof(double)), features.Shape);
        try
        {
            double* center = (double*)buffer.Pointer, sums = center + plan.Width, products = sums + plan.Segments * plan.Width;
            for (long i = 0; i < plan.SumsLength; i += plan.Width)
                new Span<double>(center + i, plan.Width).Clear();
            double[] totals = new double[plan.Segments];
            workers.Run(plan.Segments, segment =>
                totals[segment] = SegmentSums<TVec>(features, weights, plan, segment, sums + segment * plan.Width));
            Merge(sums, plan.Segments, plan.Width);
            double total = 0;
            foreach (double part in totals)
                total += part;
            for (int c = 0; c < plan.Width; c++)
                center[c] = total > 0 ? sums[c] / total : 0;
            workers.Run(plan.Segments * plan.Bands, task =>
            {
                int segment = task / plan.Bands;
                WeightedProducts<TVec>(
                    features, weights, plan, segment, task % plan.Bands, center, products + (long)segment * plan.Square, pool);
            });
            Merge(products, plan.Segments, plan.Square);
            new Span<double>(center, mean.Length).CopyTo(mean);
            Mirror(products, plan.Width, mean.Length, scatter);
            return total;
        }
        finally
        {
            pool.Return(buffer);
        }
    }

    // Only the products on and above the diagonal were computed.
    private static void Mirror(double* products, int stride, int channels, Span<double> scatter)
    {
        for (int i = 0; i < channels; i++)
        {
            for (int j = i; j < channels; j++)
                scatter[i * channels + j] = scatter[j * channels + i] = products[(long)i * stride + j];
        }
    }

    private static double SegmentSums<TVec>(CpuTensor features, CpuTensor weights, CovariancePlan plan, int segment, double* sums)
        where TVec : unmanaged, IVec<TVec, double>
    {
        (int first, int end) = plan.Rows(segment);
        int width = plan.Region.Width, lanes = features.Layout.Lanes;
        double total = 0;
        for (int y = first; y < end; y++)
        {
            float* weight = weights.At(0, y - plan.Region.Y, 0);
            for (int x = 0; x < width; x++)
                total += weight[x];
            for (int block = 0; block < features.Layout.Blocks; block++)
            {
                float* row = features.At(block, y, plan.Region.X);
                if (lanes == 1)
                    sums[block] += WeightedSum(row, weight, width);
                else
                    AddWeightedRow<TVec>(row, weight, width, sums + block * lanes);
            }
        }

        return total;
    }

    private static double WeightedSum(float* row, float* weight, int width)
    {
        double sum = 0;
        for (int x = 0; x < width; x++)
            sum += (double)weight[x] * row[x];
        return sum;
    }

    private static void AddWeightedRow<TVec>(float* row, float* weight, int width, double* sums)
        where TVec : unmanaged, IVec<TVec, double>
    {
        for (int lane = 0; lane < Lanes; lane += TVec.Count)
        {
            TVec sum = TVec.Load(sums + lane);
            float* source = row + lane;
            for (int x = 0; x < width; x++, source += Lanes)
                sum = TVec.MultiplyAdd(TVec.Broadcast(weight[x]), TVec.LoadSingles(source), sum);
            sum.Store(sums + lane);
        }
    }
}
