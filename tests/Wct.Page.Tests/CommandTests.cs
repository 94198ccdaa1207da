using Microsoft.Playwright;
using Wct.Imaging;

namespace Wct.Page.Tests;

/// <summary>Tests the command line that the page shows: the tool understands it and makes the same picture.</summary>
public sealed class CommandTests(PageServer server)
{
    private static readonly string Tool = Path.Combine(
        Shared.Root, "src", "Wct.Cli", Path.GetRelativePath(Path.Combine(Shared.Root, "tests", "Wct.Page.Tests"), AppContext.BaseDirectory),
        "wct.dll");

    [Fact]
    public async Task TheCommandMakesTheSamePicture()
    {
        await using OpenPage page = await server.Open();
        await page.PaintOnDemand();
        await page.Choose(styles: 2);
        await page.Set(page.Page.GetByLabel("Strength", new() { Exact = true }), "0.8");
        await page.Set(page.Page.GetByLabel("Weight of a.png"), "0.7");
        await page.Set(page.Page.GetByLabel("Stroke size"), "0.5");
        await page.Page.GetByLabel("The photo’s colors").SelectOptionAsync("luminance");
        await page.Page.GetByLabel("Mix them").SelectOptionAsync("covariance");
        await page.Unfold("levels-box");
        await page.Page.GetByLabel("Level 2 runs").UncheckAsync();
        await page.Set(page.Page.GetByLabel("Strength at level 5"), "0.3");
        await page.Page.GetByLabel("Method at level 4").SelectOptionAsync("adain");
        string command = await Command(page);
        Assert.Equal(
            "wct stylize photo.png a.png:0.7 b.png:1 --alpha 0.8,5:0.3 --transform 4:adain --levels 5431 --style-scale 0.5 "
                + "--preserve-color luminance --mix covariance -o photo-a-b.png",
            Sorted(command));
        await SamePicture(page, command, "photo-a-b.png");
    }

    [Fact]
    public async Task WithMasksTheCommandNeedsTheirFiles()
    {
        await using OpenPage page = await server.Open();
        await page.PaintOnDemand();
        await page.Choose();
        await page.Page.GetByLabel("Paint a mask for a.png").ClickAsync();
        await page.Set(page.Page.GetByLabel("Brush size"), "30");
        await page.Set(page.Page.GetByLabel("Soft edge of masks"), "2");
        await page.Page.FocusAsync("#mask-canvas");
        await page.Page.Keyboard.PressAsync("Space");
        await page.Page.Keyboard.PressAsync("Escape");
        string command = await Command(page);
        Assert.Equal("wct stylize photo.png a.png --mask mask1.png --feather 2 -o photo-a.png", command);
        Assert.Contains("Download the mask into the same folder: mask1.png.", await page.Page.TextContentAsync("#command-notes"));
        (string name, string path) = await page.Download(() => page.Page.GetByText("Download mask1.png").ClickAsync());
        Assert.Equal("mask1.png", name);
        File.Copy(path, page.Folder.File(name));
        await SamePicture(page, command, "photo-a.png");
    }

    [Fact]
    public async Task WhatHasNoOptionComesFromARecipe()
    {
        await using OpenPage page = await server.Open();
        await page.PaintOnDemand();
        await page.Choose();
        await page.Unfold("photo-mode-box");
        await page.Page.GetByLabel("Keep the photo’s edges and details").CheckAsync();
        Assert.Equal("wct stylize photo.png a.png --photo -o photo-a.png", await Command(page));
        await page.Set(page.Page.GetByLabel("Radius"), "5");
        string command = await Command(page);
        Assert.Equal("wct stylize --recipe wct.recipe.json -o photo-a.png", command);
        Assert.Contains("Download the recipe into the same folder", await page.Page.TextContentAsync("#command-notes"));
        (string name, string path) = await page.Download(() => page.Button("Download the recipe").ClickAsync());
        File.Copy(path, page.Folder.File(name));
        await SamePicture(page, command, "photo-a.png");
    }

    [Fact]
    public async Task TheCommandIsCopied()
    {
        await using OpenPage page = await server.Open();
        await page.Choose();
        string command = await Command(page);
        await page.Button("Copy the command line").ClickAsync();
        await page.Status("The command line is copied.");
        Assert.Equal(command, await page.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()"));
    }

    [Fact]
    public async Task WithoutAClipboardTheCommandIsSelected()
    {
        await using OpenPage page = await server.Open();
        await page.Choose();
        string command = await Command(page);
        await page.Page.EvaluateAsync("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }");
        await page.Button("Copy the command line").ClickAsync();
        await page.Status("The command line is selected");
        Assert.Equal(command, await page.Page.EvaluateAsync<string>(
            "() => { const box = document.activeElement; return box.value.slice(box.selectionStart, box.selectionEnd); }"));
    }

    [Theory]
    [InlineData("plain-1_a.jpg", false, "plain-1_a.jpg")]
    [InlineData("a b.jpg", false, "'a b.jpg'")]
    [InlineData("it's.jpg", false, @"'it'\''s.jpg'")]
    [InlineData("$(rm -rf x).jpg", false, "'$(rm -rf x).jpg'")]
    [InlineData("", false, "''")]
    [InlineData("a b.jpg", true, "'a b.jpg'")]
    [InlineData("100%.jpg", true, "'100%.jpg'")]
    [InlineData("it's $x.jpg", true, "'it''s $x.jpg'")]
    [InlineData("it’s.jpg", true, "'it’’s.jpg'")]
    [InlineData("0.8,5:0.3", true, "'0.8,5:0.3'")]
    [InlineData("@a.jpg", true, "'@a.jpg'")]
    [InlineData("a-1.png:0.7", true, "a-1.png:0.7")]
    [InlineData("写真.jpg", false, "'写真.jpg'")]
    public async Task WordsAreQuotedForTheShell(string word, bool windows, string quoted)
    {
        await using OpenPage page = await server.Open();
        Assert.Equal(quoted, await page.Module<string>(
            "command.js", "return module.quote(argument.word, argument.windows);", new { word, windows }));
        if (OperatingSystem.IsLinux() && !windows)
            Assert.Equal(word, Programs.Succeed(TimeSpan.FromMinutes(1), page.Folder.Path, "sh", "-c", $"printf %s {quoted}"));
    }

    [Fact]
    public async Task ANameThatBeginsWithADashIsAFile()
    {
        await using OpenPage page = await server.Open();
        await page.Page.SetInputFilesAsync("#file-photo", page.Picture("-o.png", 20, 20, 1));
        await page.Page.SetInputFilesAsync("#file-styles", page.Picture("a.png", 20, 20, 2));
        await page.Page.Locator("#styles li").WaitForAsync();
        Assert.Equal("wct stylize ./-o.png a.png -o ./-o-a.png", await Command(page));
    }

    [Fact]
    public async Task TheQualityIsWritten()
    {
        await using OpenPage page = await server.Open();
        await page.Choose();
        await page.Page.EvaluateAsync("() => { document.getElementById('download-box').hidden = false; }");
        await page.Page.GetByLabel("Format").SelectOptionAsync("jpeg");
        Assert.Equal("wct stylize photo.png a.png -o photo-a.jpg --quality 90", await Command(page));
    }

    [Fact]
    public async Task TheModelAndThePrecisionAreWritten()
    {
        await using OpenPage page = await server.Open();
        await page.Choose();
        await page.Module<bool>(
            "store.js",
            "Object.assign(module.state.server, { model: 'my vgg.safetensors', precision: 'half' }); module.changed('settings'); "
                + "return true;");
        Assert.Equal(
            "wct stylize photo.png a.png -o photo-a.png --weights 'my vgg.safetensors' --precision half", await Command(page));
        string? notes = await page.Page.TextContentAsync("#command-notes");
        Assert.Contains("The server's model is my vgg.safetensors; put its path there.", notes);
    }

    [Fact]
    public async Task StylesThatWereMeasuredBeforeAreNotResized()
    {
        await using OpenPage page = await server.Open();
        await page.PaintOnDemand();
        await page.Choose();
        await page.Set(page.Page.GetByLabel("Stroke size"), "0.5");
        Assert.Contains("--style-scale 0.5", await Command(page));
        await File.WriteAllTextAsync(page.Folder.File("wave.safetensors"), "only its name counts");
        await page.Page.SetInputFilesAsync("#file-styles", page.Folder.File("wave.safetensors"));
        await page.Page.GetByLabel("Remove wave.safetensors").WaitForAsync();
        await page.Page.GetByLabel("Remove a.png").ClickAsync();
        Assert.Equal("wct stylize photo.png wave.safetensors -o photo-wave.png", await Command(page));
    }

    [Fact]
    public async Task PicturesThatAreInNoFolderCanBeDownloaded()
    {
        await using OpenPage page = await server.Open();
        await page.Choose();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Woodcut" }).ClickAsync();
        await page.Page.GetByLabel("Remove woodcut.jpg").WaitForAsync();
        await Command(page);
        Assert.Contains("your folder doesn't have under this name: woodcut.jpg.", await page.Page.TextContentAsync("#command-notes"));
        (string name, string path) = await page.Download(() => page.Button("Download woodcut.jpg").ClickAsync());
        Assert.Equal("woodcut.jpg", name);
        Assert.True(ImageFile.Read(path).Width > 100);
    }

    [Fact]
    public async Task APaintingAloneHasAllTheWeight()
    {
        await using OpenPage page = await server.Open();
        await page.PaintOnDemand();
        await page.Choose(styles: 2);
        await page.Set(page.Page.GetByLabel("Weight of a.png"), "0");
        await page.Page.GetByLabel("Remove b.png").ClickAsync();
        Assert.Equal("wct stylize photo.png a.png -o photo-a.png", await Command(page));
        Assert.Equal(1, (await page.Painted()).Recipe.Styles[0].Weight);
    }

    [Theory]
    [InlineData("x", 251, 255)]
    [InlineData("x", 400, 255)]
    [InlineData("写", 100, 253)]
    public async Task NamesHaveAsManyBytesAsAFileSystemTakes(string letter, int count, int bytes)
    {
        await using OpenPage page = await server.Open();
        string given = string.Concat(Enumerable.Repeat(letter, count)) + ".png";
        string name = await page.Module<string>("names.js", "return module.safeName(argument);", given);
        Assert.EndsWith(letter + ".png", name);
        Assert.Equal(bytes, System.Text.Encoding.UTF8.GetByteCount(name));
    }

    private static async Task<string> Command(OpenPage page)
    {
        await page.Unfold("save-box");
        return await page.Page.InputValueAsync("#command");
    }

    // The order of options follows the server's list; what counts is which there are.
    private static string Sorted(string command)
    {
        string[] order = ["--alpha", "--transform", "--levels", "--style-scale", "--preserve-color", "--mix", "-o"];
        string[] words = command.Split(' ');
        int first = Array.FindIndex(words, word => word.StartsWith('-'));
        Dictionary<string, string> options = words[first..].Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);
        IEnumerable<string> sorted = order.Where(options.ContainsKey).SelectMany(name => (string[])[name, options[name]]);
        return string.Join(' ', [.. words[..first], .. sorted]);
    }

    // Runs the command as a person does, in the folder with the pictures, and compares.
    private static async Task SamePicture(OpenPage page, string command, string output)
    {
        (string path, _) = await page.Painted();
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs a POSIX shell");
        string script = $"wct() {{ '{Programs.Dotnet}' '{Tool}' \"$@\" --device cpu --max-memory 1400M; }}; {command}";
        Programs.Succeed(TimeSpan.FromMinutes(3), page.Folder.Path, "sh", "-c", script);
        Assert.Equal(ImageFile.Read(page.Folder.File(output)).Bytes, ImageFile.Read(path).Bytes);
    }
}
