using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Headers;
using Microsoft.Net.Http.Headers;

namespace Wct.AspNetCore.Page;

/// <summary>Answers requests for the page's files.</summary>
internal static class PageAnswer
{
    /// <summary>The content security policy. The page's own files, the pictures that it makes, and requests to its own server: nothing
    /// else, no script or style in the markup, and no other site can show the page in a frame.</summary>
    internal const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
        + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
        + "trusted-types 'none'";

    /// <summary>Writes a file, or status 304 if the client has it, or 404 if there is none.</summary>
    /// <param name="context">The request.</param>
    /// <param name="name">The file's name; its extension decides the media type.</param>
    /// <param name="file">The file; null if there is none.</param>
    internal static async Task Write(HttpContext context, string name, PageFile? file)
    {
        HttpResponse response = context.Response;
        IHeaderDictionary headers = response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (file is null)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        // The browser keeps the files and asks each time whether they changed, so that a new version is seen at once.
        headers.CacheControl = "no-cache";
        response.GetTypedHeaders().ETag = file.Tag;
        if (IsKnown(context.Request, file.Tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = PageFile.MediaType(name);
        response.ContentLength = file.Bytes.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await response.Body.WriteAsync(file.Bytes, context.RequestAborted);
    }

    private static bool IsKnown(HttpRequest request, EntityTagHeaderValue tag)
    {
        RequestHeaders headers = request.GetTypedHeaders();
        return headers.IfNoneMatch.Any(known => known.Equals(EntityTagHeaderValue.Any) || known.Compare(tag, useStrongComparison: false));
    }
}
