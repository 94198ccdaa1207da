using Wct.PtxInterpreter.Execution;
using Wct.PtxInterpreter.Text;

namespace Wct.PtxInterpreter.Decoding;

/// <summary>Decodes comparisons (setp) and selections (selp).</summary>
internal static class ComparisonDecoder
{
    internal static PtxOperation Decode(PtxStatement statement, PtxOperands operands)
    {
        PtxType type = statement.Type, predicate = PtxType.Get("pred");
        if (statement.Parts[0] == "selp")
        {
            statement.Expect(4);
            statement.Allow();
            return PtxDecoder.Make(
                typeof(LaneLoops), nameof(LaneLoops.Select), [MoveDecoder.Bits(type.Bytes)],
                operands.Destination(0, type), operands.Source(1, type), operands.Source(2, type), operands.Source(3, predicate));
        }

        statement.Expect(3);
        if (statement.Parts.Length != 3 || type.Name is "f16" or "f16x2" or "pred")
            throw statement.Unknown();
        bool real = type.Kind == RegisterKind.Real, unsigned = type.Name[0] == 'u', bits = type.Kind == RegisterKind.Bits;
        Type? comparison = statement.Parts[1] switch
        {
            "eq" => typeof(Equal<>),
            "ne" => typeof(Unequal<>),
            "lt" when !bits => typeof(Less<>),
            "le" when !bits => typeof(LessOrEqual<>),
            "gt" when !bits => typeof(Greater<>),
            "ge" when !bits => typeof(GreaterOrEqual<>),
            "lo" when unsigned => typeof(Less<>),
            "ls" when unsigned => typeof(LessOrEqual<>),
            "hi" when unsigned => typeof(Greater<>),
            "hs" when unsigned => typeof(GreaterOrEqual<>),
            "equ" when real => typeof(EqualOrNone<>),
            "neu" when real => typeof(UnequalOrNone<>),
            "ltu" when real => typeof(LessOrNone<>),
            "leu" when real => typeof(LessOrEqualOrNone<>),
            "gtu" when real => typeof(GreaterOrNone<>),
            "geu" when real => typeof(GreaterOrEqualOrNone<>),
            _ => throw statement.Unknown(),
        };
        return PtxDecoder.Make(
            typeof(LaneLoops), nameof(LaneLoops.Compare), [type.Type, comparison.MakeGenericType(type.Type)],
            operands.Destination(0, predicate), operands.Source(1, type), operands.Source(2, type));
    }
}
