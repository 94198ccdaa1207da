using System.Runtime.InteropServices;

namespace Wct.Kernels.Cpu;

/// <summary>A buffer in native memory.</summary>
/// <param name="pointer">Start of the buffer.</param>
/// <param name="bytes">Size in bytes.</param>
internal unsafe class NativeBuffer(void* pointer, nuint bytes)
{
    internal void* Pointer { get; } = pointer;

    internal nuint Bytes { get; } = bytes;

    internal virtual void Free() => NativeMemory.AlignedFree(Pointer);
}

/// <summary>Allocates a backend's memory. Tests replace it to put unreadable pages around buffers.</summary>
internal unsafe class NativeBufferSource
{
    /// <summary>Alignment of buffers in bytes: one cache line, one AVX-512 vector.</summary>
    internal const nuint Alignment = 64;

    /// <summary>Allocates a buffer with undefined contents.</summary>
    /// <param name="bytes">Bytes.</param>
    /// <exception cref="OutOfMemoryException">The memory can't be allocated.</exception>
    internal virtual NativeBuffer Allocate(nuint bytes) =>
        LargePages.TryAllocate(bytes) ?? new(NativeMemory.AlignedAlloc(bytes, Alignment), bytes);
}
