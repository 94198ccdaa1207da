using Wct.Kernels.Tests.Gpu.Ptx.Execution;
using Wct.Kernels.Tests.Gpu.Ptx.Text;

namespace Wct.Kernels.Tests.Gpu.Ptx;

/// <summary>A kernel, decoded once for all groups and launches.</summary>
internal sealed class PtxKernel(string name)
{
    // So that a shared address of 0 is never right.
    internal const int SharedStart = 16;

    private readonly Dictionary<(ulong, int), PtxSlot> _constants = [];
    private readonly Dictionary<string, PtxSlot> _specials = [];

    internal string Name => name;

    /// <summary>Threads of a group at most, from .maxntid.</summary>
    internal int MostThreads { get; set; } = 1024;

    /// <summary>"sm_80" gives 80.</summary>
    internal int Target { get; set; }

    /// <summary>Offset and bytes of each parameter, in order.</summary>
    internal Dictionary<string, (int Offset, int Bytes)> Parameters { get; } = [];

    internal int ParameterBytes { get; private set; }

    /// <summary>Addresses of what is declared as shared.</summary>
    internal Dictionary<string, int> Shared { get; } = [];

    /// <summary>Where shared memory ends.</summary>
    internal int SharedEnd { get; private set; } = SharedStart;

    /// <summary>Of a thread, with numbers that instructions name and special registers.</summary>
    internal int RegisterBytes { get; private set; }

    internal List<PtxInstruction> Code { get; } = [];

    internal IReadOnlyDictionary<(ulong Bits, int Bytes), PtxSlot> Constants => _constants;

    internal IReadOnlyDictionary<string, PtxSlot> Specials => _specials;

    internal PtxSlot NewRegister(int bytes, RegisterKind kind)
    {
        RegisterBytes = Aligned(RegisterBytes, bytes);
        PtxSlot slot = new(RegisterBytes, bytes, kind);
        RegisterBytes += bytes;
        return slot;
    }

    /// <summary>A number as a register that is never written: operations then have one form.</summary>
    internal PtxSlot Constant(ulong bits, int bytes) => _constants.TryGetValue((bits, bytes), out PtxSlot slot)
        ? slot : _constants[(bits, bytes)] = NewRegister(bytes, RegisterKind.Bits);

    internal PtxSlot Special(string register) => _specials.TryGetValue(register, out PtxSlot slot)
        ? slot : _specials[register] = NewRegister(sizeof(uint), RegisterKind.Bits);

    internal void AddParameter(string parameter, int align, int bytes)
    {
        int offset = Aligned(ParameterBytes, align);
        Parameters.Add(parameter, (offset, bytes));
        ParameterBytes = offset + bytes;
    }

    internal void AddShared(string variable, int align, int bytes)
    {
        int address = Aligned(SharedEnd, align);
        Shared.Add(variable, address);
        SharedEnd = address + bytes;
    }

    private static int Aligned(int offset, int align) => (offset + align - 1) / align * align;
}
