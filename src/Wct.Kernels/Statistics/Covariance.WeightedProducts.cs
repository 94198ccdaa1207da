using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Statistics;

internal static unsafe partial class Covariance
{
    // Computes a band of a segment's products. Each pixel is multiplied by the square root of its weight, so that products are multiplied
    // by the weight.
    private static void WeightedProducts<TVec>(
        CpuTensor features, CpuTensor weights, CovariancePlan plan, int segment, int band, double* center, double* products,
        BufferPool pool)
        where TVec : unmanaged, IVec<TVec, double>
    {
        (int first, int end) = plan.Rows(segment);
        (int firstChannel, int endChannel) = plan.BandChannels(band);
        int width = plan.Region.Width, filled = 0;
        int* pixels = stackalloc int[CovariancePlan.PanelPixels];
        double* roots = stackalloc double[CovariancePlan.PanelPixels];
        NativeBuffer buffer = pool.Rent((nuint)plan.BandLength * sizeof(double), features.Shape);
        double* panel = (double*)buffer.Pointer;
        // In small maps, the padding channels are never written below. Zeros keep their products finite.
        new Span<double>(panel, plan.PanelLength).Clear();
        for (int y = first; y < end; y++)
        {
            float* weight = weights.At(0, y - plan.Region.Y, 0);
            for (int x = 0; x < width;)
            {
                int count = Math.Min(CovariancePlan.PanelPixels - filled, width - x),
                    kept = WeightedPixels(weight + x, count, pixels, roots);
                CenterWeighted<TVec>(features, y, plan.Region.X + x, pixels, roots, kept, firstChannel, center, panel + filled * Lanes);
                filled += kept;
                x += count;
                if (filled == CovariancePlan.PanelPixels)
                    Flush();
            }
        }

        Flush();
        pool.Return(buffer);

        void Flush()
        {
            for (int row = firstChannel; row < endChannel && filled > 0; row += CovariancePlan.PanelRows)
                AddPanel<TVec>(panel, plan, filled, row, Math.Min(endChannel, row + CovariancePlan.PanelRows), products);
            filled = 0;
        }
    }

    // Finds the pixels with a nonzero weight, and the square roots of their weights.
    private static int WeightedPixels(float* weight, int count, int* pixels, double* roots)
    {
        int kept = 0;
        for (int p = 0; p < count; p++)
        {
            if (!(weight[p] > 0))
                continue;
            pixels[kept] = p;
            roots[kept++] = Math.Sqrt(weight[p]);
        }

        return kept;
    }

    private static void CenterWeighted<TVec>(
        CpuTensor features, int y, int x, int* pixels, double* roots, int count, int firstChannel, double* center, double* panel)
        where TVec : unmanaged, IVec<TVec, double>
    {
        int lanes = features.Layout.Lanes, strip = CovariancePlan.PanelPixels * Lanes;
        for (int channel = firstChannel; channel < features.Layout.Blocks * lanes; channel += lanes)
        {
            float* row = features.At(channel / lanes, y, x);
            if (lanes > 1)
            {
                CenterWeightedStrip<TVec>(row, pixels, roots, count, center + channel, panel + channel / lanes * strip);
                continue;
            }

            for (int p = 0; p < count; p++)
                panel[channel + p * Lanes] = (row[pixels[p]] - center[channel]) * roots[p];
        }
    }

    private static void CenterWeightedStrip<TVec>(float* row, int* pixels, double* roots, int count, double* center, double* strip)
        where TVec : unmanaged, IVec<TVec, double>
    {
        for (int lane = 0; lane < Lanes; lane += TVec.Count)
        {
            TVec mean = TVec.Load(center + lane);
            double* destination = strip + lane;
            for (int p = 0; p < count; p++, destination += Lanes)
                ((TVec.LoadSingles(row + pixels[p] * Lanes + lane) - mean) * TVec.Broadcast(roots[p])).Store(destination);
        }
    }
}
