using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.ServerSentEvents;
using Wct.Imaging;

namespace Wct.Examples.Tests;

/// <summary>Sends requests to the example's server over the network, as its users do.</summary>
public sealed class AspNetEndpointTests : IAsyncLifetime
{
    private const long MostBytes = 2_000_000;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _client = new() { Timeout = Limit };
    private Process? _server;

    public async ValueTask InitializeAsync()
    {
        _server = Example.Start(
            "AspNetEndpoint", "--urls", "http://127.0.0.1:0", "--Waiting", "0", "--MostBytes", $"{MostBytes}", "--MostPixels", "300000");
        using CancellationTokenSource limit = new(Limit);
        const string Said = "Now listening on: ";
        string? line;
        do
            line = await _server.StandardOutput.ReadLineAsync(limit.Token);
        while (line?.Contains(Said, StringComparison.Ordinal) == false);
        Assert.True(line is not null, "the server ended");
        _client.BaseAddress = new Uri(line[(line.IndexOf(Said, StringComparison.Ordinal) + Said.Length)..]);
        // The output must be read to the end; otherwise the server blocks when the pipe is full.
        _ = _server.StandardOutput.ReadToEndAsync(CancellationToken.None);
        _ = _server.StandardError.ReadToEndAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        _server?.Kill();
        if (_server is not null)
            await _server.WaitForExitAsync(CancellationToken.None);
        _server?.Dispose();
        _client.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task StreamsProgressThenThePicture()
    {
        using HttpResponseMessage response = await Post(Picture("photo.png", 64, 48, 1), Picture("painting.png", 40, 40, 2));
        Assert.Equal((HttpStatusCode.OK, "text/event-stream"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        List<SseItem<string>> events = await Events(response);
        Assert.Equal("picture", events[^1].EventType);
        double[] fractions = [.. events.SkipLast(1).Select(item => double.Parse(item.Data, CultureInfo.InvariantCulture))];
        Assert.All(events.SkipLast(1), item => Assert.Equal("progress", item.EventType));
        Assert.True(fractions.Length > 5 && fractions[0] < 0.5 && fractions[^1] > 0.9, string.Join(' ', fractions));
        Assert.Equal(fractions.Order(), fractions);

        File.WriteAllBytes(_folder.File("result.png"), Convert.FromBase64String(events[^1].Data));
        PixelImage result = ImageFile.Read(_folder.File("result.png"));
        Assert.Equal((64, 48), (result.Width, result.Height));
    }

    [Fact]
    public async Task RefusesUploadsThatAreTooLarge()
    {
        byte[] large = new byte[MostBytes + 1];
        using HttpResponseMessage response = await Post(large, large);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task BadPicturesGetAnErrorMessage()
    {
        byte[] painting = Picture("painting.png", 40, 40, 2);
        using HttpResponseMessage noPicture = await Post([1, 2, 3], painting);
        Assert.Equal(HttpStatusCode.BadRequest, noPicture.StatusCode);
        Assert.Contains("photo: not a PNG", await noPicture.Content.ReadAsStringAsync(CancellationToken.None));

        // A small file that decodes to a large picture: 640x480 black pixels.
        using HttpResponseMessage tooMany = await Post(ImageFile.Encode(".png", new PixelImage(640, 480, PixelLayout.Rgb24)), painting);
        Assert.Equal(HttpStatusCode.BadRequest, tooMany.StatusCode);
        Assert.Contains("307200 pixels, the limit is 300000", await tooMany.Content.ReadAsStringAsync(CancellationToken.None));
    }

    // The first upload ends only after the second request is answered, so the server is busy with the first at that time, on any machine.
    [Fact]
    public async Task ASecondRequestIsRefusedWhileOneRuns()
    {
        byte[] photo = Picture("photo.png", 200, 150, 3), painting = Picture("painting.png", 40, 40, 2);
        using SocketsHttpHandler handler = new() { Expect100ContinueTimeout = Limit };
        using HttpClient waiting = new(handler) { BaseAddress = _client.BaseAddress, Timeout = Limit };
        using MultipartFormDataContent form = Form(photo, painting);
        HeldContent held = new(await form.ReadAsByteArrayAsync(), form.Headers.ContentType!);
        using HttpRequestMessage request = new(HttpMethod.Post, "/stylize") { Content = held };
        // With this header, the server asks for the upload only when it begins with the request.
        request.Headers.ExpectContinue = true;
        Task<HttpResponseMessage> answer = waiting.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await held.Begun.WaitAsync(Limit);
        using HttpResponseMessage second = await Post(photo, painting);
        held.Release();
        using HttpResponseMessage first = await answer;
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable), (first.StatusCode, second.StatusCode));
        Assert.Equal("picture", (await Events(first))[^1].EventType);
    }

    private byte[] Picture(string name, int width, int height, int seed)
    {
        Example.Noise(_folder.File(name), width, height, seed);
        return File.ReadAllBytes(_folder.File(name));
    }

    private Task<HttpResponseMessage> Post(byte[] photo, byte[] painting)
    {
        HttpRequestMessage request = new(HttpMethod.Post, "/stylize") { Content = Form(photo, painting) };
        return _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private static MultipartFormDataContent Form(byte[] photo, byte[] painting) => new()
    {
        { new ByteArrayContent(photo), "photo", "photo" },
        { new ByteArrayContent(painting), "painting", "painting" },
    };

    private static async Task<List<SseItem<string>>> Events(HttpResponseMessage response)
    {
        await using Stream stream = await response.Content.ReadAsStreamAsync();
        List<SseItem<string>> events = [];
        await foreach (SseItem<string> item in SseParser.Create(stream).EnumerateAsync())
            events.Add(item);
        return events;
    }
}
