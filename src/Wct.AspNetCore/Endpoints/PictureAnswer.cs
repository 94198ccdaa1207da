using Microsoft.AspNetCore.Http;
using Wct.AspNetCore.Requests;
using Wct.AspNetCore.Work;

namespace Wct.AspNetCore.Endpoints;

/// <summary>Answers with a picture, within a time limit.</summary>
internal static class PictureAnswer
{
    /// <summary>The error for an answer that the client doesn't read.</summary>
    internal static RequestProblem TooSlow(TimeSpan limit) => new(
        408, "answer_too_slow", FormattableString.Invariant($"The answer wasn't received within {limit.TotalSeconds:0.###} s, the limit."));

    /// <summary>Writes the picture.</summary>
    /// <exception cref="RequestProblem">The client reads too slowly.</exception>
    internal static async Task Write(HttpContext context, StylizeResult result, TimeSpan limit)
    {
        using CancellationTokenSource time = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        time.CancelAfter(limit);
        context.Response.ContentType = result.MediaType;
        context.Response.ContentLength = result.Data.Length;
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            await context.Response.Body.WriteAsync(result.Data, time.Token);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            throw TooSlow(limit);
        }
    }
}
