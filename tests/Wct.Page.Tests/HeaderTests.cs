using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Wct.Cli.Serve;
using Wct.Imaging;

namespace Wct.Page.Tests;

/// <summary>Tests how the page's files are served, and that requests of other sites are refused.</summary>
public sealed class HeaderTests(PageServer server)
{
    [Theory]
    [InlineData("/", "text/html; charset=utf-8")]
    [InlineData("/assets/app.js", "text/javascript; charset=utf-8")]
    [InlineData("/assets/layout.css", "text/css; charset=utf-8")]
    [InlineData("/assets/icon.svg", "image/svg+xml")]
    [InlineData("/samples/landscape.jpg", "image/jpeg")]
    [InlineData("/samples/thumbnails/brush.jpg", "image/jpeg")]
    public async Task FilesHaveTypesTagsAndSafeHeaders(string path, string type)
    {
        using HttpClient client = await Client();
        using HttpResponseMessage response = await client.GetAsync(path);
        Assert.Equal((HttpStatusCode.OK, type), (response.StatusCode, response.Content.Headers.ContentType!.ToString()));
        string policy = Header(response, "Content-Security-Policy");
        Assert.StartsWith(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; ", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.DoesNotContain("unsafe", policy);
        Assert.Equal("nosniff", Header(response, "X-Content-Type-Options"));
        Assert.Equal("no-referrer", Header(response, "Referrer-Policy"));
        Assert.False(response.Headers.Contains("Server"));
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));

        using HttpRequestMessage again = new(HttpMethod.Get, path);
        again.Headers.IfNoneMatch.Add(response.Headers.ETag!);
        using HttpResponseMessage same = await client.SendAsync(again);
        Assert.Equal((HttpStatusCode.NotModified, 0), (same.StatusCode, (await same.Content.ReadAsByteArrayAsync()).Length));
        using HttpRequestMessage other = new(HttpMethod.Get, path);
        other.Headers.TryAddWithoutValidation("If-None-Match", "\"other\"");
        Assert.Equal(HttpStatusCode.OK, (await client.SendAsync(other)).StatusCode);

        using HttpResponseMessage head = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));
        Assert.Equal(response.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
    }

    [Theory]
    [InlineData("/assets/index.html")]
    [InlineData("/assets/none.js")]
    [InlineData("/assets/..%2fapp.js")]
    [InlineData("/samples/none.jpg")]
    [InlineData("/samples/thumbnails/none.jpg")]
    public async Task OtherFilesAreNotThere(string path)
    {
        using HttpClient client = await Client();
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(path)).StatusCode);
    }

    [Fact]
    public async Task ThumbnailsAreSmall()
    {
        using HttpClient client = await Client();
        byte[] bytes = await client.GetByteArrayAsync("/samples/thumbnails/landscape.jpg");
        using MemoryStream stream = new(bytes);
        PixelImage image = ImageFile.Read(stream);
        Assert.Equal((240, 160), (image.Width, image.Height));
        Assert.True(bytes.Length < 20_000, $"{bytes.Length} bytes");
    }

    [Fact]
    public async Task TheMarkupHasNoScriptsStylesOrAddressesOfItsOwn()
    {
        using HttpClient client = await Client();
        string html = await client.GetStringAsync("/");
        Assert.DoesNotMatch(@"<script(?![^>]* src=)|<style|\sstyle=|\son\w+=|https?:|//", html);
        MatchCollection files = Regex.Matches(html, @"(?:src|href)=""(/[^""]+)""");
        Assert.True(files.Count >= 5);
        foreach (Match file in files)
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(file.Groups[1].Value)).StatusCode);
    }

    [Theory]
    [InlineData(null, null, true)]
    [InlineData("same-origin", "own", true)]
    [InlineData("none", null, true)]
    [InlineData(null, "own", true)]
    [InlineData("cross-site", null, false)]
    [InlineData("same-site", "own", false)]
    [InlineData(null, "http://evil.example", false)]
    [InlineData(null, "null", false)]
    [InlineData("same-origin", "http://127.0.0.1:1", false)]
    [InlineData(null, "https", false)]
    public async Task RequestsOfOtherSitesAreRefused(string? site, string? origin, bool passes)
    {
        using HttpClient client = await Client();
        foreach (string path in (string[])["/stylize", "/stylize/styles"])
        {
            using MultipartFormDataContent form = new() { { new StringContent("x"), "y" } };
            using HttpRequestMessage request = new(HttpMethod.Post, path) { Content = form };
            string own = client.BaseAddress!.GetLeftPart(UriPartial.Authority);
            if (site is not null)
                request.Headers.Add("Sec-Fetch-Site", site);
            if (origin is not null)
                request.Headers.Add("Origin", origin switch { "own" => own, "https" => own.Replace("http:", "https:"), _ => origin });
            using HttpResponseMessage response = await client.SendAsync(request);
            string body = await response.Content.ReadAsStringAsync();
            // A request that passes has no photo, and is refused for that.
            Assert.Equal(passes ? HttpStatusCode.BadRequest : HttpStatusCode.Forbidden, response.StatusCode);
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
            if (!passes)
                Assert.Contains("may send it.", (string)JsonNode.Parse(body)!["detail"]!);
        }
    }

    [Fact]
    public async Task ReadingIsFreeForAllSites()
    {
        using HttpClient client = await Client();
        using HttpRequestMessage request = new(HttpMethod.Get, "/stylize/options");
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        Assert.Equal(HttpStatusCode.OK, (await client.SendAsync(request)).StatusCode);
    }

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("LOCALHOST:80", true)]
    [InlineData("127.0.0.1:5", true)]
    [InlineData("[::1]:8080", true)]
    [InlineData("evil.example", false)]
    [InlineData("localhost.evil.example:8080", false)]
    [InlineData("192.168.1.7", false)]
    public async Task OnlyTheServersOwnNamesAreAnswered(string host, bool isAnswered)
    {
        using HttpClient client = await Client();
        foreach (string path in (string[])["/", "/assets/app.js", "/stylize/options"])
        {
            using HttpRequestMessage request = new(HttpMethod.Get, path);
            request.Headers.Host = host;
            using HttpResponseMessage response = await client.SendAsync(request);
            Assert.Equal(isAnswered ? HttpStatusCode.OK : HttpStatusCode.BadRequest, response.StatusCode);
            if (!isAnswered)
                Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        }
    }

    [Fact]
    public async Task ThePageCanBeElsewhere()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        await using WebApplication app = builder.Build();
        app.UsePathBase("/behind");
        app.UseRouting();
        app.MapStyleTransferPage("/studio/", "/api/paint");
        await app.StartAsync();
        using HttpClient client = new() { BaseAddress = new Uri(ServeRun.Addresses(app)[0]) };
        string html = await client.GetStringAsync("/behind/studio");
        Assert.Contains("<meta name=\"wct-stylize\" content=\"/behind/api/paint\">", html);
        Assert.Contains("src=\"/behind/studio/assets/app.js\"", html);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/behind/studio/assets/app.js")).StatusCode);
        Assert.Contains("content=\"/api/paint\"", await client.GetStringAsync("/studio"));
    }

    [Theory]
    [InlineData("studio", "/stylize", "'studio' must begin with '/'")]
    [InlineData("/{name}", "/stylize", "'/{name}' must")]
    [InlineData("/", "stylize", "'stylize' must begin with '/'")]
    public void WrongPathsAreRefused(string pattern, string stylize, string problem)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRoutingCore();
        WebApplication app = builder.Build();
        ArgumentException error = Assert.Throws<ArgumentException>(() => app.MapStyleTransferPage(pattern, stylize));
        Assert.Contains(problem, error.Message);
    }

    [Fact]
    public async Task SameOriginIsAskedOfEveryEndpointOfAGroup()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        await using WebApplication app = builder.Build();
        RequestDelegate answer = context => context.Response.WriteAsync("done");
        app.MapGroup("/a").RequireSameOrigin().MapMethods("/b", ["POST", "DELETE", "GET"], answer);
        await app.StartAsync();
        using HttpClient client = new() { BaseAddress = new Uri(ServeRun.Addresses(app)[0]) };
        foreach ((string method, HttpStatusCode status) in (IEnumerable<(string, HttpStatusCode)>)
            [("POST", HttpStatusCode.Forbidden), ("DELETE", HttpStatusCode.Forbidden), ("GET", HttpStatusCode.OK)])
        {
            using HttpRequestMessage request = new(new HttpMethod(method), "/a/b");
            request.Headers.Add("Origin", "http://evil.example");
            Assert.Equal(status, (await client.SendAsync(request)).StatusCode);
        }
    }

    private async Task<HttpClient> Client() => new() { BaseAddress = await server.Address() };

    private static string Header(HttpResponseMessage response, string name) => string.Join(", ", response.Headers.GetValues(name));
}
