using Wct.Net;

namespace Wct.Native.Arguments;

/// <summary>The caller's progress callback. It can cancel the call.</summary>
internal sealed unsafe class ProgressCall(delegate* unmanaged[Cdecl]<void*, double, int, int, int> call, void* context)
    : IProgress<StylizeProgress>, IDisposable
{
    private readonly CancellationTokenSource? _cancellation = call is null ? null : new();

    /// <summary>Null if there is no callback.</summary>
    internal IProgress<StylizeProgress>? Listener => _cancellation is null ? null : this;

    /// <summary>Reports a part of the call's work; null if there is no callback.</summary>
    /// <param name="start">The share of the work that is done before the part.</param>
    /// <param name="share">The part's share of the work.</param>
    internal IProgress<StylizeProgress>? Part(double start, double share) =>
        _cancellation is null ? null : new PartialProgress(this, start, share);

    internal CancellationToken Cancellation => _cancellation?.Token ?? default;

    /// <remarks>Called on the calling thread. After the callback has canceled the call, it isn't called again.</remarks>
    public void Report(StylizeProgress value)
    {
        if (!_cancellation!.IsCancellationRequested && call(context, value.Fraction, value.Level, (int)value.Stage) != 0)
            _cancellation.Cancel();
    }

    public void Dispose() => _cancellation?.Dispose();

    private sealed class PartialProgress(ProgressCall whole, double start, double share) : IProgress<StylizeProgress>
    {
        public void Report(StylizeProgress value) => whole.Report(value with { Fraction = Math.Min(1, start + share * value.Fraction) });
    }
}
