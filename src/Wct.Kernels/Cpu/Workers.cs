namespace Wct.Kernels.Cpu;

/// <summary>A pool of threads for the short parallel sections of the kernels. The calling thread works too.</summary>
/// <remarks>If the system refuses to start a thread, the pool has fewer. Tasks must not depend on each other. While the threads work for
/// one caller, another caller runs its tasks alone.</remarks>
internal sealed class Workers : IDisposable
{
    private readonly List<Thread> _threads = [];
    private readonly SemaphoreSlim _wake = new(0);
    private volatile ParallelSection? _section;
    private volatile bool _disposed;
    private int _busy;

    /// <summary>Starts the threads.</summary>
    /// <param name="count">Number of threads, including the calling thread; at least 1.</param>
    internal Workers(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        while (_threads.Count < count - 1 && TryStart($"Wct worker {_threads.Count + 1}") is { } thread)
            _threads.Add(thread);
        Count = _threads.Count + 1;
    }

    /// <summary>Threads that work on a section, including the calling thread.</summary>
    internal int Count { get; }

    /// <summary>Runs <paramref name="body"/> for each index below <paramref name="tasks"/>, in any order, and returns when all are
    /// done.</summary>
    /// <param name="tasks">Number of tasks.</param>
    /// <param name="body">Called with the index of each task.</param>
    /// <exception cref="Exception">Rethrown: the first exception that a task threw, after all threads have stopped.</exception>
    internal void Run(int tasks, Action<int> body)
    {
        if (tasks <= 1 || _threads.Count == 0 || Interlocked.CompareExchange(ref _busy, 1, 0) != 0)
        {
            for (int i = 0; i < tasks; i++)
                body(i);
            return;
        }

        try
        {
            ParallelSection section = new(tasks, body);
            _section = section;
            _wake.Release(Math.Min(_threads.Count, tasks - 1));
            section.Work();
            section.Close();
        }
        finally
        {
            _section = null;
            Volatile.Write(ref _busy, 0);
        }
    }

    private Thread? TryStart(string name)
    {
        try
        {
            Thread thread = new(Loop) { IsBackground = true, Name = name };
            thread.Start();
            return thread;
        }
        catch (Exception error) when (error is OutOfMemoryException or ThreadStartException)
        {
            return null;
        }
    }

    private void Loop()
    {
        while (true)
        {
            _wake.Wait();
            if (_disposed)
                return;
            _section?.Join();
        }
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        if (_threads.Count > 0)
            _wake.Release(_threads.Count);
        foreach (Thread thread in _threads)
            thread.Join();
        _wake.Dispose();
    }
}
