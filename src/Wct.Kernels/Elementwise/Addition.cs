using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;

namespace Wct.Kernels.Elementwise;

/// <summary>Adds two tensors.</summary>
internal static class Addition
{
    /// <summary>Scalar reference.</summary>
    internal static void Reference(ReadOnlySpan<float> first, ReadOnlySpan<float> second, Span<float> output)
    {
        for (int i = 0; i < output.Length; i++)
            output[i] = first[i] + second[i];
    }

    /// <summary>Adds whole planes with their borders. The output's borders are reflections, because those of both inputs are.</summary>
    internal static unsafe void Run<TVec>(CpuTensor first, CpuTensor second, CpuTensor output, Workers workers)
        where TVec : unmanaged, IVec<TVec, float> => ElementChunks.Run(output, workers, (offset, count) =>
        {
            float* left = first.Data + offset, right = second.Data + offset, to = output.Data + offset;
            long whole = count / TVec.Count * TVec.Count;
            Range<TVec>(left, right, to, 0, whole);
            Range<VecScalar<float>>(left, right, to, whole, count);
        });

    private static unsafe void Range<TVec>(float* left, float* right, float* to, long first, long end)
        where TVec : unmanaged, IVec<TVec, float>
    {
        for (long i = first; i < end; i += TVec.Count)
            (TVec.Load(left + i) + TVec.Load(right + i)).Store(to + i);
    }
}
