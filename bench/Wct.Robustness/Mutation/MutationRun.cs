using System.Diagnostics;

namespace Wct.Robustness.Mutation;

/// <summary>Reads damaged files on several threads and checks the limits for each.</summary>
internal sealed class MutationRun(IReadOnlyList<MutationTarget> targets, MutationLimits limits, int seed)
{
    private const int CheckEvery = 256;

    // On a busy machine threads wait for a processor, so processor time counts. After this many time limits, the elapsed time counts,
    // because the thread may wait forever.
    private const int MostWaits = 12;

    private readonly long[] _read = new long[targets.Count], _refused = new long[targets.Count];
    private readonly Lock _lock = new();
    private long _next, _last, _startMemory;

    /// <summary>Inputs that broke a limit; at most one per thread.</summary>
    internal List<MutationViolation> Violations { get; } = [];

    /// <summary>The slowest input and its time.</summary>
    internal (long Number, TimeSpan Time) Slowest { get; private set; }

    /// <summary>The largest amount of managed memory allocated for one input, in bytes.</summary>
    internal long MostAllocated { get; private set; }

    /// <summary>The largest observed working set, in bytes.</summary>
    internal long Peak { get; private set; }

    internal long ReadCount(int target) => _read[target];

    internal long RefusedCount(int target) => _refused[target];

    /// <summary>Creates the input with a number, and returns it with its target.</summary>
    internal (MutationTarget Target, byte[] File) Input(long number)
    {
        Random random = new(HashCode(number));
        return (targets[(int)(number % targets.Count)], targets[(int)(number % targets.Count)].Input(random));
    }

    /// <summary>Reads inputs with consecutive numbers, until the first violation.</summary>
    /// <param name="hung">Called with an input that takes too long. Its thread can't be stopped, so the process should end.</param>
    internal void Run(long first, long count, int threads, Action<MutationViolation> hung)
    {
        (_next, _last) = (first, first + count);
        _startMemory = Peak = Environment.WorkingSet;
        Worker[] workers = [.. Enumerable.Range(0, threads).Select(_ => new Worker())];
        Thread[] running = [.. workers.Select(worker => new Thread(() => Work(worker)) { IsBackground = true })];
        Array.ForEach(running, thread => thread.Start());
        while (Array.Exists(running, thread => thread.IsAlive))
        {
            running[0].Join(20);
            Peak = Math.Max(Peak, Environment.WorkingSet);
            foreach (Worker worker in workers)
            {
                long started = Volatile.Read(ref worker.Started);
                TimeSpan processor = Environment.CpuUsage.TotalTime;
                if (started == 0 || started != worker.Seen)
                    (worker.Seen, worker.SeenAt) = (started, processor);
                else if (IsHung(started, (processor - worker.SeenAt) / threads))
                    hung(Violation(Volatile.Read(ref worker.Number), $"takes more than {limits.Time.TotalSeconds} s"));
            }
        }
    }

    private void Work(Worker worker)
    {
        TimeSpan slowest = TimeSpan.Zero;
        while (Interlocked.Increment(ref _next) - 1 is var number && number < Volatile.Read(ref _last))
        {
            (MutationTarget target, byte[] file) = Input(number);
            Volatile.Write(ref worker.Number, number);
            long allocated = GC.GetAllocatedBytesForCurrentThread(), started = Stopwatch.GetTimestamp();
            Volatile.Write(ref worker.Started, started);
            string? problem = Problem(target, (int)(number % targets.Count), file);
            Volatile.Write(ref worker.Started, 0);
            TimeSpan time = Stopwatch.GetElapsedTime(started);
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            if (allocated > limits.Allocation)
                problem ??= $"takes {allocated} bytes of memory, {limits.Allocation} are allowed";
            if (number % CheckEvery == 0 && Environment.WorkingSet - _startMemory > limits.Growth)
                problem ??= $"the process has grown by {Environment.WorkingSet - _startMemory} bytes, {limits.Growth} are allowed";
            if (time > slowest || allocated > MostAllocated)
            {
                lock (_lock)
                {
                    Slowest = time > Slowest.Time ? (number, time) : Slowest;
                    MostAllocated = Math.Max(MostAllocated, allocated);
                }

                slowest = time > slowest ? time : slowest;
            }

            if (problem is null)
                continue;
            lock (_lock)
                Violations.Add(Violation(number, problem));
            Volatile.Write(ref _last, 0);
        }
    }

    private bool IsHung(long started, TimeSpan processor) =>
        Stopwatch.GetElapsedTime(started) is var time && time > limits.Time && (processor > limits.Time || time > MostWaits * limits.Time);

    private string? Problem(MutationTarget target, int index, byte[] file)
    {
        try
        {
            target.Read(file);
            Interlocked.Increment(ref _read[index]);
            return null;
        }
        catch (Exception error) when (target.IsDocumented(error))
        {
            Interlocked.Increment(ref _refused[index]);
            return error.Message.AsSpan().ContainsAny('\n', '\r') ? $"a message of several lines: {error.Message}" : null;
        }
        catch (Exception error)
        {
            return $"undocumented: {error}";
        }
    }

    private MutationViolation Violation(long number, string problem)
    {
        (MutationTarget target, byte[] file) = Input(number);
        return new MutationViolation(number, target.Name, problem, file);
    }

    // Mixes the bits, so that neighboring numbers give different inputs; System.Random's seeds have 31 bits.
    private int HashCode(long number)
    {
        ulong mixed = ((ulong)number + 1) * 0x9E3779B97F4A7C15 ^ (ulong)seed * 0xD1B54A32D192ED03;
        mixed = (mixed ^ (mixed >> 32)) * 0xBF58476D1CE4E5B9;
        return (int)(mixed >> 33);
    }

    private sealed class Worker
    {
        internal long Number, Started;

        // Used only by the watchdog: the input that it saw last, and the process's processor time at that moment.
        internal long Seen;
        internal TimeSpan SeenAt;
    }
}

/// <summary>An input that broke a limit.</summary>
/// <param name="Number">The input's number, to repeat it.</param>
/// <param name="Target">The target's name.</param>
/// <param name="Problem">The broken limit.</param>
/// <param name="File">The input.</param>
internal sealed record MutationViolation(long Number, string Target, string Problem, byte[] File);
