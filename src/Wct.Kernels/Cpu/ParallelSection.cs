using System.Runtime.ExceptionServices;

namespace Wct.Kernels.Cpu;

/// <summary>Runs the tasks of one parallel section. Each free thread takes the next task. The caller doesn't wait for threads that wake up
/// after the last task was taken.</summary>
/// <param name="tasks">Number of tasks.</param>
/// <param name="body">Called with the index of each task.</param>
internal sealed class ParallelSection(int tasks, Action<int> body)
{
    private const int Closed = int.MinValue;

    private int _next = -1;
    private int _joined;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Runs tasks until none is left.</summary>
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

    /// <summary>Runs tasks on a worker thread, unless the section has been closed.</summary>
    internal void Join()
    {
        int seen = Volatile.Read(ref _joined);
        while (seen >= 0)
        {
            int before = Interlocked.CompareExchange(ref _joined, seen + 1, seen);
            if (before == seen)
            {
                Work();
                Interlocked.Decrement(ref _joined);
                return;
            }

            seen = before;
        }
    }

    /// <summary>Closes the section for further threads, waits for those inside, and throws the first exception that a task threw.</summary>
    internal void Close()
    {
        // The other threads' last tasks are short, so spinning is faster than sleeping.
        SpinWait spin = default;
        while (Interlocked.CompareExchange(ref _joined, Closed, 0) != 0)
            spin.SpinOnce(sleep1Threshold: -1);
        _failure?.Throw();
    }
}
