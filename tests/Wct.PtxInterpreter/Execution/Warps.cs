namespace Wct.PtxInterpreter.Execution;

/// <summary>An operation that the 32 threads of a warp run together.</summary>
internal delegate void WarpOperation(ThreadBlock block, int first);

/// <summary>Creates operations of whole warps.</summary>
internal static class Warps
{
    /// <summary>Creates an operation that all threads of a warp must run together (".aligned").</summary>
    internal static PtxOperation Aligned(WarpOperation operation) => (block, threads) =>
    {
        for (int i = 0; i < threads.Length; i += ThreadBlock.WarpSize)
        {
            int first = threads[i], last = i + ThreadBlock.WarpSize - 1;
            // Thread numbers ascend, so it is enough to check the first and the last.
            if (first % ThreadBlock.WarpSize != 0 || last >= threads.Length || threads[last] != first + ThreadBlock.WarpSize - 1)
                throw block.Error("not all threads of the warp stand here.", first);
            operation(block, first);
        }
    };
}
