using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Wct.Bindings.Native;

/// <summary>The options, progress and cancellation of one call. It keeps them alive until the call has returned.</summary>
internal sealed class Call : IDisposable
{
    private readonly IProgress<StylizeProgress>? _progress;
    private readonly CancellationToken _cancellation;
    private readonly ProgressCallback? _callback;
    private readonly Pin _levels;
    private ExceptionDispatchInfo? _thrown;

    /// <exception cref="OperationCanceledException">The call was canceled before it began.</exception>
    internal Call(StylizeOptions? options, IProgress<StylizeProgress>? progress, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        options ??= new StylizeOptions();
        (_progress, _cancellation) = (progress, cancellation);
        _callback = progress is null && !cancellation.CanBeCanceled ? null : Report;
        _levels = new Pin(Digits(options.Levels));
        Options = new NativeOptions
        {
            Size = (uint)Marshal.SizeOf<NativeOptions>(),
            Strength = options.Strength,
            Levels = _levels.Address,
            // For the library, 0 means no budget. A budget of 0 must be refused like a budget of 1 byte.
            MaxMemory = options.MaxMemory is 0 ? 1 : options.MaxMemory ?? 0,
            Progress = _callback is null ? IntPtr.Zero : Marshal.GetFunctionPointerForDelegate(_callback),
        };
    }

    /// <summary>The options for the library.</summary>
    internal NativeOptions Options { get; }

    /// <summary>Throws if the caller's callbacks threw, or if the call failed.</summary>
    internal void Check(Status status)
    {
        GC.KeepAlive(_callback);
        // It is taken in any case, or it would come out of this thread's next call.
        ExceptionDispatchInfo? warned = WarningListener.TakeException();
        _thrown?.Throw();
        warned?.Throw();
        Failure.ThrowIf(status, _cancellation);
    }

    /// <inheritdoc/>
    public void Dispose() => _levels.Dispose();

    private static byte[]? Digits(IReadOnlyList<int>? levels)
    {
        if (levels is null)
            return null;
        foreach (int level in levels)
        {
            if (level is < 1 or > 5)
                throw new ArgumentException($"Level {level} doesn't exist, levels are 1 to 5.", nameof(levels));
        }

        return Utf8.Bytes(string.Concat(levels.Select(level => level.ToString(CultureInfo.InvariantCulture))), nameof(levels));
    }

    // It must not throw, because native code calls it.
    private int Report(IntPtr context, double fraction, int level, int stage)
    {
        try
        {
            if (_cancellation.IsCancellationRequested)
                return 1;
            _progress?.Report(new StylizeProgress(level, (StylizeStage)stage, fraction));
            return 0;
        }
        catch (Exception e)
        {
            _thrown = ExceptionDispatchInfo.Capture(e);
            return 1;
        }
    }
}
