using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Wct.Bindings.Native;

/// <summary>One call with options, progress and cancellation: what lives from before it to after it.</summary>
internal sealed class Call : IDisposable
{
    private readonly IProgress<StylizeProgress>? _progress;
    private readonly CancellationToken _cancellation;
    private readonly ProgressCallback? _callback;
    private readonly Pin _levels;
    private ExceptionDispatchInfo? _thrown;

    /// <exception cref="OperationCanceledException">Canceled already.</exception>
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
            // The library takes 0 for "no budget"; a budget of nothing is to be refused like one of a byte.
            MaxMemory = options.MaxMemory is 0 ? 1 : options.MaxMemory ?? 0,
            Progress = _callback is null ? IntPtr.Zero : Marshal.GetFunctionPointerForDelegate(_callback),
        };
    }

    /// <summary>What the library is given.</summary>
    internal NativeOptions Options { get; }

    /// <summary>Throws what went wrong: in the caller's progress, or in the library.</summary>
    internal void Check(Status status)
    {
        GC.KeepAlive(_callback);
        _thrown?.Throw();
        WarningListener.Rethrow();
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

    // No exception may leave it: there are the library's frames above it.
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
