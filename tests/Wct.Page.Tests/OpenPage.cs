using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Microsoft.Playwright;
using Wct.Imaging;
using Wct.Net.Recipes;

namespace Wct.Page.Tests;

/// <summary>The page in a fresh profile of the browser. At the end it fails if the browser reported an error or a violation of the content
/// security policy, or asked another server for something.</summary>
internal sealed class OpenPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _problems = new();
    private readonly Uri _address;
    private string? _failure;

    private OpenPage(IBrowserContext context, IPage page, Uri address)
    {
        (_context, Page, _address) = (context, page, address);
        AppDomain.CurrentDomain.FirstChanceException += Note;
    }

    /// <summary>The page.</summary>
    internal IPage Page { get; }

    /// <summary>The folder for the test's files and downloads.</summary>
    internal TemporaryFolder Folder { get; } = new();

    /// <summary>Messages of the browser that the test causes on purpose contain one of these.</summary>
    internal List<string> Expected { get; } = [];

    internal static async Task<OpenPage> Create(IBrowser browser, Uri address, int width, int height, ColorScheme scheme)
    {
        IBrowserContext context = await browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = height },
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
            AcceptDownloads = true,
            Permissions = ["clipboard-read", "clipboard-write"],
        });
        context.SetDefaultTimeout(PageServer.Patience);
        OpenPage open = new(context, await context.NewPageAsync(), address);
        open.Page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                open._problems.Enqueue($"{message.Type}: {message.Text} ({message.Location})");
        };
        open.Page.PageError += (_, error) => open._problems.Enqueue($"exception: {error}");
        open.Page.Request += (_, request) =>
        {
            Uri target = new(request.Url);
            if (target.Scheme is "http" or "https" or "ws" or "wss" && target.Authority != address.Authority)
                open._problems.Enqueue($"a request to {request.Url}");
        };
        return open;
    }

    /// <summary>Loads the page, and waits until it can be used.</summary>
    internal async Task Start()
    {
        await Page.GotoAsync(_address.ToString());
        await Status("Choose a photo and a painting.");
    }

    /// <summary>Writes a picture of random colors that change slowly.</summary>
    /// <returns>The file's path.</returns>
    internal string Picture(string name, int width, int height, int seed)
    {
        PixelImage image = new(width, height, PixelLayout.Rgb24);
        Random random = new(seed);
        double[] phases = [.. Enumerable.Range(0, 6).Select(_ => random.NextDouble() * 6)];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                for (int c = 0; c < 3; c++)
                    image.Bytes[(y * image.Stride) + (3 * x) + c] =
                        (byte)(128 + (100 * Math.Sin((x * 0.2) + phases[c]) * Math.Cos((y * 0.15) + phases[c + 3])) + random.Next(20));
            }
        }

        ImageFile.Write(Folder.File(name), image);
        return Folder.File(name);
    }

    /// <summary>Chooses a photo of 64x48 pixels and paintings, which are named a.png, b.png and so on.</summary>
    internal async Task Choose(int styles = 1)
    {
        await Page.SetInputFilesAsync("#file-photo", Picture("photo.png", 64, 48, 1));
        await Page.Locator("#photo-card strong").WaitForAsync();
        string[] paintings = [.. Enumerable.Range(0, styles).Select(i => Picture($"{(char)('a' + i)}.png", 40, 40, i + 2))];
        await Page.SetInputFilesAsync("#file-styles", paintings);
        await Page.Locator("#styles li").Nth(styles - 1).WaitForAsync();
    }

    /// <summary>Finds a button by its name.</summary>
    internal ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name });

    /// <summary>The name of the element that has the focus.</summary>
    internal Task<string> FocusedLabel() => Page.EvaluateAsync<string>("() => document.activeElement.getAttribute('aria-label')");

    /// <summary>Paints, and waits for the result.</summary>
    internal async Task Paint()
    {
        await Page.ClickAsync("#paint");
        await Status("Done:");
    }

    /// <summary>Turns off repainting on changes, so that only <see cref="Paint"/> paints.</summary>
    internal Task PaintOnDemand() => Page.UncheckAsync("#auto");

    /// <summary>Waits until the status begins with a text.</summary>
    internal Task Status(string text) => Page.WaitForFunctionAsync(
        "text => document.getElementById('status').textContent.startsWith(text)", text);

    /// <summary>Clicks something that downloads a file.</summary>
    /// <returns>The file's name and path.</returns>
    internal async Task<(string Name, string Path)> Download(Func<Task> click)
    {
        IDownload download = await Page.RunAndWaitForDownloadAsync(click);
        string path = Folder.File($"downloaded-{Guid.NewGuid():N}{Path.GetExtension(download.SuggestedFilename)}");
        await download.SaveAsAsync(path);
        return (download.SuggestedFilename, path);
    }

    /// <summary>Paints and downloads the PNG file.</summary>
    /// <returns>The file, and the recipe that the server wrote into it.</returns>
    internal async Task<(string Path, Recipe Recipe)> Painted()
    {
        await Paint();
        (_, string path) = await Download(() => Page.ClickAsync("#download"));
        return (path, RecipeOf(path));
    }

    /// <summary>The recipe in a PNG file.</summary>
    internal static Recipe RecipeOf(string path)
    {
        using ImageReader reader = ImageFile.Open(path);
        return Recipe.Parse(reader.FindText("wct:recipe")!);
    }

    /// <summary>Sets a slider or field as a person does.</summary>
    internal async Task Set(ILocator input, string value)
    {
        await input.EvaluateAsync(
            "(input, value) => { input.value = value; input.dispatchEvent(new Event('input', { bubbles: true })); "
                + "input.dispatchEvent(new Event('change', { bubbles: true })); }", value);
    }

    /// <summary>Opens a part of the settings that is folded.</summary>
    internal Task Unfold(string id) => Page.EvaluateAsync("id => { document.getElementById(id).open = true; }", id);

    /// <summary>Runs code with a module of the page.</summary>
    internal Task<T> Module<T>(string module, string code, object? argument = null) => Page.EvaluateAsync<T>(
        $"async argument => {{ const module = await import('/assets/{module}'); {code} }}", argument);

    /// <summary>Closes the page.</summary>
    internal async Task Close()
    {
        AppDomain.CurrentDomain.FirstChanceException -= Note;
        using (Folder)
            await _context.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Close();
        string[] problems =
            [.. _problems.Where(problem => !Expected.Exists(text => problem.Contains(text, StringComparison.Ordinal)))];
        // This message takes the place of the one with which the test failed, if it did, so it has both.
        Assert.True(problems.Length == 0, string.Join('\n', [.. problems, _failure is null ? "" : $"Before that: {_failure}"]));
    }

    // Tests run one after the other, so an exception of these kinds is this test's.
    private void Note(object? sender, FirstChanceExceptionEventArgs args)
    {
        if (args.Exception is Xunit.Sdk.XunitException or PlaywrightException or TimeoutException)
            _failure = args.Exception.Message;
    }
}
