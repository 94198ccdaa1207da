using Wct.PtxInterpreter.Text;

namespace Wct.PtxInterpreter.Execution;

/// <summary>The threads' addresses: a register of 32 or 64 bits, plus an offset.</summary>
internal readonly unsafe ref struct Addresses(ThreadBlock block, PtxSlot start, int offset)
{
    private readonly byte* _start = block.Lanes<byte>(start, out _);
    private readonly bool _short = start.Bytes == sizeof(uint);
    private readonly int _offset = offset;

    internal ulong Of(int thread) => unchecked((_short ? ((uint*)_start)[thread] : ((ulong*)_start)[thread]) + (ulong)_offset);
}
