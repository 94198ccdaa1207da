using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Wct.AspNetCore.Observation;
using Wct.AspNetCore.Requests;
using Wct.AspNetCore.Work;
using Wct.Imaging;
using Wct.Net;
using Wct.Net.Recipes;
using Wct.Net.Weights;

namespace Wct.AspNetCore.Endpoints;

/// <summary>Problem details (RFC 9457).</summary>
/// <param name="Status">The status code.</param>
/// <param name="Detail">One sentence for the client.</param>
/// <param name="Limit">The limit that was met; null if there is none.</param>
/// <param name="Reason">A short name for metrics.</param>
/// <param name="RetryAfter">Seconds after which the client may try again; null if that doesn't help.</param>
internal sealed record Problem(
    int Status, string Detail, long? Limit, [property: JsonIgnore] string Reason, [property: JsonIgnore] int? RetryAfter)
{
    private const int LongestDetail = 1000;

    /// <summary>Says that only the status has a meaning.</summary>
    public string Type => "about:blank";

    /// <summary>The status code in words.</summary>
    public string Title => ReasonPhrases.GetReasonPhrase(Status);

    /// <summary>The problem that an exception stands for. Only known exceptions show their messages. The detail is one line of limited
    /// length, because parts of it may come from the client.</summary>
    internal static Problem Of(Exception error)
    {
        Problem problem = Kind(error);
        return problem with { Detail = OneLine.Clean(Cut(problem.Detail)) };
    }

    private static string Cut(string detail)
    {
        if (detail.Length <= LongestDetail)
            return detail;
        // Half of a surrogate pair is no character.
        return string.Concat(detail.AsSpan(0, LongestDetail - (char.IsHighSurrogate(detail[LongestDetail - 1]) ? 1 : 0)), "...");
    }

    private static Problem Kind(Exception error) => error switch
    {
        RequestProblem own => new(own.Status, own.Message, own.Limit, own.Reason, own.RetryAfter),
        ImageFormatException { Kind: ImageProblemKind.UnknownFormat } => Simple(415, "unknown_format", error),
        ImageFormatException { Kind: ImageProblemKind.TooManyPixels } => Simple(413, "too_many_pixels", error),
        ImageFormatException => Simple(400, "damaged_picture", error),
        RecipeFormatException or JsonException => Simple(400, "bad_recipe", error),
        WeightsFormatException or ModelMismatchException => Simple(400, "bad_style_file", error),
        InsufficientMemoryException => Simple(413, "too_little_memory", error),
        OverflowException => Simple(413, "too_many_pixels", error),
        // The library's methods throw it for settings and pictures that don't fit together.
        ArgumentException => Simple(400, "bad_request", error),
        _ => new(500, "The server failed to answer the request.", null, "internal_error", null),
    };

    /// <summary>Logs the problem, counts it, and answers with it. If the client went away, there is no answer.</summary>
    internal static async Task Answer(HttpContext context, Exception error, StylizeService? service, ILogger logger)
    {
        if (Reported(context, error, service, logger) is not { } problem)
            return;
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        context.Response.Clear();
        context.Response.StatusCode = problem.Status;
        context.Response.Headers.CacheControl = "no-store";
        if (problem.RetryAfter is { } seconds)
            context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        await context.Response.WriteAsJsonAsync(problem, Json.Default.Problem, "application/problem+json");
    }

    /// <summary>Logs and counts the problem of an exception; null if the client went away.</summary>
    internal static Problem? Reported(HttpContext context, Exception error, StylizeService? service, ILogger logger)
    {
        // The server may notice by an exception first.
        if (context.RequestAborted.IsCancellationRequested || error is ConnectionResetException or ConnectionAbortedException)
        {
            service?.Telemetry.Failure("client_gone");
            Log.ClientGone(logger);
            // Logs of requests show it.
            if (!context.Response.HasStarted)
                context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return null;
        }

        Problem problem = Of(error);
        service?.Telemetry.Failure(problem.Reason);
        if (problem.Status >= 500 && error is not RequestProblem)
            Log.Failed(logger, error);
        else if (error is ArgumentException)
            Log.RefusedArgument(logger, problem.Status, problem.Detail, error);
        else
            Log.Refused(logger, problem.Status, problem.Detail);
        return problem;
    }

    private static Problem Simple(int status, string reason, Exception error) => new(status, Sentence(error.Message), null, reason, null);

    // Without the parameter's name, which says nothing to a client.
    private static string Sentence(string message)
    {
        int parameter = message.LastIndexOf(" (Parameter '", StringComparison.Ordinal);
        if (parameter >= 0)
            message = message[..parameter];
        return message.EndsWith('.') || message.EndsWith("...", StringComparison.Ordinal) ? message : $"{message}.";
    }
}
