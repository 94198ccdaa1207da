using Microsoft.Extensions.Logging;

namespace Wct.AspNetCore.Observation;

/// <summary>The messages that are logged. Names of files come from clients, and were made safe to print.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "The model is loaded. Device: {Device}.")]
    internal static partial void Loaded(ILogger logger, string device);

    [LoggerMessage(2, LogLevel.Warning, "{Warning}")]
    internal static partial void Fallback(ILogger logger, string warning);

    [LoggerMessage(3, LogLevel.Information, "Computed {Width}x{Height} pixels as {MediaType} in {Seconds:0.000} s.")]
    internal static partial void Computed(ILogger logger, int width, int height, string mediaType, double seconds);

    [LoggerMessage(4, LogLevel.Information, "Refused with status {Status}: {Detail}")]
    internal static partial void Refused(ILogger logger, int status, string detail);

    [LoggerMessage(5, LogLevel.Information, "The client went away (status 499).")]
    internal static partial void ClientGone(ILogger logger);

    [LoggerMessage(6, LogLevel.Error, "The request failed.")]
    internal static partial void Failed(ILogger logger, Exception error);

    [LoggerMessage(7, LogLevel.Information, "{Warning}")]
    internal static partial void Damaged(ILogger logger, string warning);

    // Usually the request is wrong, but the exception could also be a mistake of the server, so it is shown.
    [LoggerMessage(8, LogLevel.Warning, "Refused with status {Status}: {Detail}")]
    internal static partial void RefusedArgument(ILogger logger, int status, string detail, Exception error);

    [LoggerMessage(9, LogLevel.Warning, "The preview of a level failed.")]
    internal static partial void NoPreview(ILogger logger, Exception error);
}
