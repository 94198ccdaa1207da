using Microsoft.Playwright;
using Wct.Imaging;
using Wct.Net.Recipes;
using Wct.Net.Transforms;

namespace Wct.Page.Tests;

/// <summary>Tests downloads and recipes.</summary>
public sealed class SaveTests(PageServer server)
{
    [Theory]
    [InlineData("png", "photo-a.png", "89504E47")]
    [InlineData("jpeg", "photo-a.jpg", "FFD8FF")]
    [InlineData("webp", "photo-a.webp", "52494646")]
    [InlineData("tiff", "photo-a.tiff", "49492A00")]
    public async Task TheResultIsDownloadedInAnyFormat(string format, string name, string signature)
    {
        await using OpenPage page = await server.Open();
        await page.Choose();
        await page.Paint();
        await page.Page.GetByLabel("Format").SelectOptionAsync(format);
        Assert.Equal(format is "jpeg" or "webp", await page.Page.GetByLabel("Quality").IsVisibleAsync());
        (string suggested, string path) = await page.Download(() => page.Page.ClickAsync("#download"));
        Assert.Equal(name, suggested);
        Assert.StartsWith(signature, Convert.ToHexString(await File.ReadAllBytesAsync(path)));
        Imaging.Magick.MagickFormats.Register();
        PixelImage image = ImageFile.Read(path);
        Assert.Equal((64, 48), (image.Width, image.Height));
    }

    [Fact]
    public async Task AFormatThatTheServerWritesHasTheResultThatIsSeen()
    {
        await using OpenPage page = await server.Open();
        await page.PaintOnDemand();
        await page.Choose();
        (string png, _) = await page.Painted();
        await page.Set(page.Page.GetByLabel("Strength", new() { Exact = true }), "0");
        await page.Page.SetInputFilesAsync("#file-styles", page.Picture("b.png", 40, 40, 8));
        await page.Page.Locator("#styles li").Nth(1).WaitForAsync();
        await page.Page.GetByLabel("Format").SelectOptionAsync("tiff");
        (string name, string tiff) = await page.Download(() => page.Page.ClickAsync("#download"));
        Assert.Equal("photo-a.tiff", name);
        Imaging.Magick.MagickFormats.Register();
        Assert.Equal(ImageFile.Read(png).Bytes, ImageFile.Read(tiff).ToRgb().Bytes);
    }

    [Fact]
    public async Task QualityDecidesTheSizeOfAJpeg()
    {
        await using OpenPage page = await server.Open();
        await page.Choose();
        await page.Paint();
        await page.Page.GetByLabel("Format").SelectOptionAsync("jpeg");
        long[] sizes = new long[2];
        for (int i = 0; i < 2; i++)
        {
            await page.Page.GetByLabel("Quality").FillAsync(i == 0 ? "10" : "100");
            await page.Page.GetByLabel("Quality").PressAsync("Tab");
            sizes[i] = new FileInfo((await page.Download(() => page.Page.ClickAsync("#download"))).Path).Length;
        }

        Assert.True(sizes[1] > 2 * sizes[0], $"{sizes[0]} and {sizes[1]} bytes");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ARecipeThatIsLoadedSetsTheControls(bool fromPng)
    {
        await using OpenPage page = await server.Open();
        await page.PaintOnDemand();
        await page.Choose(styles: 2);
        await page.Set(page.Page.GetByLabel("Strength", new() { Exact = true }), "0.45");
        await page.Page.GetByLabel("Method", new() { Exact = true }).SelectOptionAsync("ot");
        await page.Page.GetByLabel("The photo’s colors").SelectOptionAsync("linear");
        await page.Set(page.Page.GetByLabel("Weight of b.png"), "0.25");
        await page.Unfold("levels-box");
        await page.Page.GetByLabel("Level 5 runs").UncheckAsync();
        await page.Page.GetByLabel("Method at level 3").SelectOptionAsync("adain");
        await page.Unfold("save-box");
        string file = fromPng ? (await page.Painted()).Path
            : (await page.Download(() => page.Page.GetByRole(AriaRole.Button, new() { Name = "Download the recipe" }).ClickAsync())).Path;
        Recipe recipe = fromPng ? OpenPage.RecipeOf(file) : Recipe.Load(file);
        Assert.Equal((0.45, FeatureTransform.OptimalTransport, 0.25), (recipe.Strength, recipe.Transform, recipe.Styles[1].Weight));

        await page.Page.ClickAsync("#reset");
        await page.Set(page.Page.GetByLabel("Weight of b.png"), "1");
        await page.Page.SetInputFilesAsync("#file-recipe", file);
        await page.Status("The settings are those of");
        Assert.Equal("0.45", await page.Page.GetByLabel("Strength", new() { Exact = true }).InputValueAsync());
        Assert.Equal("ot", await page.Page.GetByLabel("Method", new() { Exact = true }).InputValueAsync());
        Assert.Equal("linear", await page.Page.GetByLabel("The photo’s colors").InputValueAsync());
        Assert.Equal("0.25", await page.Page.GetByLabel("Weight of b.png").InputValueAsync());
        Assert.False(await page.Page.GetByLabel("Level 5 runs").IsCheckedAsync());
        Assert.Equal("adain", await page.Page.GetByLabel("Method at level 3").InputValueAsync());
        Assert.Equal(recipe.ToJson(), (await page.Painted()).Recipe.ToJson());
    }

    [Theory]
    [InlineData("{\"texture\":{\"width\":16,\"height\":16}}", "The recipe is for a texture")]
    [InlineData("{\"wct\":2}", "The recipe has version 2")]
    [InlineData("[]", "The file is no recipe")]
    [InlineData("not json", "mine.json is no recipe")]
    [InlineData("{\"strength\":0.2,\"levels\":\"54\"}", "levels is \"54\"; it must be a list")]
    [InlineData("{\"strength\":0.2,\"levels\":[]}", "levels is []; it must be a list with at least one level")]
    [InlineData("{\"strength\":0.2,\"levels\":[null]}", "levels[0] is null; it must be a whole number")]
    [InlineData("{\"strength\":0.2,\"levels\":[9]}", "levels are 9; the model has 5, 4, 3, 2, 1")]
    [InlineData("{\"strength\":0.2,\"styles\":{}}", "styles is {}; it must be a list")]
    [InlineData("{\"strength\":0.2,\"styles\":[null]}", "styles[0] is null; it must be an object with a file")]
    [InlineData("{\"strength\":0.2,\"styleScale\":\"x\"}", "styleScale is \"x\"; it must be a number, above 0 and at most 16")]
    [InlineData("{\"strength\":0.2,\"content\":{\"size\":-1}}", "content.size is -1; it must be a whole number, at least 1")]
    [InlineData("{\"strength\":0.2,\"photo\":{\"radius\":true}}", "photo.radius is true; it must be a whole number")]
    [InlineData("{\"strength\":0.2,\"preserveColor\":\"luminance:2\"}", "preserveColor is 2; it must be a number")]
    public async Task ARecipeThatCannotBeUsedIsRefused(string text, string problem)
    {
        await using OpenPage page = await server.Open();
        await File.WriteAllTextAsync(page.Folder.File("mine.json"), text);
        await page.Page.SetInputFilesAsync("#file-recipe", page.Folder.File("mine.json"));
        await page.Page.GetByRole(AriaRole.Alert).GetByText(problem).WaitForAsync();
        Assert.Equal("0.6", await page.Page.GetByLabel("Strength", new() { Exact = true }).InputValueAsync());
    }

    [Fact]
    public async Task WhatThePageCannotTakeFromARecipeIsSaid()
    {
        await using OpenPage page = await server.Open();
        await File.WriteAllTextAsync(
            page.Folder.File("mine.json"),
            """{"styles":[{"file":"../x/gone.jpg"}],"labels":"l.png","strength":0.3,"transform":"unknown"}""");
        await page.Page.SetInputFilesAsync("#file-recipe", page.Folder.File("mine.json"));
        await page.Status("The settings are those of mine.json. Its paintings aren’t here: ../x/gone.jpg. "
            + "The page has no control for: labels, transform.");
        Assert.Equal("0.3", await page.Page.GetByLabel("Strength", new() { Exact = true }).InputValueAsync());
    }

    [Fact]
    public async Task WhatIsMissingStaysReadable()
    {
        await using OpenPage page = await server.Open();
        await page.PaintOnDemand();
        await page.Choose();
        await page.Unfold("save-box");
        await File.WriteAllTextAsync(
            page.Folder.File("mine.json"),
            """
            {"styles":[{"file":"a.png","mask":"m.png","styleMask":"s.png","label":"#ff0000","strength":0.5}],
             "levels":[9,{"level":5,"transform":"whiten"}]}
            """);
        await page.Page.SetInputFilesAsync("#file-recipe", page.Folder.File("mine.json"));
        await page.Status("The settings are those of mine.json.");
        await page.Paint();
        string text = (await page.Page.TextContentAsync("#recipe-left"))!;
        foreach (string name in (string[])
            ["styles[0].mask", "styles[0].styleMask", "styles[0].label", "styles[0].strength", "level 9", "levels[1].transform (whiten)"])
            Assert.Contains(name, text);
        Assert.True(await page.Page.Locator("#recipe-left").IsVisibleAsync());
        await File.WriteAllTextAsync(page.Folder.File("mine.json"), "{}");
        await page.Page.SetInputFilesAsync("#file-recipe", page.Folder.File("mine.json"));
        await page.Status("The settings are those of mine.json.");
        Assert.False(await page.Page.Locator("#recipe-left").IsVisibleAsync());
    }

    [Fact]
    public async Task ARecipeWithAMaskFindsTheMaskThatIsThere()
    {
        await using OpenPage page = await server.Open();
        await page.PaintOnDemand();
        await page.Choose();
        await page.Page.GetByLabel("Paint a mask for a.png").ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Fill" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Done" }).ClickAsync();
        await page.Unfold("save-box");
        string file = (await page.Download(() => page.Button("Download the recipe").ClickAsync())).Path;
        Assert.Equal("mask1.png", Recipe.Load(file).Styles[0].Mask);
        await page.Page.SetInputFilesAsync("#file-recipe", file);
        await page.Status("The settings are those of");
        Assert.False(await page.Page.Locator("#recipe-left").IsVisibleAsync());
        await page.Page.GetByLabel("Remove the mask of a.png").ClickAsync();
        await page.Page.SetInputFilesAsync("#file-recipe", file);
        await page.Page.Locator("#recipe-left").GetByText("styles[0].mask").WaitForAsync();
    }

    [Fact]
    public async Task FormatAndQualitySurviveAReload()
    {
        await using OpenPage page = await server.Open();
        await page.Choose();
        await page.Paint();
        await page.Page.GetByLabel("Format").SelectOptionAsync("avif");
        await page.Page.GetByLabel("Quality").FillAsync("33");
        await page.Page.GetByLabel("Quality").PressAsync("Tab");
        (_, string path) = await page.Download(() => page.Page.ClickAsync("#download"));
        Assert.Equal("ftypavif", System.Text.Encoding.ASCII.GetString((await File.ReadAllBytesAsync(path))[4..12]));
        await page.Start();
        Assert.Equal(("avif", "33"), (await page.Page.InputValueAsync("#format"), await page.Page.InputValueAsync("#quality")));
    }

    [Fact]
    public async Task APngWithoutARecipeIsRefused()
    {
        await using OpenPage page = await server.Open();
        await page.Page.SetInputFilesAsync("#file-recipe", page.Picture("plain.png", 8, 8, 1));
        await page.Page.GetByRole(AriaRole.Alert).GetByText("plain.png has no recipe in it.").WaitForAsync();
    }

    [Fact]
    public async Task LevelsOfARecipeKeepTheirOrder()
    {
        await using OpenPage page = await server.Open();
        await page.PaintOnDemand();
        await page.Choose();
        await File.WriteAllTextAsync(
            page.Folder.File("mine.json"), """{"levels":[2,{"level":4,"strength":0.5},2],"photo":{"radius":9},"passes":12}""");
        await page.Page.SetInputFilesAsync("#file-recipe", page.Folder.File("mine.json"));
        await page.Status("The settings are those of mine.json.");
        Assert.Equal("12", await page.Page.GetByLabel("Passes").InputValueAsync());
        await page.Set(page.Page.GetByLabel("Passes"), "1");
        (_, Recipe recipe) = await page.Painted();
        Assert.Equal([(2, null), (4, 0.5), (2, (double?)null)], recipe.Levels!.Select(level => (level.Level, level.Strength)));
        Assert.Equal(9, recipe.Photo!.Radius);
    }
}
