using Microsoft.Playwright;
using Wct.Imaging;
using Wct.Net;

namespace Wct.Page.Tests;

/// <summary>Tests a run: levels, progress, waiting, canceling, errors, and comparing before and after.</summary>
public sealed class RunTests(PageServer server)
{
    private const string Stylize = "**/stylize";

    [Fact]
    public async Task TheLevelsArriveAndTheResultIsTheLibrarys()
    {
        await using OpenPage page = await server.Open();
        await page.Choose();
        Assert.True(await page.Page.Locator("#download-box").IsHiddenAsync());
        (string path, _) = await page.Painted();
        Assert.Equal(
            ["Level 5", "Level 4", "Level 3", "Level 2", "Level 1", "Result"],
            await page.Page.Locator("#levels-strip button").AllTextContentsAsync());
        PixelImage photo = ImageFile.Read(page.Folder.File("photo.png")), style = ImageFile.Read(page.Folder.File("a.png"));
        PixelImage expected = server.Transfer.Stylize(photo, server.Transfer.PrepareStyle(style));
        Assert.Equal(expected.Bytes, ImageFile.Read(path).Bytes);
        // A level that is pressed is the one that is shown.
        string result = (await page.Page.GetAttributeAsync("#after", "src"))!;
        await page.Page.Locator("#levels-strip button").First.ClickAsync();
        Assert.NotEqual(result, await page.Page.GetAttributeAsync("#after", "src"));
        Assert.Equal("true", await page.Page.Locator("#levels-strip button").First.GetAttributeAsync("aria-pressed"));
        Assert.Equal("The photo after level 5", await page.Page.GetAttributeAsync("#after", "alt"));
    }

    [Fact]
    public async Task FurtherPassesAreNamed()
    {
        await using OpenPage page = await server.Open();
        await page.PaintOnDemand();
        await page.Choose();
        await page.Set(page.Page.GetByLabel("Passes"), "2");
        await page.Paint();
        Assert.Contains("Level 5, pass 2", await page.Page.Locator("#levels-strip button").AllTextContentsAsync());
    }

    [Fact]
    public async Task BeforeAndAfterAreComparedWithASlider()
    {
        await using OpenPage page = await server.Open();
        await page.Choose();
        Assert.True(await page.Page.Locator("#split").IsHiddenAsync());
        await page.Paint();
        ILocator slider = page.Page.GetByRole(AriaRole.Slider, new() { Name = "Compare" });
        Assert.Equal("50 % photo, 50 % painted", await slider.GetAttributeAsync("aria-valuetext"));
        await slider.FocusAsync();
        for (int i = 0; i < 10; i++)
            await page.Page.Keyboard.PressAsync("ArrowRight");
        Assert.Equal("60 % photo, 40 % painted", await slider.GetAttributeAsync("aria-valuetext"));
        Assert.Contains("60%", await page.Page.EvaluateAsync<string>("() => getComputedStyle(document.getElementById('after')).clipPath"));
        LocatorBoundingBoxResult box = (await slider.BoundingBoxAsync())!;
        await page.Page.Mouse.ClickAsync(box.X + (box.Width * 0.2f), box.Y + (box.Height / 2));
        Assert.InRange(int.Parse(await slider.InputValueAsync()), 18, 22);
    }

    [Fact]
    public async Task ARunCanBeCanceledAndTheNextOneWorks()
    {
        await using OpenPage page = await server.Open();
        await page.PaintOnDemand();
        await page.Page.SetInputFilesAsync("#file-photo", page.Picture("photo.png", 500, 400, 1));
        await page.Page.SetInputFilesAsync("#file-styles", page.Picture("a.png", 40, 40, 2));
        await page.Page.Locator("#styles li").WaitForAsync();
        await page.Set(page.Page.GetByLabel("Passes"), "10");
        Assert.True(await page.Page.Locator("#cancel").IsHiddenAsync());
        await page.Page.ClickAsync("#paint");
        await page.Status("Level");
        Assert.Equal("true", await page.Page.GetAttributeAsync("#stage", "aria-busy"));
        await page.Page.ClickAsync("#cancel");
        Assert.Equal("Canceled.", await page.Page.TextContentAsync("#status"));
        Assert.True(await page.Page.Locator("#progress").IsHiddenAsync());
        Assert.Equal("paint", await page.Page.EvaluateAsync<string>("() => document.activeElement.id"));
        await page.Page.GetByLabel("Size of the result").SelectOptionAsync("256");
        await page.Set(page.Page.GetByLabel("Passes"), "1");
        await page.Paint();
    }

    [Fact]
    public async Task TheResultBeforeComesBackWhenARunIsCanceled()
    {
        await using OpenPage page = await server.Open();
        await page.PaintOnDemand();
        await page.Page.SetInputFilesAsync("#file-photo", page.Picture("photo.png", 500, 400, 1));
        await page.Page.SetInputFilesAsync("#file-styles", page.Picture("a.png", 40, 40, 2));
        await page.Page.Locator("#styles li").WaitForAsync();
        await page.Paint();
        string result = (await page.Page.GetAttributeAsync("#after", "src"))!;
        await page.Set(page.Page.GetByLabel("Passes"), "10");
        await page.Page.ClickAsync("#paint");
        await page.Status("Level");
        Assert.NotEqual(result, await page.Page.GetAttributeAsync("#after", "src"));
        await page.Page.ClickAsync("#cancel");
        Assert.Equal(result, await page.Page.GetAttributeAsync("#after", "src"));
        Assert.True(await page.Page.EvaluateAsync<bool>("async () => { await document.getElementById('after').decode(); return true; }"));
        (_, string path) = await page.Download(() => page.Page.ClickAsync("#download"));
        Assert.Equal(1, OpenPage.RecipeOf(path).Passes);
    }

    [Fact]
    public async Task LevelsOfARunThatWasReplacedGoAway()
    {
        await using OpenPage page = await Slow(server);
        page.Expected.Add("503 (");
        await page.Set(page.Page.GetByLabel("Passes"), "1");
        await page.Paint();
        string result = (await page.Page.GetAttributeAsync("#after", "src"))!;
        await page.Set(page.Page.GetByLabel("Passes"), "10");
        await page.Page.ClickAsync("#paint");
        await page.Status("Level");
        await page.Page.RouteAsync(Stylize, route => route.FulfillAsync(new()
        {
            Status = 503,
            ContentType = "application/problem+json",
            Body = """{"title":"Busy","status":503,"detail":"The queue is full."}""",
        }));
        await page.Page.ClickAsync("#paint");
        await page.Page.GetByText("The queue is full.").WaitForAsync();
        Assert.Equal(result, await page.Page.GetAttributeAsync("#after", "src"));
        Assert.True(await page.Page.Locator("#levels-strip").IsHiddenAsync());
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Dismiss" }).ClickAsync();
        Assert.Equal("paint", await page.Page.EvaluateAsync<string>("() => document.activeElement.id"));
    }

    [Fact]
    public async Task AChangeDuringTheFirstRunBeginsAnother()
    {
        await using OpenPage page = await Slow(server);
        await page.Page.CheckAsync("#auto");
        await page.Page.ClickAsync("#paint");
        await page.Status("Level");
        await page.Set(page.Page.GetByLabel("Passes"), "1");
        await page.Status("Done:");
        (_, string path) = await page.Download(() => page.Page.ClickAsync("#download"));
        Assert.Equal(1, OpenPage.RecipeOf(path).Passes);
    }

    [Fact]
    public async Task ARunWithoutItsPaintingEnds()
    {
        await using OpenPage page = await Slow(server);
        await page.Page.ClickAsync("#paint");
        await page.Status("Level");
        await page.Page.GetByLabel("Remove a.png").ClickAsync();
        Assert.Equal("Canceled.", await page.Page.TextContentAsync("#status"));
        Assert.True(await page.Page.Locator("#cancel").IsHiddenAsync());
        Assert.True(await page.Page.Locator("#after").IsHiddenAsync());
    }

    // A page with a photo that takes some seconds, and only paints when asked.
    private static async Task<OpenPage> Slow(PageServer server)
    {
        OpenPage page = await server.Open();
        await page.PaintOnDemand();
        await page.Page.SetInputFilesAsync("#file-photo", page.Picture("photo.png", 500, 400, 1));
        await page.Page.SetInputFilesAsync("#file-styles", page.Picture("a.png", 40, 40, 2));
        await page.Page.Locator("#styles li").WaitForAsync();
        await page.Set(page.Page.GetByLabel("Passes"), "10");
        return page;
    }

    [Fact]
    public async Task ThePositionInTheQueueIsShown()
    {
        await using OpenPage page = await server.Open();
        await page.Choose();
        string events = """
            : keep-alive

            event: queued
            data: {"position": 3}

            event: progress
            data: {"fraction": 0.42, "level": 4}


            """;
        // The statuses are noted, because they follow each other quickly.
        await page.Page.EvaluateAsync(
            "() => { window.said = []; new MutationObserver(() => window.said.push(document.getElementById('status').textContent))"
                + ".observe(document.getElementById('status'), { childList: true }); }");
        await page.Page.RouteAsync(Stylize, route => route.FulfillAsync(new() { Body = events, ContentType = "text/event-stream" }));
        await page.Page.ClickAsync("#paint");
        await page.Status("That did not work.");
        Assert.Contains("Waiting: 3 before you.", await page.Page.EvaluateAsync<string[]>("() => window.said"));
        Assert.Equal(0.42f, await page.Page.EvaluateAsync<float>("() => document.getElementById('progress').value"), 0.001f);
        Assert.Contains("The server ended the answer before the picture was there.", await page.Page.TextContentAsync("#problem"));
    }

    [Fact]
    public async Task WhatTheServerRefusesIsSaidInThePage()
    {
        await using OpenPage page = await server.Open();
        page.Expected.Add("415 (");
        string file = page.Folder.File("notes.jpg");
        await File.WriteAllTextAsync(file, "These are notes and no picture.");
        await page.Page.SetInputFilesAsync("#file-photo", file);
        await page.Page.SetInputFilesAsync("#file-styles", page.Picture("a.png", 40, 40, 2));
        await page.Page.Locator("#styles li").WaitForAsync();
        await page.Page.ClickAsync("#paint");
        ILocator problem = page.Page.GetByRole(AriaRole.Alert);
        await problem.WaitForAsync();
        Assert.Contains("notes.jpg", await problem.TextContentAsync());
        await problem.GetByRole(AriaRole.Button).ClickAsync();
        Assert.True(await problem.IsHiddenAsync());
    }

    [Fact]
    public async Task AnErrorInTheMiddleOfTheAnswerIsShown()
    {
        await using OpenPage page = await server.Open();
        await page.Choose();
        await page.Page.RouteAsync(Stylize, route => route.FulfillAsync(new()
        {
            Body = "event: error\ndata: {\"status\":413,\"detail\":\"The picture has too many pixels.\"}\n\n",
            ContentType = "text/event-stream",
        }));
        await page.Page.ClickAsync("#paint");
        await page.Page.GetByText("The picture has too many pixels.").WaitForAsync();
    }

    [Fact]
    public async Task AFullQueueSaysWhenToTryAgain()
    {
        await using OpenPage page = await server.Open();
        page.Expected.Add("503 (");
        await page.Choose();
        await page.Page.RouteAsync(Stylize, route => route.FulfillAsync(new()
        {
            Status = 503,
            ContentType = "application/problem+json",
            Headers = new Dictionary<string, string> { ["Retry-After"] = "7" },
            Body = """{"title":"Busy","status":503,"detail":"The queue is full."}""",
        }));
        await page.Page.ClickAsync("#paint");
        await page.Page.GetByText("The queue is full. Try again in 7 s.").WaitForAsync();
    }

    [Fact]
    public async Task ALostServerIsSaid()
    {
        await using OpenPage page = await server.Open();
        page.Expected.Add("ERR_FAILED");
        await page.Choose();
        await page.Page.RouteAsync(Stylize, route => route.AbortAsync());
        await page.Page.ClickAsync("#paint");
        await page.Page.GetByText("The connection to the server was lost.").WaitForAsync();
    }

    [Fact]
    public async Task PicturesBeyondTheLimitAreNotSent()
    {
        await using OpenPage page = await server.Open();
        await page.Choose();
        await page.Module<bool>("store.js", "module.state.server.limits.bytes = 1000; return true;");
        bool isSent = false;
        page.Page.Request += (_, request) => isSent |= request.Method == "POST";
        await page.Page.ClickAsync("#paint");
        await page.Page.GetByText("MB together; the server takes 0.0 MB.").WaitForAsync();
        Assert.False(isSent);
    }

    [Fact]
    public async Task AServerThatDoesNotAnswerAtTheStartIsSaid()
    {
        await using OpenPage page = await server.Open(waits: false);
        page.Expected.Add("ERR_FAILED");
        await page.Page.RouteAsync("**/stylize/options", route => route.AbortAsync());
        await page.Page.GotoAsync((await server.Address()).ToString());
        await page.Status("The page could not start.");
    }
}
