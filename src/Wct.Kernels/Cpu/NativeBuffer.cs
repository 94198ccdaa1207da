using System.Runtime.InteropServices;

namespace Wct.Kernels.Cpu;

/// <summary>A piece of native memory.</summary>
internal unsafe class NativeBuffer(void* pointer, nuint bytes)
{
    internal void* Pointer { get; } = pointer;

    internal nuint Bytes { get; } = bytes;

    internal virtual void Free() => NativeMemory.AlignedFree(Pointer);
}

/// <summary>Where a backend's memory comes from; tests put unreadable pages around it.</summary>
internal unsafe class NativeBufferSource
{
    /// <summary>One cache line, one AVX-512 vector.</summary>
    internal const nuint Alignment = 64;

    /// <exception cref="OutOfMemoryException">The memory can't be had.</exception>
    internal virtual NativeBuffer Allocate(nuint bytes) => LargePages.TryAllocate(bytes) ?? new(NativeMemory.AlignedAlloc(bytes, Alignment), bytes);
}
