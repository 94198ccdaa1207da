using Wct.Net;
using Wct.Net.Recipes;
using Wct.Net.Transforms;

namespace Wct.Page.Tests;

/// <summary>Tests that each control of the page reaches the server: the result's recipe has its value.</summary>
public sealed class ControlTests(PageServer server)
{
    [Fact]
    public async Task StrengthTransformScaleAndPassesReachTheRecipe()
    {
        await using OpenPage page = await server.Open();
        await page.PaintOnDemand();
        await page.Choose();
        await page.Set(page.Page.GetByLabel("Strength", new() { Exact = true }), "0.35");
        await page.Page.GetByLabel("Method", new() { Exact = true }).SelectOptionAsync("adain");
        await page.Set(page.Page.GetByLabel("Stroke size"), "0.5");
        await page.Set(page.Page.GetByLabel("Passes"), "2");
        (_, Recipe recipe) = await page.Painted();
        Assert.Equal((0.35, FeatureTransform.AdaIn, 0.5, 2), (recipe.Strength, recipe.Transform, recipe.StyleScale, recipe.Passes));
    }

    [Fact]
    public async Task ColorsAreKeptByAMethodAndInPart()
    {
        await using OpenPage page = await server.Open();
        await page.PaintOnDemand();
        await page.Choose();
        await page.Page.GetByLabel("The photo’s colors").SelectOptionAsync("luminance");
        await page.Set(page.Page.GetByLabel("How much of them"), "0.25");
        (_, Recipe recipe) = await page.Painted();
        Assert.Equal(ColorPreservation.Luminance with { Strength = 0.25 }, recipe.PreserveColor);
        await page.Page.GetByLabel("The photo’s colors").SelectOptionAsync("none");
        Assert.False(await page.Page.GetByLabel("How much of them").IsVisibleAsync());
        Assert.Equal(ColorPreservation.None, (await page.Painted()).Recipe.PreserveColor);
    }

    [Fact]
    public async Task EachLevelHasItsOwnSettings()
    {
        await using OpenPage page = await server.Open();
        await page.PaintOnDemand();
        await page.Choose();
        await page.Unfold("levels-box");
        await page.Page.GetByLabel("Level 3 runs").UncheckAsync();
        await page.Set(page.Page.GetByLabel("Strength at level 5"), "0.2");
        await page.Page.GetByLabel("Method at level 4").SelectOptionAsync("swap");
        (_, Recipe recipe) = await page.Painted();
        Assert.Equal([5, 4, 2, 1], recipe.Levels!.Select(level => level.Level));
        Assert.Equal([0.2, null, null, null], recipe.Levels!.Select(level => level.Strength));
        Assert.Equal([null, FeatureTransform.StyleSwap, null, null], recipe.Levels!.Select(level => level.Transform));
        await page.Button("All levels alike").ClickAsync();
        Assert.DoesNotContain("\"strength\": 0.2", (await page.Painted()).Recipe.ToJson());
    }

    [Fact]
    public async Task TheLastLevelThatRunsCannotBeTurnedOff()
    {
        await using OpenPage page = await server.Open();
        await page.Unfold("levels-box");
        for (int level = 5; level > 1; level--)
            await page.Page.GetByLabel($"Level {level} runs").UncheckAsync();
        await page.Page.GetByLabel("Level 1 runs").ClickAsync();
        Assert.True(await page.Page.GetByLabel("Level 1 runs").IsCheckedAsync());
    }

    [Fact]
    public async Task PhotoModeHasItsThreeNumbers()
    {
        await using OpenPage page = await server.Open();
        await page.PaintOnDemand();
        await page.Choose();
        await page.Unfold("photo-mode-box");
        await page.Page.GetByLabel("Keep the photo’s edges and details").CheckAsync();
        Assert.Equal(new PhotoOptions(), (await page.Painted()).Recipe.Photo);
        await page.Set(page.Page.GetByLabel("Radius"), "7");
        await page.Set(page.Page.GetByLabel("Edge threshold"), "0.01");
        await page.Set(page.Page.GetByLabel("Detail", new() { Exact = true }), "0.5");
        (_, Recipe recipe) = await page.Painted();
        Assert.Equal(new PhotoOptions { Radius = 7, Epsilon = 0.01, Detail = 0.5 }, recipe.Photo);
        await page.Page.GetByLabel("Keep the photo’s edges and details").UncheckAsync();
        Assert.Null((await page.Painted()).Recipe.Photo);
    }

    [Fact]
    public async Task ANumberOutOfItsRangeIsRefusedWhereItIs()
    {
        await using OpenPage page = await server.Open();
        await page.PaintOnDemand();
        await page.Choose();
        await page.Unfold("photo-mode-box");
        await page.Page.GetByLabel("Keep the photo’s edges and details").CheckAsync();
        await page.Set(page.Page.GetByLabel("Radius"), "1001");
        Assert.Equal("Radius: it must be a whole number, 1 to 1000.", await page.Page.Locator(".field-error:visible").TextContentAsync());
        Assert.Equal("true", await page.Page.GetByLabel("Radius").GetAttributeAsync("aria-invalid"));
        await page.Set(page.Page.GetByLabel("Edge threshold"), "0");
        string? error = await page.Page.Locator(".field-error:visible").Last.TextContentAsync();
        Assert.Equal("Edge threshold: it must be a number, above 0.", error);
        Assert.Equal(new PhotoOptions(), (await page.Painted()).Recipe.Photo);
    }

    [Fact]
    public async Task SizesOfResultAndPaintingsReachTheRecipe()
    {
        await using OpenPage page = await server.Open();
        await page.PaintOnDemand();
        await page.Choose();
        await page.Page.GetByLabel("Size of the result").SelectOptionAsync("256");
        await page.Unfold("more-box");
        await page.Set(page.Page.GetByLabel("Size of paintings"), "24");
        (string path, Recipe recipe) = await page.Painted();
        Assert.Equal((256, 24), (recipe.Content!.Size, recipe.StyleSize));
        Assert.Equal((341, 256), (Imaging.ImageFile.Read(path).Width, Imaging.ImageFile.Read(path).Height));
    }

    [Fact]
    public async Task SeveralPaintingsHaveWeightsAndAreMixed()
    {
        await using OpenPage page = await server.Open();
        await page.PaintOnDemand();
        await page.Choose(styles: 3);
        await page.Set(page.Page.GetByLabel("Weight of b.png"), "0.5");
        await page.Page.GetByLabel("Mix them").SelectOptionAsync("covariance");
        await page.Page.GetByLabel("Remove c.png").ClickAsync();
        (_, Recipe recipe) = await page.Painted();
        Assert.Equal([("a.png", 1.0), ("b.png", 0.5)], recipe.Styles.Select(style => (style.File, style.Weight)));
        Assert.Equal(StyleMixing.Covariance, recipe.Mixing);
        await page.Page.GetByLabel("Remove b.png").ClickAsync();
        Assert.False(await page.Page.GetByLabel("Mix them").IsVisibleAsync());
        // The focus is where the next card is, and not lost.
        Assert.Equal("Remove a.png", await page.FocusedLabel());
    }

    [Fact]
    public async Task AChangeRepaintsByItself()
    {
        await using OpenPage page = await server.Open();
        await page.Choose();
        await page.Paint();
        await page.Page.EvaluateAsync("() => { document.getElementById('status').textContent = ''; }");
        await page.Set(page.Page.GetByLabel("Strength", new() { Exact = true }), "1");
        await page.Status("Done:");
        (_, string path) = await page.Download(() => page.Page.ClickAsync("#download"));
        Assert.Equal(1, OpenPage.RecipeOf(path).Strength);
    }

    [Fact]
    public async Task ResetGivesEverySettingItsDefault()
    {
        await using OpenPage page = await server.Open();
        await page.Set(page.Page.GetByLabel("Strength", new() { Exact = true }), "1");
        await page.Page.GetByLabel("Method", new() { Exact = true }).SelectOptionAsync("ot");
        await page.Page.ClickAsync("#reset");
        Assert.Equal("0.6", await page.Page.GetByLabel("Strength", new() { Exact = true }).InputValueAsync());
        Assert.Equal("wct", await page.Page.GetByLabel("Method", new() { Exact = true }).InputValueAsync());
    }

    [Fact]
    public async Task SettingsSurviveAReloadAndPicturesDoNot()
    {
        await using OpenPage page = await server.Open();
        await page.Choose();
        await page.Set(page.Page.GetByLabel("Strength", new() { Exact = true }), "0.9");
        await page.Unfold("levels-box");
        await page.Page.GetByLabel("Level 2 runs").UncheckAsync();
        await page.Start();
        Assert.Equal("0.9", await page.Page.GetByLabel("Strength", new() { Exact = true }).InputValueAsync());
        await page.Unfold("levels-box");
        Assert.False(await page.Page.GetByLabel("Level 2 runs").IsCheckedAsync());
        Assert.True(await page.Page.Locator("#empty").IsVisibleAsync());
        string stored = await page.Page.EvaluateAsync<string>(
            "() => JSON.stringify({ ...sessionStorage }) + JSON.stringify({ ...localStorage })");
        Assert.DoesNotContain("png;", stored);
        Assert.DoesNotContain("photo.png", stored);
    }
}
