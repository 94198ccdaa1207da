using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Wct.Bindings.Native;

/// <summary>Progress and cancellation of one call. It keeps the callback alive until the call has returned.</summary>
internal abstract class Call : IDisposable
{
    private readonly IProgress<StylizeProgress>? _progress;
    private readonly CancellationToken _cancellation;
    private readonly ProgressCallback? _callback;
    private ExceptionDispatchInfo? _thrown;

    /// <exception cref="OperationCanceledException">The call was canceled before it began.</exception>
    protected Call(IProgress<StylizeProgress>? progress, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        (_progress, _cancellation) = (progress, cancellation);
        _callback = progress is null && !cancellation.CanBeCanceled ? null : Report;
        Progress = _callback is null ? IntPtr.Zero : Marshal.GetFunctionPointerForDelegate(_callback);
    }

    /// <summary>The progress callback for the library.</summary>
    protected IntPtr Progress { get; }

    /// <summary>Throws if the caller's callbacks threw, or if the call failed.</summary>
    internal void Check(Status status)
    {
        GC.KeepAlive(_callback);
        GC.KeepAlive(this);
        // It is taken in any case, or it would come out of this thread's next call.
        ExceptionDispatchInfo? warned = WarningListener.TakeException();
        _thrown?.Throw();
        warned?.Throw();
        Failure.ThrowIf(status, _cancellation);
    }

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>The memory budget for the library.</summary>
    // For the library, 0 means no budget. A budget of 0 must be refused like a budget of 1 byte.
    protected static long Memory(long? budget) => budget is 0 ? 1 : budget ?? 0;

    /// <summary>A number for the library, for which 0 means the default.</summary>
    /// <exception cref="ArgumentException">It is 0.</exception>
    protected static T Given<T>(T value, string name, string must)
        where T : struct, IEquatable<T> =>
        value.Equals(default) ? throw new ArgumentException($"'{name}' is 0; it must be {must}.", name) : value;

    /// <summary>Runs a callback of the application. Its exception is rethrown when the call ends, because it must not pass through native
    /// code.</summary>
    /// <returns>0 to continue, 1 to end the call.</returns>
    protected int Guard(Action callback)
    {
        try
        {
            if (_cancellation.IsCancellationRequested)
                return 1;
            callback();
            return 0;
        }
        catch (Exception e)
        {
            _thrown = ExceptionDispatchInfo.Capture(e);
            return 1;
        }
    }

    private int Report(IntPtr context, double fraction, int level, int stage) =>
        Guard(() => _progress?.Report(new StylizeProgress(level, (StylizeStage)stage, fraction)));
}
