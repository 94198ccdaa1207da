using Wct.Kernels.Tests.Gpu.Ptx.Text;

namespace Wct.Kernels.Tests.Gpu.Ptx.Execution;

/// <summary>Each thread takes a number from another one of its warp.</summary>
internal static unsafe class Shuffle
{
    /// <summary>PTX ISA, "shfl.sync": <paramref name="clamp"/> holds the last lane and, from bit 8 on, what parts the warp into segments.</summary>
    internal static PtxOperation Between(
        string mode, PtxSlot to, PtxSlot? inRange, PtxSlot from, PtxSlot distance, PtxSlot clamp, PtxSlot members) => (group, threads) =>
    {
        uint* taken = stackalloc uint[threads.Length];
        uint* source = group.Lanes<uint>(from), by = group.Lanes<uint>(distance);
        uint* last = group.Lanes<uint>(clamp), mask = group.Lanes<uint>(members);
        for (int i = 0; i < threads.Length; i++)
        {
            int thread = threads[i], lane = thread % ThreadGroup.WarpSize, first = thread - lane;
            CheckMembers(group, threads, thread, mask[thread]);
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
                throw group.Error($"lane {other} is not among the members {mask[thread]:x}.", thread);
            taken[i] = source[first + other];
            if (inRange is { } predicate)
                group.Lanes<byte>(predicate)[thread] = reaches ? (byte)1 : (byte)0;
        }

        // All numbers are taken before any is replaced.
        for (int i = 0; i < threads.Length; i++)
            group.Lanes<uint>(to)[threads[i]] = taken[i];
    };

    private static void CheckMembers(ThreadGroup group, ReadOnlySpan<int> threads, int thread, uint mask)
    {
        int lane = thread % ThreadGroup.WarpSize;
        if ((mask >> lane & 1) == 0)
            throw group.Error($"the thread is not among the members {mask:x}.", thread);
        for (int other = 0; other < ThreadGroup.WarpSize; other++)
        {
            if ((mask >> other & 1) != 0 && threads.BinarySearch(thread - lane + other) < 0)
                throw group.Error($"lane {other} is among the members {mask:x}, but doesn't stand here.", thread);
        }
    }
}
