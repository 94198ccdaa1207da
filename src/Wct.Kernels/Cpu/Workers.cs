namespace Wct.Kernels.Cpu;

/// <summary>Threads that stay, for the short parallel sections of the kernels: the caller works too.</summary>
/// <remarks>Where the system gives fewer threads than asked for, those that there are do the work. Tasks must not depend on each other.
/// While the threads serve one caller, another caller does its tasks alone.</remarks>
internal sealed class Workers : IDisposable
{
    private readonly List<Thread> _threads = [];
    private readonly SemaphoreSlim _wake = new(0);
    private volatile Section? _section;
    private volatile bool _disposed;
    private int _busy;

    /// <param name="count">Threads in all, the caller's among them; at least 1.</param>
    internal Workers(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        while (_threads.Count < count - 1 && TryStart($"Wct worker {_threads.Count + 1}") is { } thread)
            _threads.Add(thread);
        Count = _threads.Count + 1;
    }

    /// <summary>Threads that work on a section, the caller's among them.</summary>
    internal int Count { get; }

    /// <summary>Runs <paramref name="body"/> for every index below <paramref name="tasks"/>, in any order, and returns when all are done.</summary>
    /// <exception cref="Exception">The first exception of a task, after all threads have stopped.</exception>
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
            Section section = new(tasks, body);
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
            _section?.Help();
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
