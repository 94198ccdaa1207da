using Wct.PtxInterpreter.Execution;
using Wct.PtxInterpreter.Text;

namespace Wct.PtxInterpreter.Decoding;

/// <summary>Decodes warp shuffles (shfl).</summary>
internal static class ShuffleDecoder
{
    internal static PtxOperation Decode(PtxStatement statement, PtxOperands operands)
    {
        if (statement.Parts is not ["shfl", "sync", "up" or "down" or "bfly" or "idx", "b32"])
            throw statement.Unknown();
        statement.Expect(5);
        PtxType bits = PtxType.Get("b32");
        string[] to = statement.Operands[0].Split('|');
        PtxSlot? inRange = to.Length == 1 ? null : operands.Destination(to[1], PtxType.Get("pred"));
        return Shuffle.Between(
            statement.Parts[2], operands.Destination(to[0], bits), inRange,
            operands.Source(1, bits), operands.Source(2, bits), operands.Source(3, bits), operands.Source(4, bits));
    }
}
