using System.Diagnostics;
using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
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
        Directory.CreateDirectory(_folder.File("styles"));
        Example.Noise(_folder.File("styles/wave.png"), 40, 40, 2);
        _server = Example.Start(
            "AspNetEndpoint", "--urls", "http://127.0.0.1:0", "--MaxUploads", "1", "--MaxUploadBytes", $"{MostBytes}",
            "--MaxPixels", "300000", "--Styles", _folder.File("styles"));
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
        Assert.Equal("result", events[^1].EventType);
        double[] fractions =
        [
            .. events.Where(item => item.EventType == "progress")
                .Select(item => JsonDocument.Parse(item.Data).RootElement.GetProperty("fraction").GetDouble()),
        ];
        Assert.True(fractions.Length > 5 && fractions[0] < 0.5 && fractions[^1] > 0.9, string.Join(' ', fractions));
        Assert.Equal(fractions.Order(), fractions);
        byte[] png = JsonDocument.Parse(events[^1].Data).RootElement.GetProperty("data").GetBytesFromBase64();
        PixelImage result = ImageFile.Read(new MemoryStream(png));
        Assert.Equal((64, 48), (result.Width, result.Height));
    }

    // The command in the comment at the head of the example.
    [Fact]
    public void CurlGetsThePicture()
    {
        Picture("photo.jpg", 64, 48, 1);
        Picture("painting.jpg", 40, 40, 2);
        string command = File.ReadLines(Path.Combine(Shared.Root, "examples", "AspNetEndpoint", "Program.cs"))
            .First(line => line.Contains("curl -F", StringComparison.Ordinal)).TrimStart('/', ' ')
            .Replace("http://localhost:5000/", $"{_client.BaseAddress}", StringComparison.Ordinal);
        Tool.Need("curl", "curl");
        string[] arguments = command.Split(' ');
        Programs.Succeed(Limit, _folder.Path, arguments[0], ["-sS", .. arguments[1..]]);
        PixelImage result = ImageFile.Read(_folder.File("out.png"));
        Assert.Equal((64, 48), (result.Width, result.Height));
    }

    [Fact]
    public async Task AFilesNameInTheFolderIsAStyle()
    {
        ByteArrayContent photo = new(Picture("photo.png", 64, 48, 1));
        using HttpResponseMessage byName = await _client.PostAsync("/stylize?style=wave", photo);
        Assert.Equal((HttpStatusCode.OK, "image/png"), (byName.StatusCode, byName.Content.Headers.ContentType?.MediaType));
        Assert.Equal("Healthy", await _client.GetStringAsync("/health"));
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
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, noPicture.StatusCode);
        Assert.Contains("photo.png: not a PNG", await noPicture.Content.ReadAsStringAsync(CancellationToken.None));

        // A small file that decodes to a large picture: 640x480 black pixels.
        using HttpResponseMessage tooMany = await Post(ImageFile.Encode(".png", new PixelImage(640, 480, PixelLayout.Rgb24)), painting);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, tooMany.StatusCode);
        Assert.Contains("307200 pixels, the limit is 300000", await tooMany.Content.ReadAsStringAsync(CancellationToken.None));
    }

    // The first upload ends only after the second request is answered, so the first takes the only place at that time, on any machine.
    [Fact]
    public async Task ASecondUploadIsRefusedWhileOneIsReceived()
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
        Assert.Equal("image/png", first.Content.Headers.ContentType?.MediaType);
    }

    private byte[] Picture(string name, int width, int height, int seed)
    {
        Example.Noise(_folder.File(name), width, height, seed);
        return File.ReadAllBytes(_folder.File(name));
    }

    private Task<HttpResponseMessage> Post(byte[] photo, byte[] painting)
    {
        HttpRequestMessage request = new(HttpMethod.Post, "/stylize") { Content = Form(photo, painting) };
        request.Headers.Accept.Add(new("text/event-stream"));
        return _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private static MultipartFormDataContent Form(byte[] photo, byte[] painting) => new()
    {
        { new ByteArrayContent(photo), "content", "photo.png" },
        { new ByteArrayContent(painting), "style", "painting.png" },
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
