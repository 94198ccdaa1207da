using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Wct.AspNetCore.Tests;

/// <summary>Tests requests of HTTP/2.</summary>
public sealed class Http2Tests
{
    [Theory]
    [InlineData(1000, 200)]
    [InlineData(1_000_000, 408)]
    public async Task Http2HasTheSameLimits(double rate, int status)
    {
        await using TestServer server = await TestServer.Start(
            options => options.MinUploadRate = rate,
            builder => builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(
                endpoint => endpoint.Protocols = HttpProtocols.Http2)));
        using MultipartFormDataContent form = TestServer.Form(("levels", "1"));
        byte[] bytes = await form.ReadAsByteArrayAsync();
        using HttpContent body = status == 200 ? new ByteArrayContent(bytes) : new EndlessContent();
        body.Headers.ContentType = form.Headers.ContentType;
        using HttpRequestMessage request = new(HttpMethod.Post, "/stylize")
        {
            Content = body,
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        using HttpResponseMessage response = await server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpVersion.Version20, response.Version);
        if (status == 200)
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        else
            Assert.Equal(
                "The request's body came at less than 1000000 bytes/s, the limit.", await TestServer.Detail(response, status));
    }

    // Sends a few bytes and waits.
    private sealed class EndlessContent : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(new byte[100]);
            await stream.FlushAsync();
            await Task.Delay(TestServer.Limit);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
