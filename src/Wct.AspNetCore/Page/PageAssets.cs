using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Wct.AspNetCore.Page;

/// <summary>Finds the page's files, which are resources of this assembly.</summary>
internal static class PageAssets
{
    private const string Prefix = "Wct.AspNetCore.Page.";

    private static readonly ConcurrentDictionary<string, PageFile?> Files = new(StringComparer.Ordinal);
    private static readonly Lazy<string> Template = new(() => Encoding.UTF8.GetString(Read(Prefix + PageFile.Html)));
    private static readonly HashSet<string> Names =
        [.. typeof(PageAssets).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))];

    /// <summary>Finds a script, style sheet or icon; null if there is none of that name. The page itself isn't among them, because it has
    /// places that must be filled.</summary>
    internal static PageFile? Find(string name) =>
        name != PageFile.Html && Names.Contains(Prefix + name)
            ? Files.GetOrAdd(name, static own => new PageFile(Read(Prefix + own))) : null;

    /// <summary>The page. It is made for each request, because a part of its path may come from the client's headers.</summary>
    /// <param name="page">The path of the page without a slash at the end; empty for the root.</param>
    /// <param name="stylize">The path of the endpoints that stylize.</param>
    internal static PageFile Index(string page, string stylize)
    {
        StringBuilder html = new(Template.Value);
        html.Replace("{page}", WebUtility.HtmlEncode(page)).Replace("{stylize}", WebUtility.HtmlEncode(stylize));
        return new PageFile(Encoding.UTF8.GetBytes(html.ToString()));
    }

    /// <summary>Reads a resource.</summary>
    internal static byte[] Read(string resource)
    {
        using Stream stream = typeof(PageAssets).Assembly.GetManifestResourceStream(resource)!;
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
