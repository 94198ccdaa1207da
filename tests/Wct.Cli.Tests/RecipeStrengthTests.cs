using Wct.Imaging;

namespace Wct.Cli.Tests;

/// <summary>Tests the strength that a recipe gives its only style.</summary>
public sealed class RecipeStrengthTests(TinyModel model)
{
    [Fact]
    public void ItIsUsedForOnePicture()
    {
        using TemporaryFolder folder = new();
        Prepare(folder);
        byte[] none = Stylize(folder, "c.png", "--recipe", "none.json");
        Assert.Equal(Stylize(folder, "c.png", "s.png", "--alpha", "0"), none);
        Assert.NotEqual(Stylize(folder, "c.png", "s.png"), none);
    }

    [Fact]
    public void ItIsRefusedForSeveralPictures()
    {
        using TemporaryFolder folder = new();
        Prepare(folder);
        Outcome outcome = Run(folder, "*.png", "--recipe", "none.json", "-o", "out");
        Assert.Equal((ExitCode.WrongUsage, ""), (outcome.ExitCode, outcome.Output));
        Assert.Contains("masks, labels, a style's own strength and several styles belong to a single picture", outcome.Error);
    }

    private static void Prepare(TemporaryFolder folder)
    {
        TestPictures.Write(folder, "c.png", 24, 20);
        TestPictures.Write(folder, "s.png", 20, 20);
        File.WriteAllText(folder.File("none.json"), """{"styles": [{"file": "s.png", "strength": 0}]}""");
    }

    private byte[] Stylize(TemporaryFolder folder, params string[] arguments)
    {
        Assert.Equal(new Outcome(ExitCode.Done, "", ""), Run(folder, [.. arguments, "-o", "out.png"]));
        return ImageFile.Read(folder.File("out.png")).Bytes;
    }

    private Outcome Run(TemporaryFolder folder, params string[] arguments) =>
        WctProcess.Run(folder.Path, ["stylize", .. arguments, "-w", model.TwoLevels, "-q"]);
}
