using Wct.Kernels.Tests.Gpu.Ptx.Text;

namespace Wct.Kernels.Tests.Gpu.Ptx.Execution;

/// <summary>Runs for these threads of a group, which are in ascending order.</summary>
internal delegate void PtxOperation(ThreadGroup group, ReadOnlySpan<int> threads);

/// <summary>What an instruction does with the threads that come to it.</summary>
internal enum PtxFlow
{
    Straight,
    Branch,
    Barrier,
    Return,
}

/// <summary>A decoded instruction.</summary>
internal sealed record PtxInstruction(PtxStatement Statement)
{
    /// <summary>Null where all threads run it.</summary>
    internal PtxSlot? Predicate { get; init; }

    /// <summary>Null for what only leads threads.</summary>
    internal PtxOperation? Run { get; init; }

    /// <summary>Where a branch leads.</summary>
    internal int Target { get; init; }

    internal PtxFlow Flow { get; } = Statement.Opcode switch
    {
        "bra" or "bra.uni" => PtxFlow.Branch,
        "bar.sync" when Statement is { Predicate: null, Operands: ["0"] } => PtxFlow.Barrier,
        "bar.sync" => throw Statement.Error("the interpreter knows barrier 0 for all threads only."),
        "ret" or "exit" => PtxFlow.Return,
        _ => PtxFlow.Straight,
    };
}
