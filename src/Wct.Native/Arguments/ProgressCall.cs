using Wct.Net;

namespace Wct.Native.Arguments;

/// <summary>A callback of the caller's, which is told how far a call is and can end it.</summary>
internal sealed unsafe class ProgressCall(delegate* unmanaged[Cdecl]<void*, double, int, int, int> call, void* context)
    : IProgress<StylizeProgress>, IDisposable
{
    private readonly CancellationTokenSource? _cancellation = call is null ? null : new();

    /// <summary>Null where nobody listens.</summary>
    internal IProgress<StylizeProgress>? Listener => _cancellation is null ? null : this;

    internal CancellationToken Cancellation => _cancellation?.Token ?? default;

    /// <remarks>Comes on the calling thread. Once it has ended the call, it is left alone.</remarks>
    public void Report(StylizeProgress value)
    {
        if (!_cancellation!.IsCancellationRequested && call(context, value.Fraction, value.Level, (int)value.Stage) != 0)
            _cancellation.Cancel();
    }

    public void Dispose() => _cancellation?.Dispose();
}
