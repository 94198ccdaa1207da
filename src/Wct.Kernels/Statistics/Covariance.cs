using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;
using Wct.Kernels.LinearAlgebra;

namespace Wct.Kernels.Statistics;

internal static partial class Covariance
{
    // Pixels that are centred and widened at a time: with 512 channels they fill a quarter of the second-level cache.
    private const int PanelPixels = 64;

    /// <summary>Mean, then the products of the centred features, all in double: small eigenvalues must survive beside large ones.</summary>
    /// <remarks>
    /// Rows are divided into segments whose number depends on the shape alone; each has sums of its own, added in order. So the result does
    /// not depend on the threads.
    /// </remarks>
    internal static unsafe void Run<TVec>(CpuTensor features, Span<double> mean, Span<double> covariance, Workers workers)
        where TVec : unmanaged, IVec<TVec, double>
    {
        int channels = features.Shape.Channels;
        CovariancePlan plan = new(features.Layout);
        double[] means = new double[plan.Segments * plan.Width];
        workers.Run(plan.Segments, segment => SumRows<TVec>(features, plan, segment, means.AsSpan(segment * plan.Width, plan.Width)));
        double[] centre = Merge(means, plan.Segments, plan.Width);
        for (int c = 0; c < channels; c++)
            mean[c] = centre[c] /= features.Shape.Pixels;

        int square = checked(plan.Width * plan.Width);
        double[] products = new double[checked(plan.Segments * square)];
        workers.Run(plan.Segments * plan.Bands, task =>
        {
            int segment = task / plan.Bands;
            SegmentProducts<TVec>(features, plan, segment, task % plan.Bands, centre, products.AsSpan(segment * square, square));
        });

        double[] sums = Merge(products, plan.Segments, square);
        double scale = 1.0 / Math.Max(1, features.Shape.Pixels - 1);
        for (int i = 0; i < channels; i++)
        {
            for (int j = i; j < channels; j++)
                covariance[i * channels + j] = covariance[j * channels + i] = sums[i * plan.Width + j] * scale;
        }
    }

    private static double[] Merge(double[] parts, int count, int length)
    {
        double[] sum = parts[..length];
        for (int part = 1; part < count; part++)
        {
            for (int i = 0; i < length; i++)
                sum[i] += parts[part * length + i];
        }

        return sum;
    }

    private static unsafe void SumRows<TVec>(CpuTensor features, CovariancePlan plan, int segment, Span<double> sums)
        where TVec : unmanaged, IVec<TVec, double>
    {
        (int first, int end) = plan.Rows(segment);
        int lanes = features.Layout.Lanes, width = features.Shape.Width;
        fixed (double* sum = sums)
        {
            for (int block = 0; block < features.Layout.Blocks; block++)
            {
                for (int y = first; y < end; y++)
                {
                    if (lanes == 1)
                        SumRow<VecScalar<double>>(features.At(block, y, 0), width, 1, sum + block);
                    else
                        SumRow<TVec>(features.At(block, y, 0), width, lanes, sum + block * lanes);
                }
            }
        }
    }

    private static unsafe void SumRow<TVec>(float* row, int width, int lanes, double* sums)
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

    private static unsafe void SegmentProducts<TVec>(
        CpuTensor features, CovariancePlan plan, int segment, int band, double[] mean, Span<double> products)
        where TVec : unmanaged, IVec<TVec, double>
    {
        (int first, int end) = plan.Rows(segment);
        (int firstChannel, int endChannel) = plan.BandChannels(band);
        int stride = TransposedProduct.PaddedStride(plan.Width);
        double[] panel = new double[PanelPixels * stride];
        fixed (double* panelStart = panel, centre = mean, sums = products)
        {
            int filled = 0;
            for (int y = first; y < end; y++)
            {
                for (int x = 0; x < features.Shape.Width;)
                {
                    int count = Math.Min(PanelPixels - filled, features.Shape.Width - x);
                    Centre<TVec>(features, y, x, count, centre, panelStart + filled * stride, stride, firstChannel);
                    filled += count;
                    x += count;
                    if (filled < PanelPixels && (y < end - 1 || x < features.Shape.Width))
                        continue;
                    TransposedProduct.Add<TVec>(
                        panelStart, stride, panelStart, stride, filled, firstChannel, endChannel, true, plan.Width, sums, plan.Width);
                    filled = 0;
                }
            }
        }
    }

    private static unsafe void Centre<TVec>(
        CpuTensor features, int y, int x, int count, double* mean, double* panel, int stride, int firstChannel)
        where TVec : unmanaged, IVec<TVec, double>
    {
        int lanes = features.Layout.Lanes;
        for (int block = firstChannel / lanes; block < features.Layout.Blocks; block++)
        {
            float* row = features.At(block, y, x);
            double* centre = mean + block * lanes, destination = panel + block * lanes;
            for (int p = 0; p < count; p++, row += lanes, destination += stride)
            {
                if (lanes == 1)
                    *destination = *row - *centre;
                for (int lane = 0; lanes > 1 && lane < lanes; lane += TVec.Count)
                    (TVec.LoadSingles(row + lane) - TVec.Load(centre + lane)).Store(destination + lane);
            }
        }
    }
}
