using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Elementwise;

/// <summary>Computes the gradient of a ReLU: sets it to zero if the ReLU's output is not above zero.</summary>
internal static class ReluMask
{
    /// <summary>Scalar reference.</summary>
    internal static void Reference(ReadOnlySpan<float> output, Span<float> gradient)
    {
        for (int i = 0; i < gradient.Length; i++)
            gradient[i] = output[i] > 0 ? gradient[i] : 0;
    }

    /// <summary>Masks whole planes with their borders. The gradient's borders are then reflections, because those of both tensors
    /// were.</summary>
    internal static unsafe void Run<TVec>(CpuTensor output, CpuTensor gradient, Workers workers)
        where TVec : unmanaged, IVec<TVec, float> => ElementChunks.Run(gradient, workers, (offset, count) =>
        {
            float* mask = output.Data + offset, values = gradient.Data + offset;
            long whole = count / TVec.Count * TVec.Count;
            Range<TVec>(mask, values, 0, whole);
            Range<VecScalar<float>>(mask, values, whole, count);
        });

    private static unsafe void Range<TVec>(float* mask, float* values, long first, long end)
        where TVec : unmanaged, IVec<TVec, float>
    {
        TVec zero = TVec.Broadcast(0);
        for (long i = first; i < end; i += TVec.Count)
            TVec.SelectEqual(TVec.Max(TVec.Load(mask + i), zero), zero, zero, TVec.Load(values + i)).Store(values + i);
    }
}
