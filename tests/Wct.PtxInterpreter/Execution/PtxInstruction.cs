using Wct.PtxInterpreter.Text;

namespace Wct.PtxInterpreter.Execution;

/// <summary>Runs an instruction for some threads of a thread block, whose numbers are in ascending order.</summary>
internal delegate void PtxOperation(ThreadBlock block, ReadOnlySpan<int> threads);

/// <summary>An instruction's effect on the control flow of its threads.</summary>
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
    /// <summary>The predicate; null if all threads run the instruction.</summary>
    internal PtxSlot? Predicate { get; init; }

    /// <summary>The operation; null for control flow.</summary>
    internal PtxOperation? Run { get; init; }

    /// <summary>The target of a branch.</summary>
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
