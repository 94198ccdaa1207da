using System.Runtime.InteropServices;
using Wct.Kernels.Cpu;

namespace Wct.Kernels.Tests.Contract;

/// <summary>Allocates memory that ends or starts at an unreadable page: a read or write past it ends the process.</summary>
internal sealed unsafe partial class GuardedBufferSource(bool atEnd) : NativeBufferSource
{
    private const int ReadWrite = 3, None = 0, PrivateAnonymous = 0x22;
    private static readonly nuint Page = (nuint)Environment.SystemPageSize;

    internal override NativeBuffer Allocate(nuint bytes)
    {
        nuint inside = (bytes + Page - 1) / Page * Page, mapped = inside + 2 * Page;
        byte* start = Map(null, mapped, ReadWrite, PrivateAnonymous, -1, 0);
        Assert.False((nint)start == -1, "mmap failed");
        Assert.Equal(0, Protect(start, Page, None));
        Assert.Equal(0, Protect(start + Page + inside, Page, None));
        // NaN makes reads of memory that was never written visible in the results.
        new Span<float>(start + Page, (int)(inside / sizeof(float))).Fill(float.NaN);
        return new Mapping(start, mapped, atEnd ? start + Page + inside - bytes : start + Page, bytes);
    }

    private sealed class Mapping(byte* start, nuint mapped, void* pointer, nuint bytes) : NativeBuffer(pointer, bytes)
    {
        internal override void Free() => Assert.Equal(0, Unmap(start, mapped));
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial byte* Map(void* address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(void* address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(void* address, nuint length);
}
