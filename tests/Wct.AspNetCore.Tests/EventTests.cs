using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Wct.AspNetCore.Endpoints;
using Wct.Imaging;
using Wct.Net;

namespace Wct.AspNetCore.Tests;

/// <summary>Tests the server-sent events.</summary>
public sealed class EventTests
{
    [Fact]
    public async Task EventsComeInOrderAndEndWithThePicture()
    {
        await using TestServer server = await TestServer.Start();
        using HttpResponseMessage response = await server.Post(TestServer.Form(("previews", "true")), accept: "text/event-stream");
        Assert.Equal((HttpStatusCode.OK, "text/event-stream"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        (string Type, JsonElement Data)[] events = [.. await All(response)];
        Assert.Equal(("queued", 0), (events[0].Type, events[0].Data.GetProperty("position").GetInt32()));
        Assert.Equal(["level", "progress", "queued", "result"], events.Select(one => one.Type).Distinct().Order());
        Assert.Equal("result", events[^1].Type);

        double[] fractions = [.. Of(events, "progress").Select(data => data.GetProperty("fraction").GetDouble())];
        Assert.Equal(fractions.Order(), fractions);
        Assert.True(fractions.Length > 5 && fractions[^1] == 1, string.Join(' ', fractions));

        JsonElement[] levels = [.. Of(events, "level")];
        Assert.Equal([5, 4, 3, 2, 1], levels.Select(level => level.GetProperty("level").GetInt32()));
        Assert.All(levels, level => Assert.Equal((64, 48), Size(level)));

        JsonElement result = events[^1].Data;
        Assert.Equal(("image/png", 64, 48), (
            result.GetProperty("type").GetString(), result.GetProperty("width").GetInt32(), result.GetProperty("height").GetInt32()));
        Assert.Equal(0.6, result.GetProperty("recipe").GetProperty("strength").GetDouble());
        Assert.True(result.GetProperty("seconds").GetDouble() > 0);
        using HttpResponseMessage plain = await server.Post(TestServer.Form());
        Assert.Equal(await plain.Content.ReadAsByteArrayAsync(), result.GetProperty("data").GetBytesFromBase64());
    }

    [Fact]
    public async Task LevelsComeOnlyIfTheyAreAskedFor()
    {
        await using TestServer server = await TestServer.Start();
        using HttpResponseMessage response = await server.Post(TestServer.Form(), accept: "text/event-stream");
        Assert.DoesNotContain(await All(response), one => one.Type == "level");
    }

    [Fact]
    public async Task ALateErrorIsAnEvent()
    {
        await using TestServer server = await TestServer.Start();
        // A mask's size is compared when the content has been decoded.
        MultipartFormDataContent form = TestServer.Form(("recipe", """{"styles":[{"file":"painting.png","mask":"m.png"}]}"""));
        TestServer.Add(form, "mask", "m.png", ImageFile.Encode(".png", new PixelImage(10, 10, PixelLayout.Gray8)));
        using HttpResponseMessage response = await server.Post(form, accept: "text/event-stream");
        (string type, JsonElement data) = (await All(response))[^1];
        Assert.Equal(("error", 400), (type, data.GetProperty("status").GetInt32()));
        Assert.Equal("styles[0].mask: m.png has 10x10 pixels, photo.png has 64x48.", data.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task AnEarlyErrorIsAStatus()
    {
        await using TestServer server = await TestServer.Start();
        using HttpResponseMessage response = await server.Post(TestServer.Form(("strength", "3")), accept: "text/event-stream");
        await TestServer.Problem(response, 400);
    }

    [Fact]
    public async Task SilenceIsInterruptedByComments()
    {
        await using TestServer server = await TestServer.Start(options => options.KeepAlive = TimeSpan.FromMilliseconds(50));
        server.Solver.Close();
        using HttpResponseMessage response = await server.Post(TestServer.Form(), accept: "text/event-stream");
        using StreamReader lines = new(await response.Content.ReadAsStreamAsync());
        for (int comments = 0; comments < 2;)
            comments += await lines.ReadLineAsync() == ": keep-alive" ? 1 : 0;
        server.Solver.Open();
        Assert.Contains("event: result", await lines.ReadToEndAsync());
    }

    [Theory]
    [InlineData(3000, 2, 2048, 1)]
    [InlineData(2, 3000, 1, 2048)]
    [InlineData(1000, 800, 640, 512)]
    [InlineData(30, 20, 30, 20)]
    public void APreviewHasLimitedSides(int width, int height, int expectedWidth, int expectedHeight)
    {
        EventChannel events = new(NullLogger.Instance);
        events.Level(new LevelPicture(5, 1, new Rows(width, height)));
        Assert.True(events.TryTake(out byte[]? bytes));
        string data = System.Text.Encoding.UTF8.GetString(bytes).Split("data: ")[1];
        Assert.Equal((expectedWidth, expectedHeight), Size(JsonDocument.Parse(data).RootElement));
    }

    [Fact]
    public void APreviewThatFailsDoesntEndTheJob()
    {
        TestServer.LogLines log = new();
        EventChannel events = new(log);
        events.Level(new LevelPicture(5, 1, new Rows(30, 20) { IsBroken = true }));
        Assert.False(events.TryTake(out _));
        Assert.Contains(log.All, line => line.Text == "The preview of a level failed.");
    }

    [Fact]
    public async Task ASlowClientMissesTheOldestEvents()
    {
        EventChannel events = new(NullLogger.Instance);
        for (int level = 0; level < 20; level++)
            events.Level(new LevelPicture(level, 1, new Rows(8, 8)));
        for (int position = 0; position < 100; position++)
            events.Moved(position);
        events.Level(new LevelPicture(99, 1, new Rows(8, 8)));
        events.Complete();
        List<string> taken = [];
        Assert.True(await events.Wait(CancellationToken.None));
        while (events.TryTake(out byte[]? bytes))
            taken.Add(System.Text.Encoding.UTF8.GetString(bytes));
        Assert.False(await events.Wait(CancellationToken.None));
        Assert.Equal(64, taken.Count);
        Assert.Contains("\"level\":99", taken[^1]);
        Assert.Contains("\"position\":99", taken[^2]);
    }

    [Fact]
    public void OnlyTheNewestLevelsAreKept()
    {
        EventChannel events = new(NullLogger.Instance);
        for (int level = 0; level < 20; level++)
            events.Level(new LevelPicture(level, 1, new Rows(8, 8)));
        List<int> levels = [];
        while (events.TryTake(out byte[]? bytes))
            levels.Add(JsonDocument.Parse(System.Text.Encoding.UTF8.GetString(bytes).Split("data: ")[1]).RootElement
                .GetProperty("level").GetInt32());
        Assert.Equal([12, 13, 14, 15, 16, 17, 18, 19], levels);
    }

    private sealed class Rows(int width, int height) : IPixelReader
    {
        public bool IsBroken { get; init; }

        public int Width => width;

        public int Height => height;

        public PixelLayout Layout => PixelLayout.Rgb24;

        public void ReadRows(Span<byte> destination)
        {
            if (IsBroken)
                throw new InvalidOperationException("broken");
            destination.Fill(100);
        }
    }

    internal static async Task<List<(string Type, JsonElement Data)>> All(HttpResponseMessage response)
    {
        List<(string, JsonElement)> events = [];
        await foreach (SseItem<string> item in Items(response))
            events.Add((item.EventType, JsonDocument.Parse(item.Data).RootElement));
        return events;
    }

    internal static async IAsyncEnumerable<SseItem<string>> Items(HttpResponseMessage response)
    {
        await using Stream stream = await response.Content.ReadAsStreamAsync();
        await foreach (SseItem<string> item in SseParser.Create(stream).EnumerateAsync())
            yield return item;
    }

    private static IEnumerable<JsonElement> Of((string Type, JsonElement Data)[] events, string type) =>
        events.Where(one => one.Type == type).Select(one => one.Data);

    private static (int Width, int Height) Size(JsonElement level)
    {
        Assert.Equal("image/jpeg", level.GetProperty("type").GetString());
        PixelImage picture = ImageFile.Read(new MemoryStream(level.GetProperty("data").GetBytesFromBase64()));
        return (picture.Width, picture.Height);
    }
}
