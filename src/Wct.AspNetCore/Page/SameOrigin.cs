using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Wct.AspNetCore.Endpoints;
using Wct.AspNetCore.Requests;
using Wct.AspNetCore.Work;

namespace Wct.AspNetCore.Page;

/// <summary>Decides whether a request comes from a page of this server, or from no page at all.</summary>
internal static class SameOrigin
{
    private const string FetchSite = "Sec-Fetch-Site";

    /// <summary>Whether the request may pass. Browsers tell with POST where it comes from; other programs don't.</summary>
    internal static bool Allows(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
            return true;
        // "none" is the user: an address that was typed, or a bookmark.
        if (request.Headers.TryGetValue(FetchSite, out var site) && site.ToString() is not ("same-origin" or "none"))
            return false;
        return !request.Headers.TryGetValue("Origin", out var origin) || IsOwn(origin.ToString(), request);
    }

    /// <summary>Answers with status 403.</summary>
    internal static Task Refuse(HttpContext context)
    {
        string origin = context.Request.Headers.Origin is [{ Length: > 0 } given, ..] ? OneLine.Clean(given) : "another site";
        RequestProblem problem = new(
            StatusCodes.Status403Forbidden, "other_origin",
            $"The request comes from {origin}; only pages of {OneLine.Clean(context.Request.Host.ToString())} may send it.");
        ILogger? logger = context.RequestServices.GetService<ILogger<StylizeService>>();
        return Problem.Answer(context, problem, context.RequestServices.GetService<StylizeService>(), logger ?? NullLogger.Instance);
    }

    // Compared as browsers do: scheme, host and port. A default port is left out of the header Host as it is of an origin.
    private static bool IsOwn(string origin, HttpRequest request) => request.Host.HasValue
        && Uri.TryCreate(origin, UriKind.Absolute, out Uri? own)
        && Uri.TryCreate($"{request.Scheme}://{request.Host}", UriKind.Absolute, out Uri? host)
        && Uri.Compare(own, host, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;
}
