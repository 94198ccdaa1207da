using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;
using Wct.Kernels.LinearAlgebra;

namespace Wct.Kernels.Statistics;

internal static unsafe partial class Covariance
{
    private const int Lanes = BlockedLayout.BlockLanes;

    // Computes a band of a segment's sums and products, one panel of centered pixels at a time.
    private static void SegmentProducts<TVec>(
        CpuTensor features, CovariancePlan plan, int segment, int band, double* center, double* sums, double* products, BufferPool pool)
        where TVec : unmanaged, IVec<TVec, double>
    {
        (int first, int end) = plan.Rows(segment);
        (int firstChannel, int endChannel) = plan.BandChannels(band);
        int endColumn = plan.Region.X + plan.Region.Width, filled = 0;
        NativeBuffer buffer = pool.Rent((nuint)plan.BandLength * sizeof(double), features.Shape);
        double* panel = (double*)buffer.Pointer, bandSums = panel + plan.PanelLength;
        // In small maps, the padding channels are never written below. Zeros keep their products finite.
        new Span<double>(panel, plan.BandLength).Clear();
        for (int y = first; y < end; y++)
        {
            for (int x = plan.Region.X; x < endColumn;)
            {
                int count = Math.Min(CovariancePlan.PanelPixels - filled, endColumn - x);
                Center<TVec>(features, y, x, count, firstChannel, center, panel + filled * Lanes, bandSums);
                filled += count;
                x += count;
                if (filled < CovariancePlan.PanelPixels && (y < end - 1 || x < endColumn))
                    continue;
                for (int row = firstChannel; row < endChannel; row += CovariancePlan.PanelRows)
                    AddPanel<TVec>(panel, plan, filled, row, Math.Min(endChannel, row + CovariancePlan.PanelRows), products);
                filled = 0;
            }
        }

        for (int c = firstChannel; c < endChannel; c++)
            sums[c] = bandSums[c];
        pool.Return(buffer);
    }

    // Adds the products of some rows of the matrix, in the tiles that reach the diagonal or are above it. The outer loop runs over columns,
    // so that their strip stays in the L1 cache.
    private static void AddPanel<TVec>(double* panel, CovariancePlan plan, int pixels, int firstRow, int endRow, double* products)
        where TVec : unmanaged, IVec<TVec, double>
    {
        int width = 2 * TVec.Count, strip = CovariancePlan.PanelPixels * Lanes, stride = plan.Width;
        for (int j = firstRow; j < stride; j += width)
        {
            double* right = panel + j / Lanes * strip + j % Lanes;
            for (int i = firstRow; i < Math.Min(endRow, j + width); i += TransposedProduct.TileRows)
            {
                double* left = panel + i / Lanes * strip + i % Lanes;
                TransposedProduct.Tile4x2<TVec>(left, Lanes, right, Lanes, pixels, products + (long)i * stride + j, stride);
            }
        }
    }

    private static void Center<TVec>(
        CpuTensor features, int y, int x, int count, int firstChannel, double* center, double* panel, double* sums)
        where TVec : unmanaged, IVec<TVec, double>
    {
        int lanes = features.Layout.Lanes, strip = CovariancePlan.PanelPixels * Lanes;
        for (int channel = firstChannel; channel < features.Layout.Blocks * lanes; channel += lanes)
        {
            float* row = features.At(channel / lanes, y, x);
            if (lanes == 1)
                CenterPlane(row, count, center[channel], panel + channel, ref sums[channel]);
            else
                CenterStrip<TVec>(row, count, center + channel, panel + channel / lanes * strip, sums + channel);
        }
    }

    // Processes two vectors at a time, so that additions to their sums don't wait for each other.
    private static void CenterStrip<TVec>(float* row, int count, double* center, double* strip, double* sums)
        where TVec : unmanaged, IVec<TVec, double>
    {
        for (int lane = 0; lane < Lanes; lane += 2 * TVec.Count)
        {
            TVec mean0 = TVec.Load(center + lane), mean1 = TVec.Load(center + lane + TVec.Count);
            TVec sum0 = TVec.Load(sums + lane), sum1 = TVec.Load(sums + lane + TVec.Count);
            float* source = row + lane;
            double* destination = strip + lane;
            for (int p = 0; p < count; p++, source += Lanes, destination += Lanes)
            {
                TVec value0 = TVec.LoadSingles(source) - mean0, value1 = TVec.LoadSingles(source + TVec.Count) - mean1;
                value0.Store(destination);
                value1.Store(destination + TVec.Count);
                sum0 += value0;
                sum1 += value1;
            }

            sum0.Store(sums + lane);
            sum1.Store(sums + lane + TVec.Count);
        }
    }

    // For maps with fewer than 8 channels. All their channels are in the only strip.
    private static void CenterPlane(float* row, int count, double center, double* strip, ref double sum)
    {
        for (int p = 0; p < count; p++)
            sum += strip[p * Lanes] = row[p] - center;
    }
}
