using System.Diagnostics;
using System.IO.Pipelines;

namespace Wct.AspNetCore.Requests;

/// <summary>Checks the average speed of a body, for servers and protocols that don't check it themselves.</summary>
/// <param name="bytesPerSecond">The lowest speed, above 0.</param>
/// <param name="grace">The time at the start that doesn't count.</param>
internal sealed class BodyRate(double bytesPerSecond, TimeSpan grace)
{
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>The error for a body that is too slow.</summary>
    internal static RequestProblem TooSlow(double bytesPerSecond) => new(
        408, "upload_too_slow", FormattableString.Invariant(
            $"The request's body came at less than {bytesPerSecond:0.###} bytes/s, the limit."));

    /// <summary>Reads the next bytes, for as long as the average isn't below the lowest speed.</summary>
    /// <param name="count">The bytes so far.</param>
    /// <param name="read">Reads more; returns without bytes if it is canceled.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>What was read, and the error if the body is too slow.</returns>
    internal async ValueTask<(ReadResult Result, RequestProblem? Problem)> Within(
        long count, Func<CancellationToken, ValueTask<ReadResult>> read, CancellationToken cancellationToken)
    {
        double seconds = grace.TotalSeconds + count / bytesPerSecond - Stopwatch.GetElapsedTime(_start).TotalSeconds;
        using CancellationTokenSource time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        time.CancelAfter(TimeSpan.FromSeconds(Math.Clamp(seconds, 0, TimeSpan.FromDays(1).TotalSeconds)));
        ReadResult result = await read(time.Token);
        bool isTooSlow = result.IsCanceled && time.IsCancellationRequested && !cancellationToken.IsCancellationRequested;
        return (result, isTooSlow ? TooSlow(bytesPerSecond) : null);
    }
}
