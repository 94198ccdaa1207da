using System.Text.Json.Nodes;
using Wct.Imaging;
using Wct.Net;

namespace Wct.Page.Tests;

/// <summary>Tests that the controls follow the options of the server.</summary>
public sealed class OptionTests(PageServer server)
{
    [Fact]
    public async Task AnOptionThatThePageDoesNotKnowGetsAControl()
    {
        await using OpenPage page = await Open(options => options.AddRange(
            JsonNode.Parse("""{ "name": "grainSize", "kind": "integer", "minimum": 0, "maximum": 9, "default": 3 }""")!,
            JsonNode.Parse("""{ "name": "varnish", "kind": "boolean", "default": false }""")!,
            JsonNode.Parse("""{ "name": "frame", "kind": "choice", "values": ["thin", "wide"], "default": "thin" }""")!));
        await page.Unfold("more-box");
        await page.Set(page.Page.GetByLabel("Grain size"), "5");
        await page.Page.GetByLabel("Varnish").CheckAsync();
        await page.Page.GetByLabel("Frame").SelectOptionAsync("wide");
        await page.Choose();
        await page.Unfold("save-box");
        (_, string path) = await page.Download(() => page.Button("Download the recipe").ClickAsync());
        JsonNode recipe = JsonNode.Parse(await File.ReadAllTextAsync(path))!;
        Assert.Equal((5, true, "wide"), ((int)recipe["grainSize"]!, (bool)recipe["varnish"]!, (string)recipe["frame"]!));
        // The tool may not have an option of that name, so the command takes it from the recipe.
        Assert.StartsWith("wct stylize --recipe wct.recipe.json", await page.Page.InputValueAsync("#command"));
    }

    [Fact]
    public async Task AnOptionThatTheServerLacksHasNoControl()
    {
        string[] removed = ["passes", "mix", "photo", "photoRadius", "photoEpsilon", "photoDetail", "preserveColor"];
        await using OpenPage page = await Open(options => options.RemoveAll(option => removed.Contains((string)option!["name"]!)));
        await page.Choose(styles: 2);
        Assert.Equal(0, await page.Page.GetByLabel("Passes").CountAsync());
        Assert.Equal(0, await page.Page.GetByLabel("Mix them").CountAsync());
        Assert.False(await page.Page.Locator("#photo-mode-box").IsVisibleAsync());
        await page.Paint();
    }

    [Fact]
    public async Task EveryOptionOfTheServerHasAControlOrAPlace()
    {
        using HttpClient client = new();
        JsonNode answer = JsonNode.Parse(await client.GetStringAsync(new Uri(await server.Address(), "/stylize/options")))!;
        await using OpenPage page = await server.Open();
        await page.Choose(styles: 2);
        // The levels have a table, the size a list. A picture of labels needs a program that paints colors.
        string[] elsewhere = ["levels", "size", "labels"];
        await page.Page.GetByLabel("Paint a mask for a.png").ClickAsync();
        string[] controls = await page.Page.EvaluateAsync<string[]>(
            "() => [...document.querySelectorAll('[data-option]')].map(input => input.dataset.option)");
        foreach (JsonNode? option in answer["options"]!.AsArray())
        {
            string[] path = ((string?)option!["property"] ?? (string)option["name"]!).Split('.');
            Assert.True(elsewhere.Contains((string)option["name"]!) || controls.Contains(path[^1]), $"no control for {option["name"]}");
        }
    }

    [Fact]
    public async Task AStyleOfTheServerCanBeChosenByItsName()
    {
        await using OpenPage page = await server.Open(waits: false);
        await page.Page.RouteAsync("**/stylize/options", async route =>
        {
            JsonNode answer = JsonNode.Parse(await (await route.FetchAsync()).TextAsync())!;
            answer["styles"] = new JsonArray("wave");
            await route.FulfillAsync(new() { Body = answer.ToJsonString(), ContentType = "application/json" });
        });
        await page.Page.RouteAsync("**/stylize/styles/wave/thumbnail", route => route.FulfillAsync(
            new() { Path = page.Picture("wave.png", 20, 20, 7), ContentType = "image/png" }));
        await page.Start();
        await page.Button("wave").ClickAsync();
        await page.Page.Locator("#styles li").WaitForAsync();
        await page.Unfold("save-box");
        Assert.Contains("The server knows a file by the name wave", await page.Page.TextContentAsync("#command-notes"));
    }

    [Fact]
    public async Task AStyleOfTheServerPaints()
    {
        await using OpenPage page = await server.Open();
        await page.Page.SetInputFilesAsync("#file-photo", page.Picture("photo.png", 64, 48, 1));
        await page.Status("photo.png is the photo.");
        await page.Button(PageServer.StyleName).ClickAsync();
        await page.Page.Locator("#styles li").WaitForAsync();
        (string path, _) = await page.Painted();
        using MemoryStream stream = new(PageServer.Style);
        PreparedStyle style = server.Transfer.PrepareStyle(ImageFile.Read(stream));
        Assert.Equal(server.Transfer.Stylize(ImageFile.Read(page.Folder.File("photo.png")), style).Bytes, ImageFile.Read(path).Bytes);
    }

    [Fact]
    public async Task TheServerTellsItsModel()
    {
        using HttpClient client = new();
        JsonNode answer = JsonNode.Parse(await client.GetStringAsync(new Uri(await server.Address(), "/stylize/options")))!;
        Assert.Equal(("builtin", "single"), ((string?)answer["model"], (string?)answer["precision"]));
        Assert.Equal(["jpeg", "webp", "avif", "jxl"], answer["formatsWithQuality"]!.AsArray().Select(name => (string?)name));
    }

    private async Task<OpenPage> Open(Action<List<JsonNode?>> change)
    {
        OpenPage page = await server.Open(waits: false);
        await page.Page.RouteAsync("**/stylize/options", async route =>
        {
            JsonNode answer = JsonNode.Parse(await (await route.FetchAsync()).TextAsync())!;
            List<JsonNode?> options = [.. answer["options"]!.AsArray().Select(option => option!.DeepClone())];
            change(options);
            answer["options"] = new JsonArray([.. options]);
            await route.FulfillAsync(new() { Body = answer.ToJsonString(), ContentType = "application/json" });
        });
        await page.Start();
        return page;
    }
}
