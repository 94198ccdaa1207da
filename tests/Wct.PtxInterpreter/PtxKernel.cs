using Wct.PtxInterpreter.Execution;
using Wct.PtxInterpreter.Text;

namespace Wct.PtxInterpreter;

/// <summary>A kernel, decoded once for all launches.</summary>
internal sealed class PtxKernel(string name)
{
    // Shared memory starts after address 0, so that using address 0 is an error.
    internal const int SharedStart = 16;

    private readonly Dictionary<(ulong, int), PtxSlot> _constants = [];
    private readonly Dictionary<string, PtxSlot> _specials = [];

    internal string Name => name;

    /// <summary>The largest number of threads per thread block, from .maxntid.</summary>
    internal int MostThreads { get; set; } = 1024;

    /// <summary>The compute capability: 80 for "sm_80".</summary>
    internal int Target { get; set; }

    /// <summary>Offset and bytes of each parameter, in order.</summary>
    internal Dictionary<string, (int Offset, int Bytes)> Parameters { get; } = [];

    internal int ParameterBytes { get; private set; }

    /// <summary>Addresses of shared variables.</summary>
    internal Dictionary<string, int> Shared { get; } = [];

    /// <summary>End of the shared variables.</summary>
    internal int SharedEnd { get; private set; } = SharedStart;

    /// <summary>Bytes of a thread's registers, including constants and special registers.</summary>
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

    /// <summary>Returns a constant as a register that is never written, so that operations need only one form.</summary>
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

/// <summary>The PTX is invalid or unknown to the interpreter, or a thread did something that a GPU doesn't allow.</summary>
internal sealed class PtxException(string message) : Exception(message);
