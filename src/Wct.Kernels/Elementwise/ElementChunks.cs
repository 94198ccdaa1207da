using Wct.Kernels.Cpu;

namespace Wct.Kernels.Elementwise;

/// <summary>Divides a tensor's memory, borders included, into chunks for operations that treat all elements alike.</summary>
internal static class ElementChunks
{
    // The chunks of three tensors fit into the L2 cache.
    private const long ChunkLength = 32 << 10;

    /// <summary>Calls <paramref name="body"/> for each chunk, in parallel.</summary>
    /// <param name="tensor">The tensor to divide.</param>
    /// <param name="workers">Threads.</param>
    /// <param name="body">Called with the index of the chunk's first element and the number of its elements.</param>
    internal static void Run(CpuTensor tensor, Workers workers, Action<long, long> body)
    {
        long length = tensor.Layout.Length;
        workers.Run(checked((int)((length + ChunkLength - 1) / ChunkLength)), task =>
            body(task * ChunkLength, Math.Min(ChunkLength, length - task * ChunkLength)));
    }
}
