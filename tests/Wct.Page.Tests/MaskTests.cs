using Microsoft.Playwright;
using Wct.Imaging;
using Wct.Net;
using Wct.Net.Recipes;

namespace Wct.Page.Tests;

/// <summary>Tests the brush for masks, with a pointer and with keys.</summary>
public sealed class MaskTests(PageServer server)
{
    [Fact]
    public async Task TheBrushPaintsWhereThePointerGoes()
    {
        await using OpenPage page = await Opened();
        await Stroke(page, 0.25, 0.5, 0.25, 0.5);
        byte[] mask = await Mask(page);
        Assert.Equal(255, mask[(24 * 64) + 16]);
        Assert.Equal(0, mask[(24 * 64) + 56]);
        Assert.Equal(0, mask[16]);
    }

    [Fact]
    public async Task ASoftBrushHasASoftEdge()
    {
        await using OpenPage page = await Opened();
        await page.Set(page.Page.GetByLabel("Brush size"), "30");
        await page.Set(page.Page.GetByLabel("Soft brush"), "1");
        await Stroke(page, 0.5, 0.5, 0.5, 0.5);
        byte[] soft = await Mask(page);
        Assert.InRange(soft[(24 * 64) + 32], 235, 255);
        Assert.InRange(soft[(24 * 64) + 40], 60, 180);
        Assert.Equal(0, soft[(24 * 64) + 52]);
    }

    [Fact]
    public async Task StrokesCanBeErasedUndoneClearedAndFilled()
    {
        await using OpenPage page = await Opened();
        await page.Set(page.Page.GetByLabel("Brush size"), "10");
        await page.Set(page.Page.GetByLabel("Soft brush"), "0");
        await Click(page, "Fill");
        Assert.All(await Mask(page), value => Assert.Equal(255, value));
        await Click(page, "Erase");
        Assert.Equal("true", await page.Page.GetAttributeAsync("#mask-erase", "aria-pressed"));
        await Stroke(page, 0.1, 0.5, 0.9, 0.5);
        byte[] erased = await Mask(page);
        Assert.Equal((0, 255), (erased[(24 * 64) + 32], erased[(4 * 64) + 32]));
        await Click(page, "Undo");
        Assert.All(await Mask(page), value => Assert.Equal(255, value));
        await Click(page, "Clear");
        Assert.All(await Mask(page), value => Assert.Equal(0, value));
        await Click(page, "Undo");
        Assert.All(await Mask(page), value => Assert.Equal(255, value));
    }

    [Fact]
    public async Task KeysMoveTheBrushPaintEraseAndUndo()
    {
        await using OpenPage page = await Opened();
        await page.Set(page.Page.GetByLabel("Brush size"), "8");
        await page.Set(page.Page.GetByLabel("Soft brush"), "0");
        await page.Page.FocusAsync("#mask-canvas");
        // The brush begins in the middle and moves by a quarter of its size: 2 pixels.
        for (int i = 0; i < 10; i++)
            await page.Page.Keyboard.PressAsync("ArrowLeft");
        await page.Page.Keyboard.PressAsync("Space");
        byte[] dab = await Mask(page);
        Assert.Equal((255, 0), (dab[(24 * 64) + 12], dab[(24 * 64) + 32]));
        for (int i = 0; i < 10; i++)
            await page.Page.Keyboard.PressAsync("Shift+ArrowRight");
        byte[] line = await Mask(page);
        Assert.Equal((255, 255, 255, 0), (line[(24 * 64) + 12], line[(24 * 64) + 22], line[(24 * 64) + 32], line[(24 * 64) + 50]));
        await page.Page.Keyboard.PressAsync("z");
        await page.Page.Keyboard.PressAsync("e");
        await page.Page.Keyboard.PressAsync("]");
        await page.Page.Keyboard.PressAsync("Space");
        byte[] hole = await Mask(page);
        Assert.Equal((255, 0), (hole[(24 * 64) + 12], hole[(24 * 64) + 32]));
        Assert.Equal("10", await page.Page.InputValueAsync("#mask-size"));
        await page.Page.Keyboard.PressAsync("Escape");
        Assert.False(await page.Page.Locator("#mask-tools").IsVisibleAsync());
        Assert.Equal("Edit the mask for a.png", await page.FocusedLabel());
    }

    [Fact]
    public async Task AMaskLimitsItsPaintingInTheResult()
    {
        await using OpenPage page = await Opened();
        await page.PaintOnDemand();
        await page.Set(page.Page.GetByLabel("Brush size"), "24");
        await page.Set(page.Page.GetByLabel("Soft edge of masks"), "3");
        await Stroke(page, 0, 0.1, 0, 0.9);
        await Click(page, "Done");
        StyleMask mask = new StyleMask(await Mask(page), 64, 48).Feather(3);
        (string path, Recipe recipe) = await page.Painted();
        Assert.Equal(("mask1.png", 3), (recipe.Styles[0].Mask, recipe.Feather));
        Assert.Equal(Expected(page, ImageFile.Read(page.Folder.File("photo.png")), mask), ImageFile.Read(path).Bytes);
        await page.Page.GetByLabel("Remove the mask of a.png").ClickAsync();
        // The button is gone; the focus is on the one beside it.
        Assert.Equal("Paint a mask for a.png", await page.FocusedLabel());
        Assert.Null((await page.Painted()).Recipe.Styles[0].Mask);
    }

    [Fact]
    public async Task AMaskIsSentAtTheResultsSize()
    {
        await using OpenPage page = await server.Open();
        await page.PaintOnDemand();
        await page.Choose();
        await page.Page.SetInputFilesAsync("#file-photo", page.Picture("wide.png", 401, 300, 9));
        await page.Status("wide.png is the photo.");
        await page.Page.GetByLabel("Size of the result").SelectOptionAsync("256");
        await page.Page.GetByLabel("Paint a mask for a.png").ClickAsync();
        await Stroke(page, 0.2, 0.5, 0.6, 0.5);
        await Click(page, "Done");
        PixelImage photo = ShorterSide.Resize(ImageFile.Read(page.Folder.File("wide.png")), 256);
        byte[] mask = await Mask(page, photo.Width, photo.Height, 256);
        (string path, _) = await page.Painted();
        Assert.Equal(Expected(page, photo, new StyleMask(mask, photo.Width, photo.Height)), ImageFile.Read(path).Bytes);
        // The file is kept until a stroke changes.
        Assert.True(await page.Module<bool>(
            "store.js",
            "const mask = module.state.styles[0].mask, first = await mask.toBlob(256), again = await mask.toBlob(256); "
                + "mask.fill(1); return first === again && first !== await mask.toBlob(256);"));
    }

    [Fact]
    public async Task AMaskFitsAPhotoThatTheCameraTurned()
    {
        await using OpenPage page = await server.Open();
        await page.PaintOnDemand();
        await page.Choose();
        ImageFile.Write(page.Folder.File("upright.jpg"), ImageFile.Read(page.Folder.File("photo.png")));
        byte[] jpeg = await File.ReadAllBytesAsync(page.Folder.File("upright.jpg"));
        // Exif data with one entry: orientation 6, to be turned by a quarter.
        byte[] exif = Convert.FromHexString("FFE100224578696600004D4D002A00000008000101120003000000010006000000000000");
        await File.WriteAllBytesAsync(page.Folder.File("turned.jpg"), [.. jpeg[..2], .. exif, .. jpeg[2..]]);
        await page.Page.SetInputFilesAsync("#file-photo", page.Folder.File("turned.jpg"));
        await page.Page.GetByText("48 × 64").WaitForAsync();
        await page.Page.GetByLabel("Paint a mask for a.png").ClickAsync();
        await Stroke(page, 0.5, 0.2, 0.5, 0.4);
        await Click(page, "Done");
        StyleMask mask = new(await Mask(page, 48, 64), 48, 64);
        (string path, _) = await page.Painted();
        PixelImage photo = ImageFile.Read(page.Folder.File("turned.jpg"));
        Assert.Equal((48, 64), (photo.Width, photo.Height));
        Assert.Equal(Expected(page, photo, mask), ImageFile.Read(path).Bytes);
    }

    [Fact]
    public async Task ASecondMaskClosesTheFirst()
    {
        await using OpenPage page = await server.Open();
        await page.Choose(styles: 2);
        await page.Page.GetByLabel("Paint a mask for a.png").ClickAsync();
        await page.Page.GetByLabel("Paint a mask for b.png").ClickAsync();
        await Click(page, "Fill");
        await Click(page, "Done");
        Assert.Equal(0, await page.Page.GetByLabel("Remove the mask of a.png").CountAsync());
        Assert.Equal(1, await page.Page.GetByLabel("Remove the mask of b.png").CountAsync());
    }

    [Fact]
    public async Task AMaskCanBeRemovedWhileItIsPainted()
    {
        await using OpenPage page = await Opened();
        await Click(page, "Fill");
        await Click(page, "Done");
        await page.Page.GetByLabel("Edit the mask for a.png").ClickAsync();
        await page.Page.GetByLabel("Remove the mask of a.png").ClickAsync();
        Assert.False(await page.Page.Locator("#mask-tools").IsVisibleAsync());
        await page.Page.GetByLabel("Paint a mask for a.png").WaitForAsync();
    }

    [Fact]
    public async Task KeysAndOtherButtonsDoNotDisturbAStroke()
    {
        await using OpenPage page = await Opened();
        LocatorBoundingBoxResult box = (await page.Page.Locator("#mask-canvas").BoundingBoxAsync())!;
        await page.Page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2));
        await page.Page.Mouse.DownAsync(new() { Button = MouseButton.Right });
        await page.Page.Mouse.UpAsync(new() { Button = MouseButton.Right });
        Assert.All(await Mask(page), value => Assert.Equal(0, value));
        await page.Page.Mouse.DownAsync();
        await page.Page.Keyboard.PressAsync("z");
        await page.Page.Keyboard.PressAsync("Escape");
        await page.Page.Mouse.MoveAsync(box.X + (box.Width / 4), box.Y + (box.Height / 2));
        await page.Page.Mouse.UpAsync();
        byte[] mask = await Mask(page);
        Assert.Equal((255, 255), (mask[(24 * 64) + 32], mask[(24 * 64) + 17]));
        Assert.True(await page.Page.Locator("#mask-tools").IsVisibleAsync());
        // Keys are the same with Shift or Caps Lock, and plus and minus are on every keyboard.
        await page.Page.Keyboard.PressAsync("Z");
        Assert.All(await Mask(page), value => Assert.Equal(0, value));
        await page.Set(page.Page.GetByLabel("Brush size"), "8");
        await page.Page.FocusAsync("#mask-canvas");
        await page.Page.Keyboard.PressAsync("+");
        Assert.Equal("10", await page.Page.InputValueAsync("#mask-size"));
        await page.Page.Keyboard.PressAsync("-");
        Assert.Equal("8", await page.Page.InputValueAsync("#mask-size"));
    }

    [Fact]
    public async Task ASettingThatChangesMeanwhileLeavesTheBrushOpen()
    {
        await using OpenPage page = await Opened();
        await Click(page, "Done");
        await page.Paint();
        await page.Page.GetByLabel("Paint a mask for a.png").ClickAsync();
        await Click(page, "Fill");
        await page.Set(page.Page.GetByLabel("Soft edge of masks"), "4");
        // A timer that is set after the page's and is longer ends after it.
        await page.Page.EvaluateAsync("() => new Promise(resolve => setTimeout(resolve, 400))");
        Assert.True(await page.Page.Locator("#mask-tools").IsVisibleAsync());
        await Click(page, "Done");
        await page.Status("Done:");
        (_, string path) = await page.Download(() => page.Page.ClickAsync("#download"));
        Assert.Equal(("mask1.png", 4), (OpenPage.RecipeOf(path).Styles[0].Mask, OpenPage.RecipeOf(path).Feather));
    }

    [Fact]
    public async Task ThePhotoOrThePaintingCanChangeWhileItsMaskIsPainted()
    {
        await using OpenPage page = await Opened();
        await Click(page, "Fill");
        await page.Page.SetInputFilesAsync("#file-photo", page.Picture("other.png", 30, 20, 9));
        await page.Status("other.png is the photo.");
        Assert.False(await page.Page.Locator("#mask-tools").IsVisibleAsync());
        await page.Page.GetByLabel("Paint a mask for a.png").ClickAsync();
        await page.Page.GetByLabel("Remove a.png").ClickAsync();
        Assert.False(await page.Page.Locator("#mask-tools").IsVisibleAsync());
    }

    [Fact]
    public async Task AMaskWithoutAStrokeIsNone()
    {
        await using OpenPage page = await Opened();
        await Click(page, "Done");
        Assert.Equal(0, await page.Page.GetByLabel("Remove the mask of a.png").CountAsync());
        Assert.Equal("There is no mask.", await page.Page.TextContentAsync("#status"));
    }

    [Fact]
    public async Task ANewPhotoHasNoMasks()
    {
        await using OpenPage page = await Opened();
        await Click(page, "Fill");
        await Click(page, "Done");
        await page.Page.GetByLabel("Remove the mask of a.png").WaitForAsync();
        await page.Page.SetInputFilesAsync("#file-photo", page.Picture("other.png", 30, 30, 9));
        await page.Page.GetByLabel("Paint a mask for a.png").WaitForAsync();
    }

    private async Task<OpenPage> Opened()
    {
        OpenPage page = await server.Open();
        await page.Choose();
        await page.Page.GetByLabel("Paint a mask for a.png").ClickAsync();
        await page.Page.Locator("#mask-canvas").WaitForAsync();
        return page;
    }

    private static Task Click(OpenPage page, string button) =>
        page.Page.Locator("#mask-tools").GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    // Coordinates are shares of the picture's size.
    private static async Task Stroke(OpenPage page, double fromX, double fromY, double toX, double toY)
    {
        LocatorBoundingBoxResult box = (await page.Page.Locator("#mask-canvas").BoundingBoxAsync())!;
        await page.Page.Mouse.MoveAsync((float)(box.X + (fromX * box.Width) + 1), (float)(box.Y + (fromY * box.Height)));
        await page.Page.Mouse.DownAsync();
        await page.Page.Mouse.MoveAsync((float)(box.X + (toX * box.Width) + 1), (float)(box.Y + (toY * box.Height)), new() { Steps = 5 });
        await page.Page.Mouse.UpAsync();
    }

    // The picture that the library makes with one painting and its mask.
    private byte[] Expected(OpenPage page, PixelImage photo, StyleMask mask)
    {
        PreparedStyle style = server.Transfer.PrepareStyle(ImageFile.Read(page.Folder.File("a.png")));
        return server.Transfer.Stylize(photo, [new StyleRegion(mask, style)]).Bytes;
    }

    // The mask's file, one byte per pixel.
    private static async Task<byte[]> Mask(OpenPage page, int width = 64, int height = 48, int shorter = 0)
    {
        string base64 = await page.Module<string>(
            "store.js",
            $"const blob = await module.state.styles[0].mask.toBlob({shorter}); const bytes = new Uint8Array(await blob.arrayBuffer()); "
                + "return btoa(bytes.reduce((text, value) => text + String.fromCharCode(value), ''));");
        using MemoryStream stream = new(Convert.FromBase64String(base64));
        PixelImage mask = ImageFile.Read(stream);
        Assert.Equal((width, height), (mask.Width, mask.Height));
        int pixel = mask.Layout is PixelLayout.Rgba32 ? 4 : mask.Layout is PixelLayout.Rgb24 ? 3 : 1;
        return [.. Enumerable.Range(0, width * height).Select(i => mask.Bytes[(i / width * mask.Stride) + (i % width * pixel)])];
    }
}
