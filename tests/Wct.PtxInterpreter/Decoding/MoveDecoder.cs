using Wct.PtxInterpreter.Execution;
using Wct.PtxInterpreter.Text;

namespace Wct.PtxInterpreter.Decoding;

/// <summary>Decodes moves between registers, whole or as two halves.</summary>
internal static class MoveDecoder
{
    internal static PtxOperation Decode(PtxStatement statement, PtxOperands operands)
    {
        statement.Expect(2);
        PtxType type = statement.Type;
        if (statement.Parts[0] == "cvta")
            statement.Allow("to", "global", "shared");
        else
            statement.Allow();
        string[] to = PtxOperands.Vector(statement.Operands[0]), from = PtxOperands.Vector(statement.Operands[1]);
        if (to.Length + from.Length > 2)
            return Halves(statement, operands, type, to, from);
        Type bits = Bits(type.Bytes);
        return PtxDecoder.Make(
            typeof(LaneLoops), nameof(LaneLoops.Unary), [bits, typeof(Same<>).MakeGenericType(bits)],
            operands.Destination(0, type), operands.Source(1, type));
    }

    /// <summary>The integer type of a size. Moving as integers leaves signaling NaNs unchanged.</summary>
    internal static Type Bits(int bytes) => bytes switch
    {
        1 => typeof(byte),
        2 => typeof(ushort),
        4 => typeof(uint),
        _ => typeof(ulong),
    };

    private static PtxOperation Halves(PtxStatement statement, PtxOperands operands, PtxType type, string[] to, string[] from)
    {
        if (type.Name is not ("b32" or "b64") || Math.Min(to.Length, from.Length) != 1 || Math.Max(to.Length, from.Length) != 2)
            throw statement.Unknown();
        PtxType half = PtxType.Get(type.Bytes == 4 ? "b16" : "b32");
        Type[] types = [Bits(type.Bytes), Bits(half.Bytes)];
        return to.Length == 1
            ? PtxDecoder.Make(
                typeof(LaneLoops), nameof(LaneLoops.Join), types,
                operands.Destination(0, type), operands.Source(from[0], half), operands.Source(from[1], half))
            : PtxDecoder.Make(
                typeof(LaneLoops), nameof(LaneLoops.Part), types,
                operands.Destination(to[0], half), operands.Destination(to[1], half), operands.Source(1, type));
    }
}
