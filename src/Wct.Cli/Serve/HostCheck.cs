using Microsoft.AspNetCore.Http;

namespace Wct.Cli.Serve;

/// <summary>Refuses requests to names that aren't this server's.</summary>
internal static class HostCheck
{
    /// <summary>Goes on with the request, or answers with status 400.</summary>
    internal static Task Run(HttpContext context, HostNames hosts, RequestDelegate next)
    {
        string host = context.Request.Host.Host;
        if (hosts.Answers(host))
            return next(context);
        return TypedResults.Problem(
            detail: $"The request is for '{OneLine.Clean(host)}'; the server answers only under its own names. wct serve --host adds one.",
            statusCode: StatusCodes.Status400BadRequest, title: "Unknown host").ExecuteAsync(context);
    }
}
