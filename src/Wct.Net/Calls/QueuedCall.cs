namespace Wct.Net.Calls;

/// <summary>A call that waits in a <see cref="CallQueue"/> or runs.</summary>
internal abstract class QueuedCall
{
    internal QueuedCall() => Place = new LinkedListNode<QueuedCall>(this);

    /// <summary>The call's place in the queue.</summary>
    internal LinkedListNode<QueuedCall> Place { get; }

    /// <summary>Whether the call no longer waits: it runs, was canceled, or failed. Guarded by the queue's lock.</summary>
    internal bool IsTaken { get; set; }

    /// <summary>Computes the result, and keeps it or the exception. Does not throw.</summary>
    internal abstract void Run();

    /// <summary>Completes the task with what <see cref="Run"/> kept.</summary>
    internal abstract void Publish();

    /// <summary>Cancels the task of a call that never ran.</summary>
    internal abstract void Cancel();

    /// <summary>Fails the task of a call that never ran.</summary>
    internal abstract void Fail(Exception error);
}

/// <summary>A call with a result.</summary>
/// <remarks>When the call has ended, it has no reference to the work, whose pictures can then be collected.</remarks>
/// <param name="work">Computes the result.</param>
internal sealed class QueuedCall<T>(Func<T> work) : QueuedCall
{
    // Continuations run elsewhere: code after an await must not hold up the queue.
    private readonly TaskCompletionSource<T> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ExecutionContext? _context = ExecutionContext.Capture();
    private Func<T>? _work = work;
    private CancellationToken _cancellationToken;
    private CancellationTokenRegistration _registration;
    private T? _value;
    private Exception? _error;

    internal Task<T> Task => _result.Task;

    /// <summary>Lets the token cancel the call while it waits.</summary>
    internal void Watch(CallQueue queue, CancellationToken cancellationToken)
    {
        _cancellationToken = cancellationToken;
        _registration = cancellationToken.UnsafeRegister(_ => queue.Cancel(this), null);
    }

    /// <inheritdoc/>
    internal override void Run()
    {
        Func<T> own = _work!;
        ExecutionContext? context = _context;
        Forget();
        if (context is null)
            Compute(own);
        else
            ExecutionContext.Run(context, state => Compute((Func<T>)state!), own);
    }

    /// <inheritdoc/>
    internal override void Publish()
    {
        if (_error is null)
            _result.TrySetResult(_value!);
        else if (_error is OperationCanceledException && _cancellationToken.IsCancellationRequested)
            _result.TrySetCanceled(_cancellationToken);
        else
            _result.TrySetException(_error);
    }

    /// <inheritdoc/>
    internal override void Cancel()
    {
        Forget();
        _result.TrySetCanceled(_cancellationToken);
    }

    /// <inheritdoc/>
    internal override void Fail(Exception error)
    {
        Forget();
        _result.TrySetException(error);
    }

    private void Compute(Func<T> own)
    {
        try
        {
            _value = own();
        }
        catch (Exception error)
        {
            _error = error;
        }
    }

    // The token may live as long as the process, so the call must not stay registered.
    private void Forget()
    {
        _registration.Unregister();
        (_work, _context) = (null, null);
    }
}
