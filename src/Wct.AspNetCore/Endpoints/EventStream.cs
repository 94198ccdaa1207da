using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Wct.AspNetCore.Requests;
using Wct.AspNetCore.Work;

namespace Wct.AspNetCore.Endpoints;

/// <summary>Answers with server-sent events: positions in the queue, progress, levels, and the result or an error.</summary>
internal static class EventStream
{
    /// <summary>Runs a request and sends its events.</summary>
    /// <param name="context">The HTTP request.</param>
    /// <param name="service">Runs the request.</param>
    /// <param name="request">The request.</param>
    /// <param name="upload">Its files; they are deleted when the job has ended.</param>
    /// <exception cref="RequestProblem">The queue is full. Nothing was sent.</exception>
    internal static async Task Run(HttpContext context, StylizeService service, StylizeRequest request, Upload upload)
    {
        EventChannel events = new(service.Logger);
        // Also canceled if the client doesn't read.
        using CancellationTokenSource gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        Task<StylizeResult> job = service.Start(request, events, gone.Token);
        TimeSpan limit = service.Options.AnswerTimeout;
        try
        {
            _ = job.ContinueWith(
                _ => events.Complete(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            context.Response.ContentType = "text/event-stream";
            context.Response.Headers.CacheControl = "no-store";
            // Proxies such as nginx collect the events otherwise.
            context.Response.Headers["X-Accel-Buffering"] = "no";
            await Send(context, events, service.Options.KeepAlive, limit);
            StylizeResult result = await job;
            upload.Dispose();
            await Limited(context, limit, token => SendResult(context, result, token));
        }
        catch (Exception error)
        {
            // The files of the request are in use until the job has ended.
            await gone.CancelAsync();
            await ((Task)job).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (Problem.Reported(context, error, service, service.Logger) is { } problem)
                await SendProblem(context, problem, limit);
        }
    }

    // The problem was counted and logged already, so a client that goes away now isn't another failure.
    private static async Task SendProblem(HttpContext context, Problem problem, TimeSpan limit)
    {
        if (problem.Reason == PictureAnswer.TooSlow(limit).Reason)
        {
            context.Abort();
            return;
        }

        try
        {
            await Limited(context, limit, token =>
                context.Response.Body.WriteAsync(EventChannel.Bytes("error", problem, Json.Default.Problem), token).AsTask());
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or RequestProblem)
        {
            context.Abort();
        }
    }

    private static async Task Send(HttpContext context, EventChannel events, TimeSpan keepAlive, TimeSpan limit)
    {
        CancellationToken gone = context.RequestAborted;
        Task<bool> next = events.Wait(gone).AsTask();
        for (bool isOpen = true; isOpen;)
        {
            bool isSilent = false;
            try
            {
                isOpen = await next.WaitAsync(keepAlive, gone);
            }
            catch (TimeoutException)
            {
                isSilent = true;
            }

            await Limited(context, limit, token => Write(context.Response.Body, isSilent, events, token));
            if (!isSilent)
                next = events.Wait(gone).AsTask();
        }
    }

    private static async Task Write(Stream body, bool isSilent, EventChannel events, CancellationToken cancellationToken)
    {
        if (isSilent)
            await body.WriteAsync(": keep-alive\n\n"u8.ToArray(), cancellationToken);
        while (!isSilent && events.TryTake(out byte[]? bytes))
            await body.WriteAsync(bytes, cancellationToken);
        await body.FlushAsync(cancellationToken);
    }

    // A client that doesn't read would hold the request, and the result.
    private static async Task Limited(HttpContext context, TimeSpan limit, Func<CancellationToken, Task> write)
    {
        using CancellationTokenSource time = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        time.CancelAfter(limit);
        try
        {
            await write(time.Token);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            throw PictureAnswer.TooSlow(limit);
        }
    }

    // In parts, because the text of a large picture would take a multiple of its memory.
    private static async Task SendResult(HttpContext context, StylizeResult result, CancellationToken gone)
    {
        const int Part = 3 << 14;
        Stream body = context.Response.Body;
        await body.WriteAsync(Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"event: result\ndata: {{\"type\":\"{result.MediaType}\",\"width\":{result.Width},\"height\":{result.Height},\"data\":\"")),
                gone);
        byte[] text = ArrayPool<byte>.Shared.Rent(Base64.GetMaxEncodedToUtf8Length(Part));
        try
        {
            for (int at = 0; at < result.Data.Length; at += Part)
            {
                ReadOnlyMemory<byte> part = result.Data.Slice(at, Math.Min(Part, result.Data.Length - at));
                Base64.EncodeToUtf8(part.Span, text, out _, out int written);
                await body.WriteAsync(text.AsMemory(0, written), gone);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(text);
        }

        string recipe = JsonNode.Parse(result.Recipe.ToJson())!.ToJsonString();
        await body.WriteAsync(Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"\",\"recipe\":{recipe},\"seconds\":{result.Seconds:0.###}}}\n\n")), gone);
        await body.FlushAsync(gone);
    }
}
