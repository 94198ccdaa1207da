using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Wct.Page.Tests;

/// <summary>Tests that everybody can use the page: axe finds nothing serious, the keyboard suffices, and it fits a phone.</summary>
public sealed class AccessTests(PageServer server)
{
    private static readonly string[] Folded = ["levels-box", "photo-mode-box", "more-box", "save-box"];

    [Theory]
    [InlineData(1440, 900, ColorScheme.Light)]
    [InlineData(1440, 900, ColorScheme.Dark)]
    [InlineData(390, 844, ColorScheme.Light)]
    [InlineData(390, 844, ColorScheme.Dark)]
    public async Task AxeFindsNothingSeriousInAnyState(int width, int height, ColorScheme scheme)
    {
        await using OpenPage page = await server.Open(width, height, scheme);
        await Check(page, "at the start");
        await page.Choose(styles: 2);
        await Check(page, "with pictures");
        await page.Paint();
        foreach (string id in Folded)
            await page.Unfold(id);
        await page.PaintOnDemand();
        await page.Page.GetByLabel("Keep the photo’s edges and details").CheckAsync();
        await page.Page.GetByLabel("The photo’s colors").SelectOptionAsync("luminance");
        await page.Set(page.Page.GetByLabel("Radius"), "5000");
        await page.Page.GetByLabel("Format").SelectOptionAsync("jpeg");
        await Check(page, "with a result and everything unfolded");
        await page.Page.GetByLabel("Paint a mask for a.png").ClickAsync();
        await Check(page, "with the brush");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Done" }).ClickAsync();
        await File.WriteAllTextAsync(page.Folder.File("mine.json"), "[]");
        await page.Page.SetInputFilesAsync("#file-recipe", page.Folder.File("mine.json"));
        await page.Page.GetByRole(AriaRole.Alert).WaitForAsync();
        await Check(page, "with an error");
    }

    [Fact]
    public async Task TheKeyboardSufficesFromTheStartToTheDownload()
    {
        await using OpenPage page = await server.Open();
        await Press(page, "A mountain lake");
        await page.Page.GetByText("768 × 512").WaitForAsync();
        await Press(page, "Woodcut");
        await page.Page.Locator("#styles li").WaitForAsync();
        await Go(page, "() => document.activeElement.id === 'size'");
        await page.Page.Keyboard.PressAsync("ArrowDown");
        await Go(page, "() => document.activeElement.dataset.option === 'strength'");
        await page.Page.Keyboard.PressAsync("ArrowRight");
        await Press(page, "Paint");
        await page.Status("Done: 384 × 256");
        await Go(page, "() => document.activeElement.id === 'split'");
        await page.Page.Keyboard.PressAsync("ArrowLeft");
        Assert.Equal("49", await page.Page.InputValueAsync("#split"));
        (string name, string path) = await page.Download(() => Press(page, "Download"));
        Assert.Equal("landscape-woodcut.png", name);
        Assert.Equal((256, 0.65), (OpenPage.RecipeOf(path).Content!.Size, OpenPage.RecipeOf(path).Strength));
    }

    [Fact]
    public async Task TheFocusIsVisible()
    {
        await using OpenPage page = await server.Open();
        await page.Choose();
        await page.Paint();
        HashSet<string> seen = [];
        for (int i = 0; i < 60; i++)
        {
            await page.Page.Keyboard.PressAsync("Tab");
            // The slider that compares is invisible itself; the line beside it shows the focus.
            string? without = await page.Page.EvaluateAsync<string?>(
                """
                () => {
                  const element = document.activeElement;
                  if (element === document.body) return null;
                  const shown = element.id === 'split' ? element.nextElementSibling : element;
                  const style = getComputedStyle(shown);
                  const box = element.getBoundingClientRect();
                  // Nothing covers it, such as the bar at the bottom.
                  const hit = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
                  const isSeen = element.contains(hit) || [...element.labels ?? []].some(label => label.contains(hit));
                  const isMarked = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
                  return isSeen && isMarked ? null : `${isSeen} ${isMarked} ${element.outerHTML.slice(0, 200)}`;
                }
                """);
            Assert.Null(without);
            seen.Add(await page.Page.EvaluateAsync<string>("() => document.activeElement.outerHTML"));
        }

        Assert.True(seen.Count > 20, $"only {seen.Count} elements were reached");
    }

    [Fact]
    public async Task TheFocusIsNeverLost()
    {
        await using OpenPage page = await server.Open();
        Task<string> Key() => page.Page.EvaluateAsync<string>("() => document.activeElement.dataset.key ?? document.activeElement.id");
        await page.PaintOnDemand();
        await Press(page, "A mountain lake");
        await page.Page.GetByText("768 × 512").WaitForAsync();
        await page.Page.WaitForFunctionAsync("() => document.activeElement.dataset.key === 'choose'");
        await page.Page.SetInputFilesAsync("#file-photo", page.Picture("small.png", 60, 50, 4));
        await page.Status("small.png is the photo.");
        Assert.Equal("choose", await Key());
        await page.Page.SetInputFilesAsync("#file-styles", page.Picture("a.png", 30, 30, 5));
        await page.Page.Locator("#styles li").WaitForAsync();
        await page.Unfold("levels-box");
        await Press(page, "All levels alike");
        Assert.Equal("alike", await Key());
        await page.Set(page.Page.GetByLabel("Strength at level 4"), "0.3");
        await page.Page.GetByLabel("Give level 4 the value above").ClickAsync();
        Assert.Equal("strength-1", await Key());
        Assert.Equal("as above, 0.6", await page.Page.GetByLabel("Strength at level 4").GetAttributeAsync("aria-valuetext"));
        await page.Set(page.Page.GetByLabel("Passes"), "4");
        await page.Page.ClickAsync("#paint");
        await page.Page.FocusAsync("#cancel");
        await page.Status("Done:");
        Assert.Equal("paint", await Key());
    }

    [Theory]
    [InlineData(360, 740)]
    [InlineData(320, 640)]
    public async Task NothingIsWiderThanAPhone(int width, int height)
    {
        await using OpenPage page = await server.Open(width, height);
        await Fits(page, "at the start");
        await page.Choose(styles: 2);
        await page.Paint();
        await page.PaintOnDemand();
        foreach (string id in Folded)
            await page.Unfold(id);
        await page.Page.GetByLabel("Keep the photo’s edges and details").CheckAsync();
        await Fits(page, "with a result");
        await page.Page.GetByLabel("Paint a mask for a.png").ClickAsync();
        await Fits(page, "with the brush");
    }

    [Fact]
    public async Task ThemesDifferAndNothingMovesIfAskedNotTo()
    {
        string[] colors = new string[2];
        for (int i = 0; i < 2; i++)
        {
            await using OpenPage page = await server.Open(scheme: i == 0 ? ColorScheme.Light : ColorScheme.Dark);
            colors[i] = await page.Page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");
            string duration = await page.Page.EvaluateAsync<string>(
                "() => getComputedStyle(document.getElementById('paint')).transitionDuration");
            Assert.Equal("0s", duration);
        }

        Assert.Equal(["rgb(246, 245, 242)", "rgb(20, 21, 23)"], colors);
    }

    [Fact]
    public async Task TheSkipLinkLeadsToTheSettings()
    {
        await using OpenPage page = await server.Open();
        await page.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to the settings", await page.Page.EvaluateAsync<string>("() => document.activeElement.textContent"));
        await page.Page.Keyboard.PressAsync("Enter");
        await page.Page.Keyboard.PressAsync("Tab");
        Assert.True(await page.Page.EvaluateAsync<bool>("() => document.activeElement.closest('#settings') !== null"));
    }

    private static async Task Check(OpenPage page, string state)
    {
        AxeResult result = await page.Page.RunAxe();
        string[] serious = [.. result.Violations.Where(violation => violation.Impact is "serious" or "critical").Select(violation =>
            $"{violation.Id}: {violation.Help}: {string.Join(", ", violation.Nodes.Select(node => node.Html))}")];
        Assert.True(serious.Length == 0, $"{state}: {string.Join('\n', serious)}");
        Assert.NotEmpty(result.Passes);
    }

    private static async Task Fits(OpenPage page, string state)
    {
        string[] wide = await page.Page.EvaluateAsync<string[]>(
            """
            () => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('body *')]
              .filter(element => element.getBoundingClientRect().right > innerWidth + 1).map(element => element.outerHTML.slice(0, 100))
            """);
        Assert.True(wide.Length == 0, $"{state}: {string.Join('\n', wide)}");
    }

    // Presses Tab until the focus is where it should be.
    private static async Task Go(OpenPage page, string condition)
    {
        for (int i = 0; i < 120; i++)
        {
            if (await page.Page.EvaluateAsync<bool>(condition))
                return;
            await page.Page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"the keyboard doesn't reach {condition}");
    }

    private static async Task Press(OpenPage page, string button)
    {
        await Go(page, $"() => document.activeElement.tagName === 'BUTTON' && document.activeElement.textContent.trim() === '{button}'");
        await page.Page.Keyboard.PressAsync("Enter");
    }
}
