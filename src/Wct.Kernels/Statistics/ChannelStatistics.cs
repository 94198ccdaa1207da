using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Statistics;

internal static unsafe partial class ChannelStatistics
{
    // A segment has at least this many pixels, and a map at most this many segments.
    private const int SegmentPixels = 4096, MaxSegments = 16;

    /// <summary>Sums the features minus a provisional center, and their squares, in one pass in double precision.</summary>
    /// <remarks>As in <see cref="Covariance.Run"/>, the center is the mean of the region's middle row. Each segment of rows has its own
    /// sums, which are added in order, so the result doesn't depend on the number of threads.</remarks>
    internal static void Run<TVec>(CpuTensor features, Region region, Span<double> mean, Span<double> variance, Workers workers)
        where TVec : unmanaged, IVec<TVec, double>
    {
        int lanes = features.Layout.Lanes, width = features.Layout.Blocks * lanes;
        int segments = (int)Math.Clamp((long)region.Height * region.Width / SegmentPixels, 1, Math.Min(MaxSegments, region.Height));
        double[] centers = new double[width], sums = new double[segments * width], squares = new double[segments * width];
        workers.Run(features.Layout.Blocks, block => SumMiddleRow(features, block, region, centers));
        workers.Run(segments * features.Layout.Blocks, task =>
        {
            int segment = task / features.Layout.Blocks, block = task % features.Layout.Blocks;
            int first = (int)((long)region.Height * segment / segments), end = (int)((long)region.Height * (segment + 1) / segments);
            fixed (double* center = &centers[block * lanes], sum = &sums[segment * width + block * lanes],
                square = &squares[segment * width + block * lanes])
            {
                for (int y = first; y < end; y++)
                {
                    float* row = features.At(block, region.Y + y, region.X);
                    if (lanes == 1)
                        AddPlaneRow<TVec>(row, region.Width, *center, sum, square);
                    else
                        AddBlockRow<TVec>(row, region.Width, center, sum, square);
                }
            }
        });

        double pixels = (double)region.Height * region.Width;
        for (int c = 0; c < mean.Length; c++)
        {
            double sum = 0, square = 0;
            for (int segment = 0; segment < segments; segment++)
            {
                sum += sums[segment * width + c];
                square += squares[segment * width + c];
            }

            double offset = sum / pixels;
            mean[c] = centers[c] + offset;
            variance[c] = Math.Max(0, square / pixels - offset * offset);
        }
    }

    private static void SumMiddleRow(CpuTensor features, int block, Region region, double[] centers)
    {
        int lanes = features.Layout.Lanes;
        float* row = features.At(block, region.Y + region.Height / 2, region.X);
        for (int lane = 0; lane < lanes; lane++)
        {
            double sum = 0;
            for (int x = 0; x < region.Width; x++)
                sum += row[(long)x * lanes + lane];
            centers[block * lanes + lane] = sum / region.Width;
        }
    }

    // Each lane of a vector is a channel. Two pixels at a time have sums of their own, because an addition takes several cycles.
    private static void AddBlockRow<TVec>(float* row, int width, double* center, double* sums, double* squares)
        where TVec : unmanaged, IVec<TVec, double>
    {
        for (int lane = 0; lane < BlockedLayout.BlockLanes; lane += TVec.Count)
        {
            TVec middle = TVec.Load(center + lane), zero = TVec.Broadcast(0), sum = zero, square = zero, sum2 = zero, square2 = zero;
            float* pixel = row + lane;
            int x = 0;
            for (; x + 1 < width; x += 2, pixel += 2 * BlockedLayout.BlockLanes)
            {
                TVec value = TVec.LoadSingles(pixel) - middle, next = TVec.LoadSingles(pixel + BlockedLayout.BlockLanes) - middle;
                sum += value;
                sum2 += next;
                square = TVec.MultiplyAdd(value, value, square);
                square2 = TVec.MultiplyAdd(next, next, square2);
            }

            if (x < width)
            {
                TVec value = TVec.LoadSingles(pixel) - middle;
                sum += value;
                square = TVec.MultiplyAdd(value, value, square);
            }

            (TVec.Load(sums + lane) + (sum + sum2)).Store(sums + lane);
            (TVec.Load(squares + lane) + (square + square2)).Store(squares + lane);
        }
    }

    // Each lane of a vector is a pixel.
    private static void AddPlaneRow<TVec>(float* row, int width, double center, double* sums, double* squares)
        where TVec : unmanaged, IVec<TVec, double>
    {
        TVec middle = TVec.Broadcast(center), sum = TVec.Broadcast(0), square = sum;
        int x = 0;
        for (; x <= width - TVec.Count; x += TVec.Count)
        {
            TVec value = TVec.LoadSingles(row + x) - middle;
            sum += value;
            square = TVec.MultiplyAdd(value, value, square);
        }

        double rest = TVec.Sum(sum), restSquare = TVec.Sum(square);
        for (; x < width; x++)
        {
            double value = row[x] - center;
            rest += value;
            restSquare += value * value;
        }

        *sums += rest;
        *squares += restSquare;
    }
}
