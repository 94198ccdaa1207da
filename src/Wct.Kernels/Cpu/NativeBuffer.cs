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

    internal virtual NativeBuffer Allocate(nuint bytes)
    {
        if (!LargePages.Suit(bytes))
            return new NativeBuffer(NativeMemory.AlignedAlloc(bytes, Alignment), bytes);
        void* start = NativeMemory.AlignedAlloc(bytes, LargePages.Size);
        LargePages.Request(start, bytes);
        return new NativeBuffer(start, bytes);
    }
}
