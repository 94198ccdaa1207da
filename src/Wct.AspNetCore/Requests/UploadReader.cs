using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using BadHttpRequestException = Microsoft.AspNetCore.Http.BadHttpRequestException;

namespace Wct.AspNetCore.Requests;

/// <summary>Receives bodies within the limits on size, time and speed. All reading is asynchronous.</summary>
internal static class UploadReader
{
    private const int LongestName = 255;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>Receives a body.</summary>
    /// <param name="context">The request.</param>
    /// <param name="options">The limits.</param>
    /// <param name="rawPart">The part's name of a body that is a file.</param>
    /// <param name="rule">Decides which parts the request may have.</param>
    /// <exception cref="RequestProblem">The body is too large or too slow, or isn't what is expected.</exception>
    /// <exception cref="OperationCanceledException">The client went away.</exception>
    internal static async Task<Upload> Read(HttpContext context, StyleTransferServiceOptions options, string rawPart, PartRule rule)
    {
        BodyRate? rate = SetLimits(context, options);
        if (context.Request.ContentLength > options.MaxUploadBytes)
            throw BodyStream.TooLarge($"{context.Request.ContentLength}", options.MaxUploadBytes);
        using CancellationTokenSource time = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        time.CancelAfter(options.UploadTimeout);
        Upload upload = new(new Spool(options.TemporaryFolder ?? Path.GetTempPath()));
        try
        {
            foreach ((string name, Microsoft.Extensions.Primitives.StringValues values) in context.Request.Query)
            {
                foreach (string? value in values)
                {
                    rule(upload, name, isFile: false);
                    upload.Add(name, value ?? "");
                }
            }

            BodyStream body = new(context.Request.BodyReader, options.MaxUploadBytes, rate);
            if (Boundary(context.Request) is { } boundary)
                await ReadParts(upload, new MultipartReader(boundary, body), rule, 3 * options.MaxStyles + 64, time.Token);
            else
                await upload.Add(rawPart, rawPart, body, time.Token);
            return upload;
        }
        catch (Exception error)
        {
            upload.Dispose();
            if (Translated(error, context, options) is { } problem)
                throw problem;
            throw;
        }
    }

    // The speed that must be checked here; null if the server checks it, or nobody must.
    private static BodyRate? SetLimits(HttpContext context, StyleTransferServiceOptions options)
    {
        // The server's limit would answer without problem details. BodyStream counts instead.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;
        double lowest = options.MinUploadRate;
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            // Kestrel checks single requests of HTTP/1. With HTTP/2 and 3 it refuses to be given a speed, but its own can be switched off.
            bool isFirst = IsFirstVersion(context.Request.Protocol);
            rate.MinDataRate = isFirst && lowest > 0 ? new MinDataRate(lowest, Grace) : null;
            if (isFirst)
                return null;
        }

        return lowest > 0 ? new BodyRate(lowest, Grace) : null;
    }

    private static bool IsFirstVersion(string protocol) => HttpProtocol.IsHttp11(protocol) || HttpProtocol.IsHttp10(protocol);

    // The boundary of a form; null for a body that is one file.
    private static string? Boundary(HttpRequest request)
    {
        if (request.ContentType is null)
            return null;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type))
            throw WrongType(request);
        if (type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            string? boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
            return boundary is { Length: > 0 and <= 200 } ? boundary
                : throw RequestProblem.Bad($"The form's boundary has {boundary?.Length ?? 0} characters; it must have 1 to 200.");
        }

        return type.Type.Equals("image", StringComparison.OrdinalIgnoreCase)
            || type.MediaType.Equals("application/octet-stream", StringComparison.OrdinalIgnoreCase) ? null : throw WrongType(request);
    }

    private static RequestProblem WrongType(HttpRequest request) => new(
        415, "unsupported_media_type", $"The request's Content-Type is '{request.ContentType}'; it must be multipart/form-data, image/* or "
            + "application/octet-stream.");

    // A style can have a picture and two masks. The other parts are for the content, the labels and the text fields.
    private static async Task ReadParts(
        Upload upload, MultipartReader reader, PartRule rule, int limit, CancellationToken cancellationToken)
    {
        UploadText text = new();
        for (int count = 0; await reader.ReadNextSectionAsync(cancellationToken) is { } section; count++)
        {
            if (count == limit)
                throw RequestProblem.Bad($"The form has more than {limit} parts, the limit.");
            ContentDispositionHeaderValue? header = section.GetContentDispositionHeader();
            string part = header is null ? "" : HeaderUtilities.RemoveQuotes(header.Name).Value ?? "";
            if (header is null || part.Length == 0)
                throw RequestProblem.Bad($"Part {count + 1} of the form has no name; each part needs one in its Content-Disposition.");
            bool isFile = header.IsFileDisposition();
            rule(upload, part, isFile);
            if (isFile)
                await upload.Add(part, FileName(header) is { Length: > 0 } given ? given : part, section.Body, cancellationToken);
            else
                upload.Add(part, await text.Read(part, section.Body, cancellationToken));
        }
    }

    private static string FileName(ContentDispositionHeaderValue header)
    {
        string name = HeaderUtilities.RemoveQuotes(header.FileNameStar.HasValue ? header.FileNameStar : header.FileName).Value ?? "";
        name = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        return name.Length <= LongestName ? OneLine.Clean(name)
            : throw RequestProblem.Bad($"A file's name has {name.Length} characters; the limit is {LongestName}.");
    }

    // The problem that an exception of the server or the form reader stands for; null for others.
    private static RequestProblem? Translated(Exception error, HttpContext context, StyleTransferServiceOptions options) => error switch
    {
        _ when context.RequestAborted.IsCancellationRequested => null,
        ConnectionResetException or ConnectionAbortedException => null,
        OperationCanceledException => new RequestProblem(
            408, "upload_too_slow", $"The request's body took longer than {options.UploadTimeout.TotalSeconds:0.###} s, the limit."),
        BadHttpRequestException { StatusCode: 408 } => BodyRate.TooSlow(options.MinUploadRate),
        BadHttpRequestException bad => new RequestProblem(bad.StatusCode, "bad_request", bad.Message),
        InvalidDataException or IOException => RequestProblem.Bad($"The request's body can't be read: {error.Message.Trim()}"),
        _ => null,
    };
}
