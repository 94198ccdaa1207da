namespace Wct;

/// <summary>Bytes that this process may use in total, including those that it uses already.</summary>
/// <param name="Safe">For planning: a share of the available memory, so that some is left for the operating system and other
/// programs.</param>
/// <param name="Most">The limit: if the process uses more, it is killed or its allocations fail.</param>
internal readonly record struct UsableMemory(long Safe, long Most)
{
    // Reading the limits takes a fraction of a millisecond: too much for every call with a small picture.
    private const long LifetimeMilliseconds = 1000;

    // Safe shares: nine tenths of the machine's free memory, and three quarters of a limit. By default, .NET's heap may also take three
    // quarters of a container's limit.
    private const int FreeTenths = 9, LimitQuarters = 3;

    // The runtime's share of every budget. Its addresses are already reserved, most of them without memory.
    private const long Runtime = 128_000_000;

    private sealed record Reading(UsableMemory Value, long Time);

    private static volatile Reading? _latest;

    /// <summary>The current values, at most a second old.</summary>
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

    /// <summary>Returns the lowest of all limits.</summary>
    /// <param name="process">The values that Linux reports; null on other systems.</param>
    /// <param name="runtime">The runtime's limit for its heap: the machine's memory, or less if a container or the user limits
    /// it.</param>
    internal static UsableMemory Of(ProcessMemory? process, long runtime)
    {
        // If there is a limit, the runtime's value is already a share of it. Otherwise it is the machine's whole memory.
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

    /// <summary>Returns the requested budget, reduced to the limit if it is larger.</summary>
    internal long Allow(long asked) => Math.Min(asked, Most);

    private UsableMemory Within(long safe, long most) => new(Math.Max(0, Math.Min(Safe, safe)), Math.Max(0, Math.Min(Most, most)));
}
