using Wct.Kernels.Tests.Gpu.Ptx.Text;

namespace Wct.Kernels.Tests.Gpu.Ptx.Execution;

/// <summary>The threads' addresses: a register of 32 or 64 bits, and what is added to it.</summary>
internal readonly unsafe ref struct Addresses(ThreadGroup group, PtxSlot start, int offset)
{
    private readonly byte* _start = group.Lanes<byte>(start, out _);
    private readonly bool _short = start.Bytes == sizeof(uint);
    private readonly int _offset = offset;

    internal ulong Of(int thread) => unchecked((_short ? ((uint*)_start)[thread] : ((ulong*)_start)[thread]) + (ulong)_offset);
}
