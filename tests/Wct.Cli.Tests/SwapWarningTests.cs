using System.Diagnostics;
using Wct.Cli.Stylize;
using Wct.Net;
using Wct.Net.Models;
using Wct.Net.Recipes;
using Wct.Net.Transforms;

namespace Wct.Cli.Tests;

/// <summary>Tests the warning before a style swap that takes long.</summary>
public sealed class SwapWarningTests(TinyModel model)
{
    // A file, or a folder for several results.
    private const string Output = "out.png";

    private static readonly Lazy<WctModel> BuiltIn = new(WctModel.LoadDefault);

    // The numbers are sides in pixels. Nothing is warned of that takes less than half a minute on two cores.
    [Theory]
    [InlineData(
        "1:swap", 1, 768, 512, 512, 1,
        "style swap at level 1 compares about 103 billion pairs of patches, which takes long; deeper levels (--transform 5:swap,4:swap), a "
            + "smaller --size or a smaller --style-size take less")]
    [InlineData("swap", 1, 768, 512, 512, 1, "style swap at level 1 compares about 103 billion pairs")]
    [InlineData("wct,2:swap-raw", 3, 768, 512, 512, 1, "style swap at level 2 compares about 19 billion pairs")]
    [InlineData("4:swap", 1, 6000, 4000, 2000, 1, "style swap at level 4 compares about 23 billion pairs")]
    [InlineData("wct", 3, 6000, 4000, 4000, 1, null)]
    [InlineData("5:swap", 1, 6000, 4000, 1024, 1, null)]
    [InlineData("5:swap,4:swap", 1, 2048, 1536, 1024, 1, null)]
    [InlineData("4:swap", 1, 4000, 3000, 512, 1, null)]
    [InlineData("2:swap", 1, 768, 512, 512, 1, null)]
    [InlineData("swap", 1, 384, 256, 256, 1, null)]
    [InlineData("5:swap,4:swap,3:swap", 3, 512, 512, 512, 1, null)]
    [InlineData("swap", 3, 384, 256, 256, 4, "style swap at level 1 compares about 77 billion pairs")]
    public void LongSearchesAreNamed(string transform, int passes, int width, int height, int style, int styles, string? expected)
    {
        LevelSettings settings = RecipeText.Transforms(transform);
        Recipe recipe = new()
        {
            Styles = [.. Enumerable.Repeat(new RecipeStyle("s.png"), styles), new RecipeStyle("unused.png") { Weight = 0 }],
            Passes = passes,
            Transform = settings.Transform ?? FeatureTransform.WhiteningColoring,
            Levels = settings.ApplyTo(LevelOptions.Of([5, 4, 3, 2, 1])),
        };
        using StyleTransfer transfer = new(BuiltIn.Value, new LoadOptions { Device = DeviceChoice.Cpu, Threads = 1 });
        string? warning = new SwapWarning(new StylizeRequest { Recipe = recipe }, transfer).Text(
            recipe, width, height, (_, level) => SwapWarning.Pixels(style, style, level));
        Assert.Equal(expected, warning?[..(expected?.Length ?? 0)]);
    }

    [Fact]
    public void QuietCommandsDoNotWarn()
    {
        using StyleTransfer transfer = new(model.Model, new LoadOptions { Device = DeviceChoice.Cpu, Threads = 1 });
        Recipe recipe = new() { Styles = [new RecipeStyle("s.png")], Transform = FeatureTransform.StyleSwap, Levels = [1] };
        new SwapWarning(new StylizeRequest { Recipe = recipe, Quiet = true }, transfer).Tell(
            recipe, 10_000, 10_000, (_, _) => throw new InvalidOperationException("A search is estimated."));
    }

    // The styles are measured before the search in all but the first.
    [Theory]
    [InlineData("stylize c.png s.png")]
    [InlineData("stylize c.png s.png t.png:2 --style-scale 0.9")]
    [InlineData("stylize c.png s.safetensors")]
    [InlineData("stylize c*.png s.png")]
    [InlineData("compare c.png s.png --levels 1")]
    [InlineData("texture s.png --size 900x900")]
    public void TheWarningComesBeforeTheSearch(string arguments)
    {
        using TemporaryFolder folder = new();
        TestPictures.Write(folder, "c.png", 900, 900);
        TestPictures.Write(folder, "s.png", 900, 900);
        TestPictures.Write(folder, "t.png", 90, 90);
        if (arguments.Contains("safetensors", StringComparison.Ordinal))
        {
            Assert.Equal(ExitCode.Done, WctProcess.Run(
                folder.Path, "style", "save", "s.png", "--transform", "swap-raw", "-o", "s.safetensors", "-w", model.TwoLevels).ExitCode);
        }

        using Process process = WctProcess.Start(
            folder.Path, [],
            [.. arguments.Split(' '), "--transform", "swap-raw", "-o", Output, "-w", model.TwoLevels, "--device", "cpu"]);
        try
        {
            // It ends with the process; the search would take minutes.
            string? line = process.StandardError.ReadLine();
            Assert.StartsWith("wct: warning: style swap at level 1 compares about ", line, StringComparison.Ordinal);
            Assert.False(File.Exists(folder.File(Output)));
        }
        finally
        {
            process.Kill();
            process.WaitForExit();
        }
    }
}
