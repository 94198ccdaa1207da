namespace Wct.AspNetCore.Work;

/// <summary>A computation that waits in a <see cref="JobQueue"/> or runs.</summary>
internal abstract class QueuedJob
{
    internal QueuedJob() => Place = new LinkedListNode<QueuedJob>(this);

    /// <summary>The job's place in the queue.</summary>
    internal LinkedListNode<QueuedJob> Place { get; }

    /// <summary>Called with the job's position: 0 when it runs, 1 if it is the next one. Must return at once, because the queue is locked
    /// while it is called.</summary>
    internal required Action<int> Moved { get; init; }

    /// <summary>Runs the job. Doesn't throw.</summary>
    internal abstract void Run();

    /// <summary>Lets the job fail before it runs.</summary>
    internal abstract void Fail(Exception error);

    /// <summary>Cancels the job before it runs.</summary>
    internal abstract void Cancel();
}

/// <summary>A job with a result.</summary>
/// <param name="work">Computes the result. It isn't referenced any longer when the job has ended.</param>
/// <param name="cancellationToken">Cancels the job while it waits.</param>
internal sealed class QueuedJob<T>(Func<T> work, CancellationToken cancellationToken) : QueuedJob
{
    private readonly TaskCompletionSource<T> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ExecutionContext? _context = ExecutionContext.Capture();
    private Func<T>? _work = work;

    internal Task<T> Task => _result.Task;

    internal override void Run()
    {
        Func<T> own = _work!;
        _work = null;
        if (_context is null)
            Complete(own);
        else
            ExecutionContext.Run(_context, state => Complete((Func<T>)state!), own);
    }

    internal override void Fail(Exception error)
    {
        _work = null;
        _result.TrySetException(error);
    }

    internal override void Cancel()
    {
        _work = null;
        _result.TrySetCanceled(cancellationToken);
    }

    private void Complete(Func<T> own)
    {
        try
        {
            _result.TrySetResult(own());
        }
        catch (OperationCanceledException canceled)
        {
            _result.TrySetCanceled(canceled.CancellationToken);
        }
        catch (Exception error)
        {
            _result.TrySetException(error);
        }
    }
}
