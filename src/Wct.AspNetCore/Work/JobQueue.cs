namespace Wct.AspNetCore.Work;

/// <summary>Runs computations on threads of their own, first come first served. Threads of the thread pool neither wait nor
/// compute.</summary>
/// <remarks>It differs from the queue of <see cref="Net.StyleTransfer"/> in three ways: a job prepares styles and stylizes in one go,
/// several jobs may run at a time, and each job is told its position.</remarks>
/// <param name="concurrency">The number of jobs that run at the same time, at least 1.</param>
/// <param name="limit">The number of jobs that may wait, at least 0.</param>
internal sealed class JobQueue(int concurrency, int limit)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<QueuedJob> _waiting = new();
    private int _running;

    /// <summary>The number of jobs that wait.</summary>
    internal int Waiting
    {
        get
        {
            lock (_lock)
                return _waiting.Count;
        }
    }

    /// <summary>The number of jobs that run.</summary>
    internal int Running
    {
        get
        {
            lock (_lock)
                return _running;
        }
    }

    /// <summary>Whether a further job would be refused.</summary>
    internal bool IsFull
    {
        get
        {
            lock (_lock)
                return _running >= concurrency && _waiting.Count >= limit;
        }
    }

    /// <summary>Adds a job at the end.</summary>
    /// <param name="work">Computes the result, and watches the token while it runs.</param>
    /// <param name="moved">Called with each new position: 0 when the job runs, 1 if it is the next one. Must return at once.</param>
    /// <param name="cancellationToken">Removes the job while it waits.</param>
    /// <returns>The result, or null if the queue is full.</returns>
    internal Task<T>? TryAdd<T>(Func<T> work, Action<int> moved, CancellationToken cancellationToken)
    {
        QueuedJob<T> job = new(work, cancellationToken) { Moved = moved };
        lock (_lock)
        {
            if (_running >= concurrency && _waiting.Count >= limit)
                return null;
            _waiting.AddLast(job.Place);
            if (_running < concurrency)
                StartNext();
            else
                moved(_waiting.Count);
        }

        // If the job was taken already, this finds nothing to remove.
        CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(_ => Remove(job), null);
        job.Task.ContinueWith(
            _ => registration.Unregister(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return job.Task;
    }

    private void Remove(QueuedJob job)
    {
        lock (_lock)
        {
            if (job.Place.List is null)
                return;
            _waiting.Remove(job.Place);
            TellPositions();
        }

        job.Cancel();
    }

    // Called with the lock held.
    private void StartNext()
    {
        while (_running < concurrency && _waiting.First is { } first)
        {
            _waiting.RemoveFirst();
            _running++;
            first.Value.Moved(0);
            try
            {
                Thread thread = new(() => Run(first.Value)) { IsBackground = true, Name = "Wct request" };
                thread.UnsafeStart();
            }
            catch (Exception error) when (error is OutOfMemoryException or ThreadStartException)
            {
                _running--;
                first.Value.Fail(error);
            }
        }

        TellPositions();
    }

    private void Run(QueuedJob job)
    {
        job.Run();
        lock (_lock)
        {
            _running--;
            StartNext();
        }
    }

    private void TellPositions()
    {
        int position = 0;
        foreach (QueuedJob job in _waiting)
            job.Moved(++position);
    }
}
