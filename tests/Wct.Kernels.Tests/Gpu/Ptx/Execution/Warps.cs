namespace Wct.Kernels.Tests.Gpu.Ptx.Execution;

/// <summary>What a warp's 32 threads do together.</summary>
internal delegate void WarpOperation(ThreadGroup group, int first);

/// <summary>Operations of whole warps.</summary>
internal static class Warps
{
    /// <summary>An operation that all threads of a warp must come to at once (".aligned").</summary>
    internal static PtxOperation Aligned(WarpOperation operation) => (group, threads) =>
    {
        for (int i = 0; i < threads.Length; i += ThreadGroup.WarpSize)
        {
            int first = threads[i], last = i + ThreadGroup.WarpSize - 1;
            // Numbers ascend, so that the first and the last tell of all between.
            if (first % ThreadGroup.WarpSize != 0 || last >= threads.Length || threads[last] != first + ThreadGroup.WarpSize - 1)
                throw group.Error("not all threads of the warp stand here.", first);
            operation(group, first);
        }
    };
}
