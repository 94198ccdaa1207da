using Wct.PtxInterpreter.Execution;
using Wct.PtxInterpreter.Text;

namespace Wct.PtxInterpreter.Decoding;

/// <summary>Decodes arithmetic and logic on registers of one type; products may be wider.</summary>
internal static class ArithmeticDecoder
{
    internal static PtxOperation Decode(PtxStatement statement, PtxOperands operands)
    {
        string name = statement.Parts[0];
        PtxType type = statement.Type;
        bool real = type.Kind == RegisterKind.Real, bits = type.Kind is RegisterKind.Bits or RegisterKind.Predicate;
        // No kernel needs arithmetic in half precision.
        if (type.Name is "f16" or "f16x2" || (bits != name is "and" or "or" or "xor" or "not" or "shl" && !(bits && name == "shr")))
            throw statement.Unknown();
        switch (name)
        {
            case "neg" or "not":
                return Unary(statement, operands, type);
            case "shl" or "shr":
                return Shift(statement, operands, type);
            case "mad" or "fma":
                return Fused(statement, operands, type);
            case "mul" when !real && statement.Parts is [_, "wide", _]:
                return Wide(statement, operands, type, "u32" == type.Name ? "u64" : "s64");
            case "mul" when !real && statement.Parts is not [_, "lo", _]:
                throw statement.Unknown();
        }

        if (name == "mul" && !real)
            statement.Allow("lo");
        else if (real && name is "add" or "sub" or "mul")
            statement.Allow("rn");
        else if (real && name == "div")
            statement.Allow("rn", "full", "approx");
        else
            statement.Allow();
        Type operation = name switch
        {
            "add" => typeof(Sum<>),
            "sub" => typeof(Difference<>),
            "mul" => typeof(Product<>),
            "div" => real ? typeof(Ratio<>) : typeof(Quotient<>),
            "rem" when !real => typeof(Remainder<>),
            "min" => typeof(Smaller<>),
            "max" => typeof(Larger<>),
            "and" => typeof(And<>),
            "or" => typeof(Or<>),
            "xor" => typeof(Xor<>),
            _ => throw statement.Unknown(),
        };
        statement.Expect(3);
        return PtxDecoder.Make(
            typeof(LaneLoops), nameof(LaneLoops.Binary), [type.Type, operation.MakeGenericType(type.Type)],
            operands.Destination(0, type), operands.Source(1, type), operands.Source(2, type));
    }

    private static PtxOperation Unary(PtxStatement statement, PtxOperands operands, PtxType type)
    {
        statement.Expect(2);
        statement.Allow();
        Type operation = (statement.Parts[0], type.Kind) switch
        {
            ("neg", _) => typeof(Negative<>),
            (_, RegisterKind.Predicate) => typeof(Opposite<>),
            _ => typeof(Complement<>),
        };
        return PtxDecoder.Make(
            typeof(LaneLoops), nameof(LaneLoops.Unary), [type.Type, operation.MakeGenericType(type.Type)],
            operands.Destination(0, type), operands.Source(1, type));
    }

    // The distance of a shift always has 32 bits.
    private static PtxOperation Shift(PtxStatement statement, PtxOperands operands, PtxType type)
    {
        statement.Expect(3);
        statement.Allow();
        Type operation = statement.Parts[0] == "shl" ? typeof(Left<>) : typeof(Right<>);
        return PtxDecoder.Make(
            typeof(LaneLoops), nameof(LaneLoops.Shift), [type.Type, operation.MakeGenericType(type.Type)],
            operands.Destination(0, type), operands.Source(1, type), operands.Source(2, PtxType.Get("b32")));
    }

    private static PtxOperation Fused(PtxStatement statement, PtxOperands operands, PtxType type)
    {
        statement.Expect(4);
        if (type.Kind != RegisterKind.Real && statement.Parts is ["mad", "wide", _])
            return Wide(statement, operands, type, "u32" == type.Name ? "u64" : "s64");
        // fma rounds once, after the addition.
        if (statement.Parts is not (["mad", "lo", _] or ["fma", "rn", _])
            || (type.Kind == RegisterKind.Real) != (statement.Parts[0] == "fma"))
            throw statement.Unknown();
        string loop = type.Kind == RegisterKind.Real ? nameof(LaneLoops.FusedSum) : nameof(LaneLoops.ProductSum);
        return PtxDecoder.Make(
            typeof(LaneLoops), loop, [type.Type], operands.Destination(0, type), operands.Source(1, type), operands.Source(2, type),
            operands.Source(3, type));
    }

    private static PtxOperation Wide(PtxStatement statement, PtxOperands operands, PtxType type, string wide)
    {
        if (type.Name is not ("u32" or "s32"))
            throw statement.Unknown();
        PtxType result = PtxType.Get(wide);
        // Instructions without an addend add zero.
        PtxSlot addend = statement.Parts[0] == "mad" ? operands.Source(3, result) : operands.Source("0", result);
        statement.Expect(statement.Parts[0] == "mad" ? 4 : 3);
        return PtxDecoder.Make(
            typeof(LaneLoops), nameof(LaneLoops.WideProduct), [type.Type, result.Type],
            operands.Destination(0, result), operands.Source(1, type), operands.Source(2, type), addend);
    }
}
