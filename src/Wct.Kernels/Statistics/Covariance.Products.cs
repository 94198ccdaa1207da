using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;
using Wct.Kernels.LinearAlgebra;

namespace Wct.Kernels.Statistics;

internal static unsafe partial class Covariance
{
    // A band of a segment's products, a panel of centred pixels at a time.
    private static void SegmentProducts<TVec>(
        CpuTensor features, CovariancePlan plan, int segment, int band, double* centre, double* products, BufferPool pool)
        where TVec : unmanaged, IVec<TVec, double>
    {
        (int first, int end) = plan.Rows(segment);
        (int firstChannel, int endChannel) = plan.BandChannels(band);
        int stride = TransposedProduct.PaddedStride(plan.Width), endColumn = plan.Region.X + plan.Region.Width, filled = 0;
        NativeBuffer buffer = pool.Rent((nuint)plan.PanelLength * sizeof(double), features.Shape);
        double* panel = (double*)buffer.Pointer;
        // The few channels beside those that a small map has are never written below, and must not be anything but numbers.
        new Span<double>(panel, plan.PanelLength).Clear();
        for (int y = first; y < end; y++)
        {
            for (int x = plan.Region.X; x < endColumn;)
            {
                int count = Math.Min(CovariancePlan.PanelPixels - filled, endColumn - x);
                Centre<TVec>(features, y, x, count, centre, panel + filled * stride, stride, firstChannel);
                filled += count;
                x += count;
                if (filled < CovariancePlan.PanelPixels && (y < end - 1 || x < endColumn))
                    continue;
                TransposedProduct.Add<TVec>(panel, stride, panel, stride, filled, firstChannel, endChannel, true, plan.Width, products, plan.Width);
                filled = 0;
            }
        }

        pool.Return(buffer);
    }

    private static void Centre<TVec>(
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
