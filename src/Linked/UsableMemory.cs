namespace Wct.Linked;

/// <summary>Bytes that this whole process may take, what it holds already included.</summary>
/// <param name="Safe">To plan with: a share of what is there, so that the kernel and other programs keep some.</param>
/// <param name="Most">All that can be had; who takes more is killed or refused.</param>
internal readonly record struct UsableMemory(long Safe, long Most)
{
    // Reading the limits takes a fraction of a millisecond, which small pictures would feel at every call.
    private const long LifetimeMilliseconds = 1000;

    // In tenths: of a machine's free memory; in quarters: of a limit, as the runtime does with a container's for its own heap.
    private const int FreeTenths = 9, LimitQuarters = 3;

    // What budgets count for the runtime. Its addresses are taken already, most of them for nothing that is in memory.
    private const long Runtime = 128_000_000;

    private sealed record Reading(UsableMemory Value, long Time);

    private static volatile Reading? _latest;

    /// <summary>What holds at the moment, to within a second.</summary>
    internal static UsableMemory Now
    {
        get
        {
            long time = Environment.TickCount64;
            if (_latest is not { } latest || time - latest.Time > LifetimeMilliseconds)
                _latest = latest = new Reading(Of(ProcessMemory.Read("/"), GC.GetGCMemoryInfo().TotalAvailableMemoryBytes), time);
            return latest.Value;
        }
    }

    /// <summary>The tightest of all limits.</summary>
    /// <param name="process">What the system says; null where it isn't asked.</param>
    /// <param name="runtime">What the runtime would give its heap: the machine's memory, or less where a container or the user limits
    /// it.</param>
    internal static UsableMemory Of(ProcessMemory? process, long runtime)
    {
        // The runtime's figure already is a share where there is a limit; elsewhere it is all that the machine has.
        if (process is null)
            return new UsableMemory(runtime / 4 * LimitQuarters, long.MaxValue);
        long own = process.Resident;
        UsableMemory usable = new(runtime, long.MaxValue);
        if (process.Free is { } free)
            usable = usable.Within((own + free) / 10 * FreeTenths, own + free + process.FreeSwap);
        foreach (MemoryLimit limit in process.Groups)
            usable = usable.Within((limit.Bytes - limit.Used) / 4 * LimitQuarters, limit.Bytes - limit.Used);
        foreach (MemoryLimit limit in process.Addresses)
        {
            long left = Math.Max(0, limit.Bytes - limit.Used);
            usable = usable.Within(Runtime + left / 4 * LimitQuarters, Runtime + left);
        }

        return usable;
    }

    /// <summary>What a budget comes to: what is asked for, or what can be had where that is less.</summary>
    internal long Allow(long asked) => Math.Min(asked, Most);

    private UsableMemory Within(long safe, long most) => new(Math.Max(0, Math.Min(Safe, safe)), Math.Max(0, Math.Min(Most, most)));
}
