using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Statistics;

internal static unsafe partial class Covariance
{
    /// <summary>Computes sums and products of the features minus a provisional center in one pass, and corrects them at the end. All in
    /// double precision.</summary>
    /// <remarks>
    /// Σ(x−μ)(x−μ)ᵀ = Σ(x−c)(x−c)ᵀ − N·d·dᵀ with d = μ − c. The center c is the mean of the region's middle row. Because that row is part
    /// of the data, in each direction d² is below Height times the variance. So the subtraction loses at most log₂(Height) of the 53 bits,
    /// and none if the row is like the others. This matters because small eigenvalues must be exact even if others are large.
    /// Rows are divided into segments, whose number depends only on the region's shape. Each has its own sums, which are added in order. So
    /// the result doesn't depend on the number of threads.
    /// </remarks>
    internal static void Run<TVec>(
        CpuTensor features, Region region, Span<double> mean, Span<double> covariance, BufferPool pool, Workers workers)
        where TVec : unmanaged, IVec<TVec, double>
    {
        CovariancePlan plan = new(features.Layout, region);
        NativeBuffer buffer = pool.Rent(checked((nuint)plan.SumsLength * sizeof(double)), features.Shape);
        try
        {
            double* center = (double*)buffer.Pointer, sums = center + plan.Width, products = sums + plan.Segments * plan.Width;
            for (long i = 0; i < plan.SumsLength; i += plan.Width)
                new Span<double>(center + i, plan.Width).Clear();
            SumMiddleRow(features, region, center);
            for (int c = 0; c < mean.Length; c++)
                center[c] /= region.Width;
            workers.Run(plan.Segments * plan.Bands, task =>
            {
                int segment = task / plan.Bands;
                SegmentProducts<TVec>(
                    features, plan, segment, task % plan.Bands, center, sums + segment * plan.Width,
                    products + (long)segment * plan.Square, pool);
            });
            Merge(sums, plan.Segments, plan.Width);
            Merge(products, plan.Segments, plan.Square);
            double pixels = (double)region.Height * region.Width;
            for (int c = 0; c < mean.Length; c++)
                mean[c] = center[c] + (sums[c] /= pixels);
            Finish(products, plan.Width, sums, pixels, 1 / Math.Max(1, pixels - 1), mean.Length, covariance);
        }
        finally
        {
            pool.Return(buffer);
        }
    }

    // Adds all parts to the first one, in order.
    private static void Merge(double* parts, int count, int length)
    {
        for (int part = 1; part < count; part++)
        {
            double* next = parts + (long)part * length;
            for (int i = 0; i < length; i++)
                parts[i] += next[i];
        }
    }

    // Only the products on and above the diagonal were computed.
    private static void Finish(
        double* products, int stride, double* offset, double pixels, double scale, int channels, Span<double> covariance)
    {
        for (int i = 0; i < channels; i++)
        {
            for (int j = i; j < channels; j++)
            {
                double product = products[(long)i * stride + j] - pixels * offset[i] * offset[j];
                covariance[i * channels + j] = covariance[j * channels + i] = product * scale;
            }
        }
    }

    private static void SumMiddleRow(CpuTensor features, Region region, double* sums)
    {
        int lanes = features.Layout.Lanes;
        for (int block = 0; block < features.Layout.Blocks; block++)
        {
            float* row = features.At(block, region.Y + region.Height / 2, region.X);
            for (int x = 0; x < region.Width; x++)
            {
                for (int lane = 0; lane < lanes; lane++)
                    sums[block * lanes + lane] += row[(long)x * lanes + lane];
            }
        }
    }
}
