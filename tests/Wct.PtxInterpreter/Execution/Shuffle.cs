using Wct.PtxInterpreter.Text;

namespace Wct.PtxInterpreter.Execution;

/// <summary>A warp shuffle: each thread reads a register of another thread of its warp.</summary>
internal static unsafe class Shuffle
{
    /// <summary>See "shfl.sync" in the PTX ISA: <paramref name="clamp"/> contains the last lane and, from bit 8 on, the mask of the warp's
    /// segments.</summary>
    internal static PtxOperation Between(
        string mode, PtxSlot to, PtxSlot? inRange, PtxSlot from, PtxSlot distance, PtxSlot clamp, PtxSlot members) => (block, threads) =>
    {
        uint* taken = stackalloc uint[threads.Length];
        uint* source = block.Lanes<uint>(from), by = block.Lanes<uint>(distance);
        uint* last = block.Lanes<uint>(clamp), mask = block.Lanes<uint>(members);
        for (int i = 0; i < threads.Length; i++)
        {
            int thread = threads[i], lane = thread % ThreadBlock.WarpSize, first = thread - lane;
            CheckMembers(block, threads, thread, mask[thread]);
            int segment = (int)(last[thread] >> 8 & 31), step = (int)(by[thread] & 31), least = lane & segment;
            int most = least | ((int)last[thread] & 31 & ~segment);
            int other = mode switch
            {
                "up" => lane - step,
                "down" => lane + step,
                "bfly" => lane ^ step,
                _ => least | (step & ~segment),
            };
            bool reaches = mode == "up" ? other >= most : other <= most;
            other = reaches ? other : lane;
            if ((mask[thread] >> other & 1) == 0)
                throw block.Error($"lane {other} is not among the members {mask[thread]:x}.", thread);
            taken[i] = source[first + other];
            if (inRange is { } predicate)
                block.Lanes<byte>(predicate)[thread] = reaches ? (byte)1 : (byte)0;
        }

        // All values are read before any is replaced.
        for (int i = 0; i < threads.Length; i++)
            block.Lanes<uint>(to)[threads[i]] = taken[i];
    };

    private static void CheckMembers(ThreadBlock block, ReadOnlySpan<int> threads, int thread, uint mask)
    {
        int lane = thread % ThreadBlock.WarpSize;
        if ((mask >> lane & 1) == 0)
            throw block.Error($"the thread is not among the members {mask:x}.", thread);
        for (int other = 0; other < ThreadBlock.WarpSize; other++)
        {
            if ((mask >> other & 1) != 0 && threads.BinarySearch(thread - lane + other) < 0)
                throw block.Error($"lane {other} is among the members {mask:x}, but doesn't stand here.", thread);
        }
    }
}
