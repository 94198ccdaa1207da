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

    /// <summary>Calls <paramref name="body"/> for each chunk of pixels of each plane, in parallel.</summary>
    /// <param name="planes">Number of planes; 1 to treat all planes of a pixel together.</param>
    /// <param name="pixels">Pixels of a plane, borders included.</param>
    /// <param name="pixelLength">Elements that a pixel of a plane has.</param>
    /// <param name="workers">Threads.</param>
    /// <param name="body">Called with the plane, the index of the chunk's first pixel and the number of its pixels.</param>
    internal static void RunPixels(int planes, long pixels, int pixelLength, Workers workers, Action<int, long, long> body)
    {
        long chunk = Math.Max(1, ChunkLength / pixelLength);
        int chunks = checked((int)((pixels + chunk - 1) / chunk));
        workers.Run(checked(planes * chunks), task =>
        {
            long first = task % chunks * chunk;
            body(task / chunks, first, Math.Min(chunk, pixels - first));
        });
    }
}
