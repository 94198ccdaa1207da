using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Playwright;
using Wct.AspNetCore;
using Wct.Cli.Serve;
using Wct.Cli.Stylize;
using Wct.Imaging;
using Wct.Net;
using Wct.Net.Recipes;

// One picture uses all cores, so tests beside each other would only wait for each other.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
[assembly: AssemblyFixture(typeof(Wct.Page.Tests.PageServer))]

namespace Wct.Page.Tests;

/// <summary>The server of <c>wct serve</c> with the built-in model, in this process, and a browser.</summary>
public sealed class PageServer : IAsyncDisposable
{
    /// <summary>The time that an action in the browser may take; machines that check changes are busy.</summary>
    internal const int Patience = 90_000;

    /// <summary>The name of the server's own style.</summary>
    internal const string StyleName = "checks";

    private readonly SemaphoreSlim _once = new(1, 1);
    private WebApplication? _app;
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private Uri? _address;

    /// <summary>The networks that the server uses.</summary>
    internal StyleTransfer Transfer { get; private set; } = null!;

    /// <summary>The file of the server's own style: a small picture.</summary>
    internal static byte[] Style { get; } = Checks();

    /// <summary>Starts the server with the first call.</summary>
    /// <returns>The page's address.</returns>
    internal async Task<Uri> Address()
    {
        await _once.WaitAsync();
        try
        {
            if (_address is null)
            {
                // As the tool does when it starts.
                Imaging.Magick.MagickFormats.Register();
                Transfer ??= StyleTransfer.Load(new LoadOptions { Device = DeviceChoice.Cpu });
                WebApplication app = ServeRun.Create(Request(), Transfer);
                try
                {
                    IDictionary<string, StyleSource> styles =
                        app.Services.GetRequiredService<IOptions<StyleTransferServiceOptions>>().Value.Styles;
                    styles[StyleName] = StyleSource.FromBytes(Style);
                    await app.StartAsync();
                }
                catch
                {
                    await app.DisposeAsync();
                    throw;
                }

                _app = app;
                _address = new Uri(ServeRun.Addresses(_app)[0]);
            }

            return _address;
        }
        finally
        {
            _once.Release();
        }
    }

    /// <summary>Opens the page. Skips the calling test, with the reason, if there is no browser.</summary>
    internal async Task<OpenPage> Open(int width = 1280, int height = 900, ColorScheme scheme = ColorScheme.Light, bool waits = true)
    {
        string program = Tool.Need("chromium", "chromium");
        Uri address = await Address();
        _playwright ??= await Playwright.CreateAsync();
        _browser ??= await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = program,
            Args = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--no-first-run"],
            Timeout = Patience,
        });
        OpenPage page = await OpenPage.Create(_browser, address, width, height, scheme);
        try
        {
            if (waits)
                await page.Start();
            return page;
        }
        catch
        {
            await page.Close();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        // What comes later is disposed of even if something before fails.
        using SemaphoreSlim once = _once;
        using StyleTransfer transfer = Transfer;
        await using WebApplication? app = _app;
        using IPlaywright? playwright = _playwright;
        if (_browser is not null)
            await _browser.DisposeAsync();
    }

    private static byte[] Checks()
    {
        PixelImage image = new(40, 40, PixelLayout.Rgb24);
        for (int i = 0; i < image.Bytes.Length; i++)
            image.Bytes[i] = (byte)((i / 3 % 8 < 4 ? 200 : 40) + (i % 3 * 15) + (i % 7));
        using MemoryStream stream = new();
        ImageFile.Write(stream, ".png", image);
        return stream.ToArray();
    }

    private static ServeRequest Request() => new(
        Port: 0, new HostNames([]), Open: false, MaxUpload: 100_000_000, Concurrency: 1, Queue: 16,
        new StylizeRequest { Recipe = new Recipe(), MaxPixels = 50_000_000 });
}
