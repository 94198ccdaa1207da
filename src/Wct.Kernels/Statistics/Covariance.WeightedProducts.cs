using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Statistics;

internal static unsafe partial class Covariance
{
    // Computes a band of a segment's sums and products. Each pixel is multiplied by the square root of its weight, so that products are
    // multiplied by the weight.
    private static void WeightedProducts<TVec>(
        CpuTensor features, CpuTensor weights, CovariancePlan plan, int segment, int band, double* center, double* sums, double* products,
        BufferPool pool)
        where TVec : unmanaged, IVec<TVec, double>
    {
        (int first, int end) = plan.Rows(segment);
        (int firstChannel, int endChannel) = plan.BandChannels(band);
        int width = plan.Region.Width, filled = 0;
        int* pixels = stackalloc int[CovariancePlan.PanelPixels];
        double* roots = stackalloc double[CovariancePlan.PanelPixels];
        NativeBuffer buffer = pool.Rent((nuint)plan.BandLength * sizeof(double), features.Shape);
        double* panel = (double*)buffer.Pointer, bandSums = panel + plan.PanelLength;
        // In small maps, the padding channels are never written below. Zeros keep their products finite.
        new Span<double>(panel, plan.BandLength).Clear();
        for (int y = first; y < end; y++)
        {
            float* weight = weights.At(0, y - plan.Region.Y, 0);
            ReadOnlySpan<float> row = new(weight, width);
            int last = row.LastIndexOfAnyExcept(0f) + 1;
            for (int x = last == 0 ? 0 : row.IndexOfAnyExcept(0f); x < last;)
            {
                int count = Math.Min(CovariancePlan.PanelPixels - filled, last - x),
                    kept = WeightedPixels(weight + x, count, pixels, roots);
                CenterWeighted<TVec>(
                    features, y, plan.Region.X + x, pixels, roots, kept, firstChannel, center, panel + filled * Lanes, bandSums);
                filled += kept;
                x += count;
                if (filled == CovariancePlan.PanelPixels)
                    Flush();
            }
        }

        Flush();
        for (int c = firstChannel; c < endChannel; c++)
            sums[c] = bandSums[c];
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
        CpuTensor features, int y, int x, int* pixels, double* roots, int count, int firstChannel, double* center, double* panel,
        double* sums)
        where TVec : unmanaged, IVec<TVec, double>
    {
        int lanes = features.Layout.Lanes, strip = CovariancePlan.PanelPixels * Lanes;
        for (int channel = firstChannel; channel < features.Layout.Blocks * lanes; channel += lanes)
        {
            float* row = features.At(channel / lanes, y, x);
            if (lanes > 1)
            {
                CenterWeightedStrip<TVec>(
                    row, pixels, roots, count, center + channel, panel + channel / lanes * strip, sums + channel);
                continue;
            }

            for (int p = 0; p < count; p++)
                sums[channel] += roots[p] * (panel[channel + p * Lanes] = (row[pixels[p]] - center[channel]) * roots[p]);
        }
    }

    private static void CenterWeightedStrip<TVec>(
        float* row, int* pixels, double* roots, int count, double* center, double* strip, double* sums)
        where TVec : unmanaged, IVec<TVec, double>
    {
        for (int lane = 0; lane < Lanes; lane += 2 * TVec.Count)
        {
            TVec mean0 = TVec.Load(center + lane), mean1 = TVec.Load(center + lane + TVec.Count);
            TVec sum0 = TVec.Load(sums + lane), sum1 = TVec.Load(sums + lane + TVec.Count);
            double* destination = strip + lane;
            for (int p = 0; p < count; p++, destination += Lanes)
            {
                float* source = row + pixels[p] * Lanes + lane;
                TVec root = TVec.Broadcast(roots[p]);
                TVec value0 = (TVec.LoadSingles(source) - mean0) * root, value1 = (TVec.LoadSingles(source + TVec.Count) - mean1) * root;
                value0.Store(destination);
                value1.Store(destination + TVec.Count);
                sum0 = TVec.MultiplyAdd(value0, root, sum0);
                sum1 = TVec.MultiplyAdd(value1, root, sum1);
            }

            sum0.Store(sums + lane);
            sum1.Store(sums + lane + TVec.Count);
        }
    }
}
