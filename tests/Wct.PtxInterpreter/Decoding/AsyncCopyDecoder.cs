using Wct.PtxInterpreter.Execution;
using Wct.PtxInterpreter.Text;

namespace Wct.PtxInterpreter.Decoding;

/// <summary>Decodes asynchronous copies from global to shared memory (cp.async).</summary>
internal static unsafe class AsyncCopyDecoder
{
    internal static PtxOperation Decode(PtxStatement statement, PtxOperands operands)
    {
        PtxDecoder.Require(80, statement, operands);
        switch (statement.Opcode)
        {
            case "cp.async.commit_group":
                statement.Expect(0);
                return (block, threads) =>
                {
                    foreach (int i in threads)
                        block.Copies.Commit(i);
                };
            case "cp.async.wait_group":
                statement.Expect(1);
                int batches = operands.Number(0);
                return (block, threads) =>
                {
                    foreach (int i in threads)
                        block.Copies.Wait(i, batches);
                };
            case "cp.async.wait_all":
                statement.Expect(0);
                return (block, threads) =>
                {
                    foreach (int i in threads)
                        block.Copies.WaitForAll(i);
                };
            case "cp.async.ca.shared.global" or "cp.async.cg.shared.global":
                return Copy(statement, operands);
            default:
                throw statement.Unknown();
        }
    }

    private static PtxOperation Copy(PtxStatement statement, PtxOperands operands)
    {
        int bytes = operands.Number(2);
        if (bytes != 16 && (bytes is not (4 or 8) || statement.Parts[2] == "cg"))
            throw statement.Error($"it can't copy {bytes} bytes.");
        bool partly = statement.Operands.Length == 4;
        statement.Expect(partly ? 4 : 3);
        (PtxSlot to, int toOffset) = operands.Address(0);
        (PtxSlot from, int fromOffset) = operands.Address(1);
        PtxSlot read = operands.Source(statement.Operands[partly ? 3 : 2], PtxType.Get("u32"));
        return (block, threads) =>
        {
            Addresses destinations = new(block, to, toOffset), sources = new(block, from, fromOffset);
            int* counts = block.Lanes<int>(read);
            foreach (int i in threads)
                block.Copies.Begin(i, destinations.Of(i), sources.Of(i), bytes, counts[i]);
        };
    }
}
