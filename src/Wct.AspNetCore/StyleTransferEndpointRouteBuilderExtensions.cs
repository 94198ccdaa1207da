using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Wct.AspNetCore.Endpoints;
using Wct.AspNetCore.Requests;
using Wct.AspNetCore.Work;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the endpoints that stylize pictures.</summary>
public static class StyleTransferEndpointRouteBuilderExtensions
{
    private const string Form = "multipart/form-data",
        Raw = "The body can also be the picture itself (image/* or application/octet-stream); the "
        + "settings are then query parameters.";

    /// <summary>Maps POST <paramref name="pattern"/> (stylizes a picture), POST <c>/styles</c> below it (keeps a style), GET
    /// <c>/options</c>
    /// (what the server can do) and GET <c>/styles/{name}/thumbnail</c>. docs/aspnet.md describes them.</summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">The route, such as <c>/stylize</c>.</param>
    /// <returns>A builder for all of the endpoints, for example to require authorization.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="endpoints"/> or <paramref name="pattern"/> is null.</exception>
    /// <exception cref="InvalidOperationException"><c>AddStyleTransfer</c> was not called.</exception>
    public static IEndpointConventionBuilder MapStyleTransfer(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern = "/stylize")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        if (endpoints.ServiceProvider.GetService<IServiceProviderIsService>()?.IsService(typeof(StylizeService)) == false)
            throw new InvalidOperationException("Call builder.Services.AddStyleTransfer() before app.MapStyleTransfer().");
        RouteGroupBuilder group = endpoints.MapGroup(pattern);
        group.WithTags("Style transfer");
        Describe(group.MapPost("", Handlers.Stylize), Handlers.Stylize, "Stylizes a picture.")
            .WithDescription($"GET /options describes the settings. {Raw} If Accept is text/event-stream, the answer has progress events.")
            .WithMetadata([.. Descriptions.Form, new AcceptsMetadata([Form])])
            .WithMetadata(Picture([.. ResultFormat.MediaTypes, "text/event-stream"]))
            .WithMetadata([.. Problems(400, 404, 408, 413, 415, 429, 500, 503)]);
        Describe(group.MapPost("/styles", Handlers.AddStyle), Handlers.AddStyle, "Keeps a style, and prepares it.")
            .WithDescription($"The answer has an id, which requests can use as a style. {Raw}")
            .WithMetadata([.. Descriptions.StyleForm, new AcceptsMetadata([Form])])
            .WithMetadata(new ProducesResponseTypeMetadata(201, typeof(PreparedAnswer), ["application/json"]))
            .WithMetadata([.. Problems(400, 408, 413, 415, 429, 500, 503)]);
        // Without these, routing answers other content types itself, and without problem details.
        group.MapPost("", Handlers.Stylize).ExcludeFromDescription();
        group.MapPost("/styles", Handlers.AddStyle).ExcludeFromDescription();
        Describe(group.MapGet("/options", Handlers.Options), Handlers.Options, "Lists the options, formats, limits and styles.")
            .WithMetadata(new ProducesResponseTypeMetadata(200, typeof(OptionsAnswer), ["application/json"]));
        Describe(
            group.MapGet("/styles/{name}/thumbnail", Handlers.Thumbnail), Handlers.Thumbnail,
                "A small picture of a style that the server has.")
            .WithMetadata(Picture("image/jpeg")).WithMetadata([.. Problems(404)]);
        return group;
    }

    // The method makes the endpoint visible to OpenAPI.
    private static IEndpointConventionBuilder Describe(IEndpointConventionBuilder endpoint, RequestDelegate handler, string summary) =>
        endpoint.WithMetadata(handler.Method).WithSummary(summary);

    private static ProducesResponseTypeMetadata Picture(params string[] types) => new(200, typeof(Stream), types);

    private static IEnumerable<object> Problems(params int[] statuses) =>
        statuses.Select(status => new ProducesResponseTypeMetadata(status, typeof(ProblemDetails), ["application/problem+json"]));

    private sealed class AcceptsMetadata(string[] types) : IAcceptsMetadata
    {
        public IReadOnlyList<string> ContentTypes => types;

        public Type? RequestType => null;

        public bool IsOptional => false;
    }
}
