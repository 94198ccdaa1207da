using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;
using Wct.Kernels.Elementwise;

namespace Wct.Kernels.Patches;

internal static partial class LargestScores
{
    /// <summary>Compares whole planes with their borders. The borders of the result are reflections, because those of the scores
    /// are.</summary>
    internal static unsafe void Run<TVec>(CpuTensor scores, int first, CpuTensor best, Workers workers)
        where TVec : unmanaged, IVec<TVec, float>
    {
        BlockedLayout layout = scores.Layout;
        ElementChunks.RunPixels(1, layout.BlockPixels, layout.Blocks * layout.Lanes, workers, (_, start, count) =>
        {
            float* from = scores.Data + start * layout.Lanes, largest = best.Data + start, numbers = largest + best.Layout.BlockStride;
            if (first == 0)
            {
                new Span<float>(largest, (int)count).Fill(float.NegativeInfinity);
                new Span<float>(numbers, (int)count).Clear();
            }

            if (layout.Lanes == 1)
            {
                long whole = count / TVec.Count * TVec.Count;
                Planes<TVec>(from, layout, first, largest, numbers, 0, whole);
                Planes<VecScalar<float>>(from, layout, first, largest, numbers, whole, count);
            }
            else
            {
                Blocks<TVec>(from, layout, first, largest, numbers, count);
            }
        });
    }

    // The lanes of a vector are pixels.
    private static unsafe void Planes<TVec>(
        float* scores, BlockedLayout layout, int first, float* largest, float* numbers, long start, long end)
        where TVec : unmanaged, IVec<TVec, float>
    {
        for (long i = start; i < end; i += TVec.Count)
        {
            TVec score = TVec.Load(largest + i), number = TVec.Load(numbers + i);
            for (int c = 0; c < layout.Blocks; c++)
            {
                TVec next = TVec.Load(scores + c * layout.BlockStride + i);
                number = TVec.SelectGreater(next, score, TVec.Broadcast(first + c), number);
                score = TVec.SelectGreater(next, score, next, score);
            }

            score.Store(largest + i);
            number.Store(numbers + i);
        }
    }

    // The lanes of a vector are candidates of one pixel. Each lane finds its best candidate above the best so far. Most batches have none,
    // so the lanes are rarely compared with each other.
    private static unsafe void Blocks<TVec>(
        float* scores, BlockedLayout layout, int first, float* largest, float* numbers, long pixels)
        where TVec : unmanaged, IVec<TVec, float>
    {
        const int Lanes = BlockedLayout.BlockLanes;
        int wholeBlocks = layout.Shape.Channels / Lanes, rest = layout.Shape.Channels % Lanes;
        float* laneScores = stackalloc float[Lanes], laneBlocks = stackalloc float[Lanes];
        TVec zero = TVec.Broadcast(0), one = TVec.Broadcast(1);
        for (long i = 0; i < pixels; i++, scores += Lanes)
        {
            TVec before = TVec.Broadcast(largest[i]), improved = zero;
            for (int lane = 0; lane < Lanes; lane += TVec.Count)
            {
                TVec score = before, block = zero;
                for (int b = 0; b < wholeBlocks; b++)
                {
                    TVec next = TVec.Load(scores + b * layout.BlockStride + lane);
                    block = TVec.SelectGreater(next, score, TVec.Broadcast(b), block);
                    score = TVec.SelectGreater(next, score, next, score);
                }

                score.Store(laneScores + lane);
                block.Store(laneBlocks + lane);
                improved += TVec.SelectGreater(score, before, one, zero);
            }

            if (TVec.Sum(improved) > 0)
            {
                (largest[i], int candidate) = Largest(laneScores, laneBlocks);
                numbers[i] = first + candidate;
            }

            // Lanes beyond the last candidate are zero, which may be more than its score.
            float* last = scores + wholeBlocks * layout.BlockStride;
            for (int c = 0; c < rest; c++)
            {
                if (last[c] > largest[i])
                    (largest[i], numbers[i]) = (last[c], first + wholeBlocks * Lanes + c);
            }
        }
    }

    // Returns the largest of the lanes' scores, and the first of its candidates. The scores are compared first, because a branch for each
    // would be mispredicted several times. None is NaN.
    private static unsafe (float Score, int Candidate) Largest(float* scores, float* blocks)
    {
        float largest = scores[0];
        for (int lane = 1; lane < BlockedLayout.BlockLanes; lane++)
            largest = float.MaxNative(largest, scores[lane]);
        int first = int.MaxValue;
        for (int lane = 0; lane < BlockedLayout.BlockLanes; lane++)
        {
            if (scores[lane] == largest)
                first = Math.Min(first, (int)blocks[lane] * BlockedLayout.BlockLanes + lane);
        }

        return (largest, first);
    }
}
