using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Elementwise;

/// <summary>Multiplies each pixel by a weight, and adds the result to the output if wanted.</summary>
/// <remarks>The product is rounded before it is added. A fused operation would give other bytes on processors that lack it.</remarks>
internal static partial class WeightedAddition
{
    /// <summary>Computes whole planes with their borders. The output's borders are reflections, because those of all inputs are.</summary>
    internal static unsafe void Run<TVec>(CpuTensor features, CpuTensor weights, CpuTensor output, bool accumulate, Workers workers)
        where TVec : unmanaged, IVec<TVec, float>
    {
        BlockedLayout layout = output.Layout;
        ElementChunks.RunPixels(layout.Blocks, layout.BlockPixels, layout.Lanes, workers, (block, first, count) =>
        {
            long offset = block * layout.BlockStride + first * layout.Lanes;
            float* from = features.Data + offset, factors = weights.Data + first, to = output.Data + offset;
            if (layout.Lanes == 1)
            {
                long whole = count / TVec.Count * TVec.Count;
                Plane<TVec>(from, factors, to, 0, whole, accumulate);
                Plane<VecScalar<float>>(from, factors, to, whole, count, accumulate);
            }
            else
            {
                Block<TVec>(from, factors, to, count, accumulate);
            }
        });
    }

    // The lanes of a vector are pixels. In a block they are channels of one pixel.
    private static unsafe void Plane<TVec>(float* features, float* weights, float* output, long first, long end, bool accumulate)
        where TVec : unmanaged, IVec<TVec, float>
    {
        for (long i = first; i < end; i += TVec.Count)
        {
            TVec product = TVec.Load(weights + i) * TVec.Load(features + i);
            (accumulate ? TVec.Load(output + i) + product : product).Store(output + i);
        }
    }

    /// <summary>Computes neighboring pixels of a block of 16 channels.</summary>
    internal static unsafe void Block<TVec>(float* features, float* weights, float* output, long pixels, bool accumulate)
        where TVec : unmanaged, IVec<TVec, float>
    {
        for (long i = 0; i < pixels; i++)
        {
            TVec weight = TVec.Broadcast(weights[i]);
            for (long at = i * BlockedLayout.BlockLanes; at < (i + 1) * BlockedLayout.BlockLanes; at += TVec.Count)
            {
                TVec product = weight * TVec.Load(features + at);
                (accumulate ? TVec.Load(output + at) + product : product).Store(output + at);
            }
        }
    }
}
