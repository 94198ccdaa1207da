using Wct.Imaging;
using Wct.Net;

namespace Wct.Cli.Tests;

/// <summary>Tests that errors name the option if a value comes from the command line, and the property if it comes from a recipe.</summary>
public sealed class OptionNameTests(TinyModel model)
{
    private const string Resized = "c.png has 12x10 (24x20 before it was resized)";

    [Theory]
    [InlineData("c.png s.png --mask small.pgm", "--mask small.pgm has 5x4 pixels, c.png has 24x20")]
    [InlineData("c.png s.png t.png --mask l.png --mask small.pgm", "--mask small.pgm has 5x4 pixels, c.png has 24x20")]
    [InlineData("c.png s.png --mask small.pgm --size 10", "--mask small.pgm has 5x4 pixels, " + Resized)]
    [InlineData("c.png s.png --style-mask small.pgm", "--style-mask small.pgm has 5x4 pixels, s.png has 20x20")]
    [InlineData("c.png s.png --style-mask black.pgm", "--style-mask black.pgm is black, so no pixel of s.png counts")]
    [InlineData(
        "c.png s.safetensors --style-mask small.pgm",
        "--style-mask is small.pgm, but s.safetensors is a prepared style; only pictures have masks")]
    [InlineData("c.png --labels small.pgm --label #f00=s.png", "--labels small.pgm has 5x4 pixels, c.png has 24x20")]
    [InlineData("c.png --labels l.png --label #00f=s.png", "--label is #0000ff, a color that no pixel of l.png has")]
    [InlineData(
        "c.png s.safetensors --preserve-color linear",
        "--preserve-color is linear, but a style is s.safetensors, a style that was prepared without the content's colors; luminance "
            + "doesn't need them")]
    [InlineData(
        "c.png s.png t.png --style-size 100 --max-pixels 600",
        "--style-size is 100: s.png becomes 100x100 and has 10000 pixels, the limit is 600")]
    [InlineData("c.png --recipe mask.json", "styles[0].mask: small.pgm has 5x4 pixels, c.png has 24x20.")]
    [InlineData("c.png --recipe labels.json", "labels: small.pgm has 5x4 pixels, c.png has 24x20.")]
    [InlineData("c.png --recipe labels.json --labels black.pgm", "--labels black.pgm has 20x20 pixels, c.png has 24x20")]
    [InlineData("c.png --recipe labels.json --labels l.png", "styles[0].label is #0000ff, a color that no pixel of l.png has.")]
    [InlineData("c.png t.png --recipe mask.json --mask black.pgm", "--mask black.pgm has 20x20 pixels, c.png has 24x20")]
    public void FilesThatDoNotFit(string arguments, string problem)
    {
        using TemporaryFolder folder = new();
        Prepare(folder);
        Outcome outcome = Run(folder, $"stylize {arguments} -l 1 -o out.png");
        Assert.Equal(new Outcome(ExitCode.Failed, "", $"wct: {problem}\n"), outcome);
        Assert.False(File.Exists(folder.File("out.png")));
    }

    [Fact]
    public void StyleMasksOfOtherCommandsAreNamedToo()
    {
        using TemporaryFolder folder = new();
        Prepare(folder);
        foreach (string command in (string[])
            ["texture s.png -o out.png", "style save s.png -o out.safetensors", "grid c.png s.png t.png --style-mask white.pgm -o out.png"])
        {
            Assert.Equal(
                $"wct: --style-mask small.pgm has 5x4 pixels, {(command[0] == 'g' ? "t.png has 22x20" : "s.png has 20x20")}\n",
                Run(folder, $"{command} --style-mask small.pgm").Error);
        }
    }

    [Fact]
    public void ATileableTexturesSizeIsWrongUsage()
    {
        using TemporaryFolder folder = new();
        Prepare(folder);
        foreach ((string size, string problem) in ((string, string)[])
        [
            ("", "--tileable is given, and the recipe's size is 40x32; the sides of a tileable texture must be multiples of 16, for "
                + "example --size 48x32"),
            (" --size 32x39", "--size is 32x39; the sides of a tileable texture must be multiples of 16, for example --size 32x32"),
        ])
        {
            Assert.Equal(
                new Outcome(ExitCode.WrongUsage, "", $"wct: {problem} (see wct texture --help)\n"),
                Run(folder, $"texture --recipe texture.json --tileable{size} -l 1 -o out.png"));
        }
    }

    [Fact]
    public void TooManyLevelsAreOfTheOption()
    {
        using TemporaryFolder folder = new();
        Prepare(folder);
        Outcome outcome = Run(folder, $"stylize c.png s.png --levels {new string('1', 101)} -o out.png");
        Assert.Equal(ExitCode.WrongUsage, outcome.ExitCode);
        Assert.StartsWith("wct: --levels has 101 entries; it must have from 1 to 100", outcome.Error, StringComparison.Ordinal);
    }

    private void Prepare(TemporaryFolder folder)
    {
        TestPictures.Write(folder, "c.png", 24, 20);
        TestPictures.Write(folder, "s.png", 20, 20);
        TestPictures.Write(folder, "t.png", 22, 20);
        PixelImage labels = new(24, 20);
        for (int i = 0; i < labels.Bytes.Length; i += 3)
            labels.Bytes[i] = byte.MaxValue;
        ImageFile.Write(folder.File("l.png"), labels);
        Gray("small.pgm", 5, 4, 255);
        Gray("white.pgm", 20, 20, 255);
        Gray("black.pgm", 20, 20, 0);
        File.WriteAllText(folder.File("mask.json"), """{"styles": [{"file": "s.png", "mask": "small.pgm"}]}""");
        File.WriteAllText(
            folder.File("labels.json"), """{"styles": [{"file": "s.png", "label": "#0000ff"}], "labels": "small.pgm"}""");
        File.WriteAllText(folder.File("texture.json"), """{"styles": [{"file": "s.png"}], "texture": {"width": 40, "height": 32}}""");
        Assert.Equal(ExitCode.Done, Run(folder, "style save s.png -o s.safetensors").ExitCode);

        void Gray(string name, int width, int height, byte level)
        {
            PixelImage picture = new(width, height, PixelLayout.Gray8);
            picture.Bytes.AsSpan().Fill(level);
            ImageFile.Write(folder.File(name), picture);
        }
    }

    private Outcome Run(TemporaryFolder folder, string arguments) =>
        WctProcess.Run(folder.Path, [.. arguments.Split(' '), "-w", model.TwoLevels, "-q"]);
}
