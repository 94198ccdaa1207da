using Microsoft.Playwright;

namespace Wct.Page.Tests;

/// <summary>Tests the ways in which pictures come to the page.</summary>
public sealed class PictureTests(PageServer server)
{
    // Makes a file in the page and gives it to an event as the browser does.
    private const string Give = """
        async ({ kind, files, target }) => {
          const transfer = new DataTransfer();
          for (const { name, data } of files)
            transfer.items.add(new File([Uint8Array.from(atob(data), c => c.charCodeAt(0))], name, { type: 'image/png' }));
          const event = kind === 'paste' ? new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true, cancelable: true })
            : new DragEvent(kind, { dataTransfer: transfer, bubbles: true, cancelable: true });
          document.querySelector(target).dispatchEvent(event);
        }
        """;

    [Fact]
    public async Task TheFirstDroppedPictureIsThePhotoAndTheOthersArePaintings()
    {
        await using OpenPage page = await server.Open();
        await GiveFiles(page, "drop", "#frame", "p.png", "q.png");
        await page.Page.Locator("#styles li").WaitForAsync();
        Assert.Equal("p.png", await page.Page.TextContentAsync("#photo-card strong"));
        Assert.Equal("q.png", await page.Page.TextContentAsync("#styles strong"));
        await GiveFiles(page, "drop", "#frame", "r.png");
        await page.Page.Locator("#styles li").Nth(1).WaitForAsync();
        await page.Paint();
    }

    [Fact]
    public async Task ADropOnThePaintingsIsAPainting()
    {
        await using OpenPage page = await server.Open();
        await GiveFiles(page, "drop", "#style-samples", "q.png");
        await page.Page.Locator("#styles li").WaitForAsync();
        Assert.True(await page.Page.Locator("#empty").IsVisibleAsync());
    }

    [Fact]
    public async Task APastedPictureIsThePhoto()
    {
        await using OpenPage page = await server.Open();
        await GiveFiles(page, "paste", "body", "pasted.png");
        await page.Page.Locator("#photo-card strong").WaitForAsync();
        Assert.Equal("pasted.png", await page.Page.TextContentAsync("#photo-card strong"));
    }

    [Fact]
    public async Task SamplesNeedNoFiles()
    {
        await using OpenPage page = await server.Open();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "A mountain lake" }).ClickAsync();
        await page.Page.GetByText("768 × 512").WaitForAsync();
        foreach (string name in (string[])["Brush strokes", "Woodcut", "Mosaic"])
            await page.Page.GetByRole(AriaRole.Button, new() { Name = name }).ClickAsync();
        await page.Page.Locator("#styles li").Nth(2).WaitForAsync();
        string[] loaded = await page.Page.EvaluateAsync<string[]>(
            "() => [...document.querySelectorAll('.sample img')].filter(i => i.complete && i.naturalHeight === 160).map(i => i.src)");
        Assert.True(loaded.Length >= 3, $"thumbnails: {string.Join(' ', loaded)}");
    }

    [Fact]
    public async Task TwoPicturesOfOneNameAreTwoPictures()
    {
        await using OpenPage page = await server.Open();
        await page.PaintOnDemand();
        await GiveFiles(page, "drop", "#frame", "image.png", "image.png", "image.png");
        await page.Page.Locator("#styles li").Nth(1).WaitForAsync();
        Assert.Equal(["image-2.png", "image-3.png"], (await page.Painted()).Recipe.Styles.Select(style => style.File));
    }

    [Theory]
    [InlineData("a b'c.png")]
    [InlineData("Ünïcode — 写真.png")]
    [InlineData("<img src=x onerror=alert(1)>.png")]
    [InlineData("100%:0.5.png")]
    public async Task AnyFileNameIsText(string name)
    {
        await using OpenPage page = await server.Open();
        await GiveFiles(page, "drop", "#frame", name, $"style {name}");
        await page.Page.Locator("#styles li").WaitForAsync();
        Assert.Equal(name, await page.Page.TextContentAsync("#photo-card strong"));
        await page.Paint();
        Assert.Equal(0, await page.Page.Locator("strong img").CountAsync());
    }

    [Fact]
    public async Task AFileThatTheBrowserCannotShowIsPaintedAllTheSame()
    {
        await using OpenPage page = await server.Open();
        string tiff = page.Folder.File("photo.tiff");
        Imaging.Magick.MagickFormats.Register();
        Imaging.ImageFile.Write(tiff, Imaging.ImageFile.Read(page.Picture("x.png", 40, 30, 3)));
        await page.Page.SetInputFilesAsync("#file-photo", tiff);
        await page.Page.GetByText("This browser can't show the file.").WaitForAsync();
        // Its size isn't known here, so it could be a large one.
        Assert.Equal("1024", await page.Page.GetByLabel("Size of the result").InputValueAsync());
        await page.Page.GetByLabel("Size of the result").SelectOptionAsync("0");
        await page.Page.SetInputFilesAsync("#file-styles", page.Picture("a.png", 30, 30, 4));
        Assert.True(await page.Page.GetByLabel("Paint a mask for a.png").IsDisabledAsync());
        await page.Paint();
        Assert.True(await page.Page.Locator("#after").IsVisibleAsync());
        Assert.True(await page.Page.Locator("#unseen-photo").IsHiddenAsync());
        await page.Page.Locator("#levels-strip button").First.ClickAsync();
        Assert.True(await page.Page.Locator("#unseen-photo").IsHiddenAsync());
        await page.Page.WaitForFunctionAsync(
            "() => Math.abs(Number(getComputedStyle(document.getElementById('view')).getPropertyValue('--ratio')) - 4 / 3) < 0.01");
    }

    [Fact]
    public async Task ALargePhotoIsPaintedSmallerUnlessAskedOtherwise()
    {
        await using OpenPage page = await server.Open();
        await page.Page.SetInputFilesAsync("#file-photo", page.Picture("large.png", 1300, 1210, 3));
        await page.Status("large.png is the photo. It is large");
        ILocator size = page.Page.GetByLabel("Size of the result");
        Assert.Equal("1024", await size.InputValueAsync());
        await page.Page.SetInputFilesAsync("#file-photo", page.Picture("small.png", 60, 50, 4));
        await page.Status("small.png is the photo.");
        Assert.Equal("0", await size.InputValueAsync());
        await size.SelectOptionAsync("512");
        await page.Page.SetInputFilesAsync("#file-photo", page.Folder.File("large.png"));
        await page.Status("large.png is the photo.");
        Assert.Equal("512", await size.InputValueAsync());
        await page.Page.ClickAsync("#reset");
        Assert.Equal("1024", await size.InputValueAsync());
    }

    [Fact]
    public async Task ThePhotoIsTheOneThatWasChosenLast()
    {
        await using OpenPage page = await server.Open();
        // The first picture takes longer than the second.
        await page.Page.EvaluateAsync(
            """
            () => {
              const decode = HTMLImageElement.prototype.decode;
              let count = 0;
              HTMLImageElement.prototype.decode = async function () {
                if (count++ === 0)
                  await new Promise(resolve => setTimeout(resolve, 300));
                return decode.call(this);
              };
            }
            """);
        string[] data = [.. new[] { 1, 2 }.Select(i => Convert.ToBase64String(File.ReadAllBytes(page.Picture($"{i}.png", 30, 20, i))))];
        await page.Module<bool>(
            "pictures.js",
            "const file = i => new File([Uint8Array.from(atob(argument[i]), c => c.charCodeAt(0))], `${i}.png`); "
                + "await Promise.all([module.setPhoto(file(0)), module.setPhoto(file(1))]); return true;", data);
        Assert.Equal("1.png", await page.Page.TextContentAsync("#photo-card strong"));
    }

    [Fact]
    public async Task ASampleThatIsNotThereIsSaid()
    {
        await using OpenPage page = await server.Open();
        page.Expected.Add("404 (");
        await page.Page.RouteAsync("**/samples/landscape.jpg", route => route.FulfillAsync(new() { Status = 404, Body = "no" }));
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "A mountain lake" }).ClickAsync();
        await page.Status("The sample could not be loaded.");
        Assert.True(await page.Page.Locator("#empty").IsVisibleAsync());
    }

    [Fact]
    public async Task ThePhoneOffersItsCamera()
    {
        await using OpenPage page = await server.Open();
        string[] accepted = (await page.Page.GetAttributeAsync("#file-photo", "accept"))!.Split(',');
        Assert.Equal("image/*", accepted[0]);
        // Browsers know no picture in the others, so they are named.
        Imaging.Magick.MagickFormats.Register();
        Assert.Subset(Imaging.ImageFile.Extensions.ToHashSet(), accepted[1..].ToHashSet());
        Assert.Subset(accepted.ToHashSet(), new HashSet<string>([".psd", ".hdr", ".tga", ".jxl", ".dng", ".cr3", ".heic", ".tif"]));
        IFileChooser chooser = await page.Page.RunAndWaitForFileChooserAsync(
            () => page.Page.Locator("#empty").GetByRole(AriaRole.Button, new() { Name = "Choose a photo" }).ClickAsync());
        Assert.False(chooser.IsMultiple);
        chooser = await page.Page.RunAndWaitForFileChooserAsync(() => page.Page.GetByText("Add paintings").ClickAsync());
        Assert.True(chooser.IsMultiple);
    }

    private static Task GiveFiles(OpenPage page, string kind, string target, params string[] names) => page.Page.EvaluateAsync(Give, new
    {
        kind,
        target,
        files = names.Select((name, i) => new
        {
            name,
            data = Convert.ToBase64String(File.ReadAllBytes(page.Picture($"file{i}.png", 48, 40, i + 20))),
        }).ToArray(),
    });
}
