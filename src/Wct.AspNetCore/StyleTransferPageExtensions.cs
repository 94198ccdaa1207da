using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Wct.AspNetCore.Page;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the web page, with which people stylize pictures in their browser.</summary>
public static class StyleTransferPageExtensions
{
    /// <summary>Maps the page and its files: scripts, style sheets and sample pictures, all from this assembly. The page sends pictures to
    /// the endpoints of <c>MapStyleTransfer</c> and to nothing else; its content security policy lets the browser do no more.</summary>
    /// <param name="endpoints">The application's routes.</param>
    /// <param name="pattern">The page's path, absolute and without parameters: "/" or "/studio". Its files are below it.</param>
    /// <param name="stylize">The path that was given to <c>MapStyleTransfer</c>, absolute and without parameters.</param>
    /// <returns>Adds conventions, such as authorization, to the page and all its files.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">A path isn't absolute, or has parameters.</exception>
    public static IEndpointConventionBuilder MapStyleTransferPage(
        this IEndpointRouteBuilder endpoints, string pattern = "/", string stylize = "/stylize")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        string page = Path(pattern, nameof(pattern)), target = Path(stylize, nameof(stylize));
        RouteGroupBuilder group = endpoints.MapGroup(page);
        MapRead(group, "/", context =>
        {
            string root = context.Request.PathBase.Value ?? "";
            return PageAnswer.Write(context, PageFile.Html, PageAssets.Index(root + page, root + target));
        });
        MapRead(group, "/assets/{name}", context => PageAnswer.Write(context, Name(context), PageAssets.Find(Name(context))));
        MapRead(group, "/samples/{name}", context => PageAnswer.Write(context, Name(context), SamplePictures.Find(Name(context))));
        MapRead(group, "/samples/thumbnails/{name}", context =>
            PageAnswer.Write(context, Name(context), SamplePictures.Thumbnail(Name(context))));
        return group;
    }

    /// <summary>Refuses requests that another site's page makes: those that can change something (POST, PUT, PATCH, DELETE) and whose
    /// headers Sec-Fetch-Site or Origin name another origin get status 403. Programs that aren't browsers send neither header, and are let
    /// through.</summary>
    /// <param name="builder">The endpoints to protect, for example what <c>MapStyleTransfer</c> returns.</param>
    /// <returns>The same endpoints.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static TBuilder RequireSameOrigin<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Add(endpoint =>
        {
            if (endpoint.RequestDelegate is { } next)
                endpoint.RequestDelegate = context => SameOrigin.Allows(context.Request) ? next(context) : SameOrigin.Refuse(context);
        });
        return builder;
    }

    private static void MapRead(RouteGroupBuilder group, string pattern, RequestDelegate answer) =>
        group.MapMethods(pattern, [HttpMethods.Get, HttpMethods.Head], answer).ExcludeFromDescription();

    private static string Name(HttpContext context) => (string)context.Request.RouteValues["name"]!;

    private static string Path(string path, string name)
    {
        ArgumentNullException.ThrowIfNull(path, name);
        return path is ['/', ..] && path.AsSpan().IndexOfAny("{}?#*\\") < 0 ? path.TrimEnd('/')
            : throw new ArgumentException($"'{path}' must begin with '/' and have no parameters, queries or backslashes.", name);
    }
}
