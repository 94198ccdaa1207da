using System.Runtime.CompilerServices;

namespace Wct.Net.Calls;

/// <summary>Runs calls one after the other, first come first served, on a background thread of its own.</summary>
/// <remarks>The thread starts with the first call and ends when the queue is closed. No lock is held while a call runs or a task
/// completes.</remarks>
/// <param name="owner">The name of the object that is disposed of when the queue is closed, for exceptions.</param>
/// <param name="limit">The number of calls that may wait while another one runs, at least 0.</param>
/// <param name="start">Starts the thread; null for <see cref="Thread.UnsafeStart()"/>.</param>
internal sealed class CallQueue(string owner, int limit, Action<Thread>? start = null)
{
    // An object, because threads wait for a signal on it.
    private readonly object _lock = new();
    private readonly LinkedList<QueuedCall> _waiting = new();
    private Thread? _thread;
    private bool _isBusy, _isClosed;

    /// <summary>The number of calls that wait.</summary>
    internal int Waiting
    {
        get
        {
            lock (_lock)
                return _waiting.Count;
        }
    }

    /// <summary>Adds a call at the end.</summary>
    /// <param name="work">Computes the result, and watches the token while it runs.</param>
    /// <param name="cancellationToken">Removes the call while it waits.</param>
    /// <returns>A task that gets the result or the exception of the work. It fails with <see cref="QueueFullException"/> if too many calls
    /// wait, and with <see cref="ObjectDisposedException"/> if the queue is closed before the call runs.</returns>
    internal Task<T> Add<T>(Func<T> work, CancellationToken cancellationToken)
    {
        QueuedCall<T> call = new(work);
        // Before the call is added, so that the registration is complete when the thread takes the call.
        call.Watch(this, cancellationToken);
        if (TryAdd(call) is { } error)
            call.Fail(error);
        return call.Task;
    }

    /// <summary>Adds a call without a result at the end.</summary>
    internal Task Add(Action work, CancellationToken cancellationToken)
    {
        return Add(Run, cancellationToken);

        bool Run()
        {
            work();
            return true;
        }
    }

    /// <summary>Removes a call that waits, and cancels its task. A call that runs watches the token itself.</summary>
    internal void Cancel(QueuedCall call)
    {
        lock (_lock)
        {
            if (call.IsTaken)
                return;
            call.IsTaken = true;
            if (call.Place.List is not null)
                _waiting.Remove(call.Place);
        }

        call.Cancel();
    }

    /// <summary>Ends the thread after the call that runs, and fails all waiting calls. Does not throw.</summary>
    internal void Close()
    {
        QueuedCall[] waiting;
        lock (_lock)
        {
            _isClosed = true;
            waiting = [.. _waiting];
            _waiting.Clear();
            foreach (QueuedCall call in waiting)
                call.IsTaken = true;
            Monitor.PulseAll(_lock);
        }

        foreach (QueuedCall call in waiting)
            call.Fail(new ObjectDisposedException(owner));
    }

    // Returns the reason why the call can't be added; null if it was added, or canceled before.
    private Exception? TryAdd(QueuedCall call)
    {
        lock (_lock)
        {
            if (call.IsTaken)
                return null;
            int before = _waiting.Count + (_isBusy ? 1 : 0);
            Exception? error = _isClosed ? new ObjectDisposedException(owner)
                : before > limit ? new QueueFullException(before - 1, limit) : null;
            if (error is not null)
            {
                call.IsTaken = true;
                return error;
            }

            _waiting.AddLast(call.Place);
            Monitor.Pulse(_lock);
            return Start(call);
        }
    }

    // Starts the thread if there is none. Returns the exception if the system refuses.
    private Exception? Start(QueuedCall call)
    {
        if (_thread is not null)
            return null;
        try
        {
            Thread thread = new(Loop) { IsBackground = true, Name = "Wct calls" };
            if (start is null)
                // The thread must not keep the context of the first caller.
                thread.UnsafeStart();
            else
                start(thread);
            _thread = thread;
            return null;
        }
        // OutOfMemoryException or ThreadStartException; PlatformNotSupportedException where there are no threads, as in browsers.
        catch (Exception error)
        {
            call.IsTaken = true;
            _waiting.Remove(call.Place);
            return error;
        }
    }

    private void Loop()
    {
        while (RunNext())
        {
        }
    }

    // A method of its own, so that the waiting thread has no reference to the last call and its pictures.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool RunNext()
    {
        if (Take() is not { } call)
            return false;
        call.Run();
        lock (_lock)
            _isBusy = false;
        // Afterwards, so that a caller who waited for the task finds the queue free.
        call.Publish();
        return true;
    }

    // Waits for the next call; null if the queue is closed.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private QueuedCall? Take()
    {
        lock (_lock)
        {
            while (_waiting.Count == 0 && !_isClosed)
                Monitor.Wait(_lock);
            if (_waiting.First is not { } first)
                return null;
            _waiting.Remove(first);
            first.Value.IsTaken = true;
            _isBusy = true;
            return first.Value;
        }
    }
}
