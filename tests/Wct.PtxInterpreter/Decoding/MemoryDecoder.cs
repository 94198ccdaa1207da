using Wct.PtxInterpreter.Execution;
using Wct.PtxInterpreter.Text;

namespace Wct.PtxInterpreter.Decoding;

/// <summary>Decodes loads and stores.</summary>
internal static class MemoryDecoder
{
    // Cache hints, which change no result.
    private static readonly string[] Hints = ["nc", "ca", "cg", "cs", "wb", "volatile"];

    internal static PtxOperation Decode(PtxStatement statement, PtxOperands operands)
    {
        statement.Expect(2);
        bool load = statement.Parts[0] == "ld";
        PtxType type = statement.Type;
        string[] modifiers = [.. statement.Parts[1..^1].Except(Hints)];
        (Type space, int count) = modifiers switch
        {
            ["global"] => (typeof(GlobalSpace), 1),
            ["shared"] => (typeof(SharedSpace), 1),
            ["param"] when load => (typeof(ParameterSpace), 1),
            ["global", "v2"] => (typeof(GlobalSpace), 2),
            ["global", "v4"] => (typeof(GlobalSpace), 4),
            ["shared", "v2"] => (typeof(SharedSpace), 2),
            ["shared", "v4"] => (typeof(SharedSpace), 4),
            _ => throw statement.Unknown(),
        };
        string[] names = PtxOperands.Vector(statement.Operands[load ? 0 : 1]);
        if (names.Length != count || type.Kind == RegisterKind.Predicate)
            throw statement.Unknown();
        PtxSlot[] registers = [.. names.Select(name => load ? operands.WideDestination(name, type) : operands.WideSource(name, type))];
        if (registers.Any(register => register.Bytes != registers[0].Bytes))
            throw statement.Error("its registers have different sizes.");
        (PtxSlot start, int offset) = operands.Address(load ? 1 : 0);
        Type memory = type.Name[0] == 's' ? type.Type : MoveDecoder.Bits(type.Bytes);
        Type register = registers[0].Bytes == type.Bytes ? memory : ConversionDecoder.Register(type, registers[0]);
        return PtxDecoder.Make(
            typeof(MemoryLoops), load ? nameof(MemoryLoops.Load) : nameof(MemoryLoops.Store),
            load ? [space, memory, register] : [space, memory],
            registers, start, offset);
    }
}
