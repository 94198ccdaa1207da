using System.Runtime.ExceptionServices;

namespace Wct.Kernels.Cpu;

/// <summary>One parallel section: tasks are taken by whoever is free, and a helper that wakes too late is not waited for.</summary>
internal sealed class Section(int tasks, Action<int> body)
{
    private const int Closed = int.MinValue;

    private int _next = -1;
    private int _helpers;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Does tasks until none is left.</summary>
    internal void Work()
    {
        try
        {
            for (int i = Interlocked.Increment(ref _next); i < tasks; i = Interlocked.Increment(ref _next))
                body(i);
        }
        catch (Exception e)
        {
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(e), null);
            Interlocked.Exchange(ref _next, tasks);
        }
    }

    /// <summary>Works, unless the section has been closed.</summary>
    internal void Help()
    {
        int seen = Volatile.Read(ref _helpers);
        while (seen >= 0)
        {
            int before = Interlocked.CompareExchange(ref _helpers, seen + 1, seen);
            if (before == seen)
            {
                Work();
                Interlocked.Decrement(ref _helpers);
                return;
            }

            seen = before;
        }
    }

    /// <summary>Lets no more helpers in and returns when those inside have left; throws what a task threw.</summary>
    internal void Close()
    {
        // The last tasks of the others are short: spinning beats sleeping.
        SpinWait spin = default;
        while (Interlocked.CompareExchange(ref _helpers, Closed, 0) != 0)
            spin.SpinOnce(sleep1Threshold: -1);
        _failure?.Throw();
    }
}
