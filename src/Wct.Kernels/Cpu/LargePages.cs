using System.Runtime.InteropServices;

namespace Wct.Kernels.Cpu;

/// <summary>Allocates large buffers directly from the operating system, in pages of 2 MB if it supports them. There are then 512 times
/// fewer page faults.</summary>
/// <remarks>Freed memory goes back to the system at once. The C library would keep buffers of up to 32 MB.</remarks>
internal static unsafe class LargePages
{
    private const nuint PageBytes = 2 << 20, MinBytes = 2 * PageBytes;

    // From Linux's mman.h, the same on x64 and Arm64.
    private const int ReadWrite = 3, PrivateAnonymous = 0x22, AdviseHugePages = 14;

    /// <summary>Allocates a buffer. Returns null for small sizes, on systems other than Linux, and if the allocation fails.</summary>
    /// <param name="bytes">Bytes.</param>
    internal static NativeBuffer? TryAllocate(nuint bytes)
    {
        if (!OperatingSystem.IsLinux() || bytes < MinBytes || bytes > nuint.MaxValue / 2)
            return null;
        try
        {
            nuint mapped = bytes + PageBytes;
            byte* start = Map(null, mapped, ReadWrite, PrivateAnonymous, -1, 0);
            if ((nint)start == -1)
                return null;
            // Pages of 2 MB start at multiples of 2 MB. Pages before the first one are never touched, so they take no memory.
            byte* aligned = (byte*)(((nuint)start + PageBytes - 1) / PageBytes * PageBytes);
            _ = Advise(aligned, bytes, AdviseHugePages);
            return new Mapping(start, mapped, aligned, bytes);
        }
        catch (Exception error) when (error is EntryPointNotFoundException or DllNotFoundException)
        {
            return null;
        }
    }

    private sealed class Mapping(byte* start, nuint mapped, void* pointer, nuint bytes) : NativeBuffer(pointer, bytes)
    {
        internal override void Free() => _ = Unmap(start, mapped);
    }

    [DllImport("libc", EntryPoint = "mmap")]
    private static extern byte* Map(void* address, nuint length, int protection, int flags, int file, nint offset);

    [DllImport("libc", EntryPoint = "madvise")]
    private static extern int Advise(void* address, nuint length, int advice);

    [DllImport("libc", EntryPoint = "munmap")]
    private static extern int Unmap(void* address, nuint length);
}
