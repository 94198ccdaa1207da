using Wct.PtxInterpreter.Execution;
using Wct.PtxInterpreter.Text;

namespace Wct.PtxInterpreter.Decoding;

/// <summary>Decodes conversions (cvt).</summary>
internal static class ConversionDecoder
{
    internal static PtxOperation Decode(PtxStatement statement, PtxOperands operands)
    {
        string[] modifiers = statement.Parts[1..^2];
        PtxType from = statement.Type;
        switch (statement.Opcode)
        {
            case "cvt.rna.tf32.f32":
                PtxDecoder.Require(80, statement, operands);
                statement.Expect(2);
                return HalfLoops.RoundToTensor(operands.Destination(0, PtxType.Get("b32")), operands.Source(1, from));
            case "cvt.rn.f16x2.f32":
                PtxDecoder.Require(80, statement, operands);
                statement.Expect(3);
                return HalfLoops.Pair(operands.Destination(0, PtxType.Get("f16x2")), operands.Source(1, from), operands.Source(2, from));
        }

        statement.Expect(2);
        PtxType to = PtxType.Parse(statement.Parts[^2], statement);
        bool toReal = to.Kind == RegisterKind.Real, fromReal = from.Kind == RegisterKind.Real;
        // A conversion that loses digits has a rounding mode: toward zero or to nearest for integers, otherwise to nearest.
        string[] needed = (fromReal, toReal) switch
        {
            (true, false) => modifiers is ["rni"] ? ["rni"] : ["rzi"],
            (false, true) => ["rn"],
            (true, true) when to.Bytes < from.Bytes => ["rn"],
            _ => [],
        };
        if (!IsNumber(to) || !IsNumber(from) || !modifiers.SequenceEqual(needed))
            throw statement.Unknown();
        PtxSlot target = operands.WideDestination(statement.Operands[0], to), source = operands.WideSource(statement.Operands[1], from);
        Type[] types = [from.Type, to.Type, Register(to, target)];
        if (fromReal && !toReal)
            return PtxDecoder.Make(typeof(LaneLoops), nameof(LaneLoops.Truncate), types, target, source, needed[0] == "rni");
        return PtxDecoder.Make(typeof(LaneLoops), nameof(LaneLoops.Convert), types, target, source);
    }

    private static bool IsNumber(PtxType type) => type.Kind is RegisterKind.Integer or RegisterKind.Real;

    /// <summary>The type to which a value is extended in a larger register.</summary>
    internal static Type Register(PtxType type, PtxSlot slot)
    {
        if (slot.Bytes == type.Bytes)
            return type.Type;
        bool signed = type.Name[0] == 's';
        return slot.Bytes switch
        {
            2 => signed ? typeof(short) : typeof(ushort),
            4 => signed ? typeof(int) : typeof(uint),
            _ => signed ? typeof(long) : typeof(ulong),
        };
    }
}
