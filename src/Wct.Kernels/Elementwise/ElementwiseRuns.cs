using Wct.Kernels.Cpu;

namespace Wct.Kernels.Elementwise;

/// <summary>Division of a tensor's memory, borders and all, among threads: for work that treats every number alike.</summary>
internal static class ElementwiseRuns
{
    // A task's share of three tensors fits the second-level cache.
    private const long RunLength = 32 << 10;

    /// <summary>Calls <paramref name="body"/> with the first element and the number of elements of each run.</summary>
    internal static void Run(CpuTensor tensor, Workers workers, Action<long, long> body)
    {
        long length = tensor.Layout.Length;
        workers.Run(checked((int)((length + RunLength - 1) / RunLength)), task =>
            body(task * RunLength, Math.Min(RunLength, length - task * RunLength)));
    }
}
