using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Statistics;

internal static unsafe partial class Covariance
{
    /// <summary>Mean, then the products of the centred features, all in double: small eigenvalues must survive beside large ones.</summary>
    /// <remarks>
    /// Rows are divided into segments whose number depends on the region's shape alone; each has sums of its own, added in order. So the
    /// result does not depend on the threads.
    /// </remarks>
    internal static void Run<TVec>(
        CpuTensor features, Region region, Span<double> mean, Span<double> covariance, BufferPool pool, Workers workers)
        where TVec : unmanaged, IVec<TVec, double>
    {
        CovariancePlan plan = new(features.Layout, region);
        NativeBuffer buffer = pool.Rent(checked((nuint)plan.SumsLength * sizeof(double)), features.Shape);
        try
        {
            double* means = (double*)buffer.Pointer, products = means + plan.Segments * plan.Width;
            for (long i = 0; i < plan.SumsLength; i += plan.Width)
                new Span<double>(means + i, plan.Width).Clear();
            double pixels = (double)region.Height * region.Width;
            workers.Run(plan.Segments, segment => SumRows<TVec>(features, plan, segment, means + segment * plan.Width));
            Merge(means, plan.Segments, plan.Width);
            for (int c = 0; c < mean.Length; c++)
                mean[c] = means[c] /= pixels;
            workers.Run(plan.Segments * plan.Bands, task =>
            {
                int segment = task / plan.Bands;
                SegmentProducts<TVec>(features, plan, segment, task % plan.Bands, means, products + (long)segment * plan.Square, pool);
            });
            Merge(products, plan.Segments, plan.Square);
            Spread(products, plan.Width, 1 / Math.Max(1, pixels - 1), mean.Length, covariance);
        }
        finally
        {
            pool.Return(buffer);
        }
    }

    // The parts after the first are added to it, in order.
    private static void Merge(double* parts, int count, int length)
    {
        for (int part = 1; part < count; part++)
        {
            double* next = parts + (long)part * length;
            for (int i = 0; i < length; i++)
                parts[i] += next[i];
        }
    }

    // Only the products on and above the diagonal were summed.
    private static void Spread(double* sums, int stride, double scale, int channels, Span<double> covariance)
    {
        for (int i = 0; i < channels; i++)
        {
            for (int j = i; j < channels; j++)
                covariance[i * channels + j] = covariance[j * channels + i] = sums[(long)i * stride + j] * scale;
        }
    }

    private static void SumRows<TVec>(CpuTensor features, CovariancePlan plan, int segment, double* sums)
        where TVec : unmanaged, IVec<TVec, double>
    {
        (int first, int end) = plan.Rows(segment);
        int lanes = features.Layout.Lanes, width = plan.Region.Width;
        for (int block = 0; block < features.Layout.Blocks; block++)
        {
            for (int y = first; y < end; y++)
            {
                if (lanes == 1)
                    SumRow<VecScalar<double>>(features.At(block, y, plan.Region.X), width, 1, sums + block);
                else
                    SumRow<TVec>(features.At(block, y, plan.Region.X), width, lanes, sums + block * lanes);
            }
        }
    }

    private static void SumRow<TVec>(float* row, int width, int lanes, double* sums)
        where TVec : unmanaged, IVec<TVec, double>
    {
        for (int lane = 0; lane < lanes; lane += TVec.Count)
        {
            TVec sum = TVec.Load(sums + lane);
            for (int x = 0; x < width; x++)
                sum += TVec.LoadSingles(row + (long)x * lanes + lane);
            sum.Store(sums + lane);
        }
    }
}
