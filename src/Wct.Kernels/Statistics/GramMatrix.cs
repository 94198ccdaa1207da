using System.Runtime.CompilerServices;
using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Statistics;

internal static unsafe partial class GramMatrix
{
    private const int Lanes = BlockedLayout.BlockLanes, TileRows = 4;

    // Pixels whose products are summed in single precision. Rounding errors of sums of 4096 positive numbers stay near 1e-6.
    private const int GroupPixels = 4096;

    // Pixels of a row that are multiplied at a time: the strips of all channels stay in the L2 cache.
    private const int RunPixels = 128;

    /// <summary>Computes the upper triangle in register tiles, and mirrors it. The features are read where they are, without a
    /// copy.</summary>
    /// <remarks>Segments of rows and bands of the matrix are those of a covariance (<see cref="CovariancePlan"/>): they depend only on the
    /// shape, and so does the order of additions.</remarks>
    internal static void Run<TVec>(CpuTensor features, Span<double> gram, BufferPool pool, Workers workers)
        where TVec : unmanaged, IVec<TVec, float>
    {
        if (features.Layout.Lanes == 1)
        {
            Planes(features, gram);
            return;
        }

        CovariancePlan plan = new(features.Layout, Region.Of(features.Shape));
        NativeBuffer buffer = pool.Rent(checked((nuint)((long)plan.Segments * plan.Square) * sizeof(double)), features.Shape);
        try
        {
            double* sums = (double*)buffer.Pointer;
            workers.Run(plan.Segments * plan.Bands, task =>
            {
                int segment = task / plan.Bands;
                Segment<TVec>(features, plan, segment, task % plan.Bands, sums + (long)segment * plan.Square, pool);
            });
            int channels = features.Shape.Channels;
            for (int i = 0; i < channels; i++)
            {
                for (int j = i; j < channels; j++)
                {
                    double sum = 0;
                    for (int segment = 0; segment < plan.Segments; segment++)
                        sum += sums[(long)segment * plan.Square + (long)i * plan.Width + j];
                    gram[i * channels + j] = gram[j * channels + i] = sum;
                }
            }
        }
        finally
        {
            pool.Return(buffer);
        }
    }

    // Computes a band of the matrix's rows for a segment of the picture's rows.
    private static void Segment<TVec>(CpuTensor features, CovariancePlan plan, int segment, int band, double* sums, BufferPool pool)
        where TVec : unmanaged, IVec<TVec, float>
    {
        (int first, int end) = plan.Rows(segment);
        (int firstChannel, int endChannel) = plan.BandChannels(band);
        int width = features.Shape.Width, rowsPerGroup = Math.Max(1, GroupPixels / width);
        int length = (endChannel - firstChannel) * plan.Width;
        double* own = sums + (long)firstChannel * plan.Width;
        NativeBuffer buffer = pool.Rent((nuint)length * sizeof(float), features.Shape);
        float* group = (float*)buffer.Pointer;
        new Span<double>(own, length).Clear();
        for (int y = first; y < end; y += rowsPerGroup)
        {
            new Span<float>(group, length).Clear();
            for (int row = y; row < Math.Min(end, y + rowsPerGroup); row++)
            {
                for (int x = 0; x < width; x += RunPixels)
                    AddRun<TVec>(features, row, x, Math.Min(RunPixels, width - x), firstChannel, endChannel, group, plan.Width);
            }

            for (int i = 0; i < length; i++)
                own[i] += group[i];
        }

        pool.Return(buffer);
    }

    // Adds the products of neighboring pixels, in the tiles that reach the diagonal or are above it. The outer loop runs over columns, so
    // that their strip stays in the L1 cache.
    private static void AddRun<TVec>(
        CpuTensor features, int y, int x, int pixels, int firstChannel, int endChannel, float* sums, int stride)
        where TVec : unmanaged, IVec<TVec, float>
    {
        for (int column = firstChannel; column < stride; column += 2 * TVec.Count)
        {
            int second = Math.Min(column + TVec.Count, stride - TVec.Count);
            float* right0 = features.At(column / Lanes, y, x) + column % Lanes, right1 = features.At(second / Lanes, y, x) + second % Lanes;
            for (int row = firstChannel; row < Math.Min(endChannel, column + 2 * TVec.Count); row += TileRows)
            {
                float* left = features.At(row / Lanes, y, x) + row % Lanes;
                float* sum = sums + (long)(row - firstChannel) * stride;
                if (second == column)
                    Tile4x1<TVec>(left, right0, pixels, sum + column, stride);
                else
                    Tile4x2<TVec>(left, right0, right1, pixels, sum + column, sum + second, stride);
            }
        }
    }

    // Four channels times two vectors of channels. Eight accumulators hide the latency of the multiply-add.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile4x2<TVec>(float* left, float* right0, float* right1, int pixels, float* sums0, float* sums1, int stride)
        where TVec : unmanaged, IVec<TVec, float>
    {
        TVec a0 = TVec.Load(sums0), a1 = TVec.Load(sums0 + stride), a2 = TVec.Load(sums0 + 2 * stride), a3 = TVec.Load(sums0 + 3 * stride);
        TVec b0 = TVec.Load(sums1), b1 = TVec.Load(sums1 + stride), b2 = TVec.Load(sums1 + 2 * stride), b3 = TVec.Load(sums1 + 3 * stride);
        for (int p = 0; p < pixels; p++, left += Lanes, right0 += Lanes, right1 += Lanes)
        {
            TVec x0 = TVec.Load(right0), x1 = TVec.Load(right1);
            TVec l0 = TVec.Broadcast(left[0]), l1 = TVec.Broadcast(left[1]), l2 = TVec.Broadcast(left[2]), l3 = TVec.Broadcast(left[3]);
            a0 = TVec.MultiplyAdd(l0, x0, a0);
            b0 = TVec.MultiplyAdd(l0, x1, b0);
            a1 = TVec.MultiplyAdd(l1, x0, a1);
            b1 = TVec.MultiplyAdd(l1, x1, b1);
            a2 = TVec.MultiplyAdd(l2, x0, a2);
            b2 = TVec.MultiplyAdd(l2, x1, b2);
            a3 = TVec.MultiplyAdd(l3, x0, a3);
            b3 = TVec.MultiplyAdd(l3, x1, b3);
        }

        a0.Store(sums0);
        a1.Store(sums0 + stride);
        a2.Store(sums0 + 2 * stride);
        a3.Store(sums0 + 3 * stride);
        b0.Store(sums1);
        b1.Store(sums1 + stride);
        b2.Store(sums1 + 2 * stride);
        b3.Store(sums1 + 3 * stride);
    }

    // Four channels times one vector, for an odd number of vectors of channels.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile4x1<TVec>(float* left, float* right, int pixels, float* sums, int stride)
        where TVec : unmanaged, IVec<TVec, float>
    {
        TVec a0 = TVec.Load(sums), a1 = TVec.Load(sums + stride), a2 = TVec.Load(sums + 2 * stride), a3 = TVec.Load(sums + 3 * stride);
        for (int p = 0; p < pixels; p++, left += Lanes, right += Lanes)
        {
            TVec x = TVec.Load(right);
            a0 = TVec.MultiplyAdd(TVec.Broadcast(left[0]), x, a0);
            a1 = TVec.MultiplyAdd(TVec.Broadcast(left[1]), x, a1);
            a2 = TVec.MultiplyAdd(TVec.Broadcast(left[2]), x, a2);
            a3 = TVec.MultiplyAdd(TVec.Broadcast(left[3]), x, a3);
        }

        a0.Store(sums);
        a1.Store(sums + stride);
        a2.Store(sums + 2 * stride);
        a3.Store(sums + 3 * stride);
    }

    // For maps with fewer than 8 channels: pictures, which no network's tap is.
    private static void Planes(CpuTensor features, Span<double> gram)
    {
        int channels = features.Shape.Channels;
        for (int i = 0; i < channels; i++)
        {
            for (int j = i; j < channels; j++)
            {
                double sum = 0;
                for (int y = 0; y < features.Shape.Height; y++)
                {
                    float* left = features.At(i, y, 0), right = features.At(j, y, 0);
                    for (int x = 0; x < features.Shape.Width; x++)
                        sum += (double)left[x] * right[x];
                }

                gram[i * channels + j] = gram[j * channels + i] = sum;
            }
        }
    }
}
