using Wct.Net;

namespace Wct.Native.Arguments;

/// <summary>The caller's progress callback. It can cancel the call.</summary>
internal sealed unsafe class ProgressCall(delegate* unmanaged[Cdecl]<void*, double, int, int, int> call, void* context)
    : IProgress<StylizeProgress>, IDisposable
{
    private readonly CancellationTokenSource? _cancellation = call is null ? null : new();

    /// <summary>Null if there is no callback.</summary>
    internal IProgress<StylizeProgress>? Listener => _cancellation is null ? null : this;

    internal CancellationToken Cancellation => _cancellation?.Token ?? default;

    /// <remarks>Called on the calling thread. After the callback has canceled the call, it isn't called again.</remarks>
    public void Report(StylizeProgress value)
    {
        if (!_cancellation!.IsCancellationRequested && call(context, value.Fraction, value.Level, (int)value.Stage) != 0)
            _cancellation.Cancel();
    }

    public void Dispose() => _cancellation?.Dispose();
}
