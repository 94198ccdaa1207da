using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Wct.Cli.Sheets;
using Wct.Imaging;
using Wct.Net;
using Wct.Net.Models;
using Wct.Net.Tests.Networks;
using Wct.Training;
using Wct.Training.Losses;

namespace Wct.Cli.Tests.Methods;

/// <summary>Tests <c>wct compare --methods</c> as users run it.</summary>
public sealed partial class MethodTests(TinyModel model)
{
    // The layout of cells of 100 pixels, whose columns are as wide as a caption needs.
    private const int Cell = 100, Column = 150, Margin = 10, Gap = 10, Line = BitmapFont.Height + 2;

    // The pictures are those of 'wct stylize', 'wct apply' and 'wct optimize', and the losses are those of their files.
    [Fact]
    public void EachMethodIsItsOwnCommand()
    {
        using TemporaryFolder folder = Prepared();
        Run(folder, $"stylize c.png s.png -w {model.Path} --alpha 0.8 --levels 4321 -q -o adain.png --transform adain");
        Run(folder, $"stylize c.png s.png -w {model.Path} --alpha 0.8 --levels 4321 -q -o wct.png");
        Run(folder, "optimize c.png s.png --steps 3 -q -o optimize.png");
        Run(folder, "apply one.safetensors c.png -q -o network.png");
        string output = Run(
            folder,
            $"compare c.png s.png --methods adain,optimize,network,wct --network one.safetensors --steps 3 --alpha 0.8 --levels 4321 "
                + $"-w {model.Path} --judge {model.Path} --cell {Cell} -o sheet.png");
        string[] names = ["content", "adain", "optimize", "network one", "wct"],
            files = ["c.png", "adain.png", "optimize.png", "network.png", "wct.png"];
        string[][] table = Table(output, 6);
        PixelImage sheet = ImageFile.Read(folder.File("sheet.png")).ToRgb(), content = ImageFile.Read(folder.File("c.png"));
        Assert.Equal(["method", "seconds", "style loss", "content loss"], table[0]);
        Assert.Matches(@"sheet\.png: \d+x\d+, 4 pictures, \d+\.\d\d s\r?\n\z", output);
        // Six pictures in two rows, all as high as the photo.
        const int Top = Margin + (BitmapFont.Height + 7) * 2, Height = 83, Row = Height + 4 + 3 * Line + 6 + Gap;
        Assert.Equal(
            (2 * Margin + 3 * Column + 2 * Gap, Top + 2 * Row - Gap + BitmapFont.Height + 4 + Margin), (sheet.Width, sheet.Height));
        ILossTerm[] losses =
        [
            new RelativeLoss(new GramLoss(ImageFile.Read(folder.File("s.png")))), new RelativeLoss(new ContentLoss(content, "relu4_1")),
        ];
        PixelOptimizerOptions options = new() { Network = model.Model.Levels[0].Encoder };
        for (int i = 0; i < names.Length; i++)
        {
            PixelImage result = ImageFile.Read(folder.File(files[i]));
            LossValues values = PixelOptimizer.Evaluate(
                result, losses, content: null, options, TestContext.Current.CancellationToken);
            string[] row = table[i + 1];
            Assert.Equal(names[i], row[0]);
            Assert.Equal(i == 0, row[1] == "-");
            Assert.Equal(values["style"], Number(row[2]), 6e-6);
            Assert.Equal(values["content"], Number(row[3]), 6e-6);
            // The second cell is the style's.
            int cell = i == 0 ? 0 : i + 1, left = Margin + cell % 3 * (Column + Gap), top = Top + cell / 3 * Row;
            PixelImage expected = CellPicture.Of(result, Cell);
            Assert.Equal(Height, expected.Height);
            AssertPicture(sheet, expected, left + (Column - Cell) / 2, top);
            AssertText(sheet, names[i], 24, left, top + Height + 4);
            AssertText(sheet, "style loss", 64, left, top + Height + 4 + Line);
            string style = values["style"].ToString("0.000", CultureInfo.InvariantCulture);
            AssertText(sheet, style, 64, left + Column - BitmapFont.Measure(style), top + Height + 4 + Line);
        }

        PixelImage painting = CellPicture.Of(ImageFile.Read(folder.File("s.png")), Height);
        AssertPicture(sheet, painting, Margin + Column + Gap + (Column - painting.Width) / 2, Top);
    }

    // A network's style is the one that is called like the painting, or else the first one.
    [Fact]
    public void SeveralNetworksMakeAPictureEach()
    {
        using TemporaryFolder folder = Prepared();
        SmallStyleNetworks.Style(styles: 3, seed: 4).Save(folder.File("three.safetensors"));
        File.Copy(folder.File("s.png"), folder.File("style 2.png"));
        string[] command =
        [
            "compare", "c.png", "style 2.png", "--methods", "network", "--network", "one.safetensors", "--network", "three.safetensors",
            "--cell", $"{Cell}", "-o", "sheet.png",
        ];
        Assert.Equal(["network one", "network three: style 2"], Names(Run(folder, command), 2));
        PixelImage sheet = ImageFile.Read(folder.File("sheet.png")).ToRgb();
        Run(folder, ["apply", "three.safetensors", "c.png", "--style", "style 2", "-q", "-o", "second.png"]);
        AssertPicture(
            sheet, CellPicture.Of(ImageFile.Read(folder.File("second.png")), Cell), Margin + (Column - Cell) / 2 + 3 * (Column + Gap),
            sheet.Height - Margin - BitmapFont.Height - 4 - (83 + 4 + 3 * Line + 6));
        command[2] = "s.png";
        Assert.Equal(["network one", "network three: style 1"], Names(Run(folder, command), 2));
    }

    [Fact]
    public void AllIsEveryMethodWithAStyle()
    {
        using TemporaryFolder folder = Prepared();
        string command = $"compare c.png s.png --methods all --steps 1 -w {model.Path} -o sheet.png";
        Assert.Equal(["wct", "adain", "ot", "swap", "swap-raw", "optimize"], Names(Run(folder, command), 6));
        Assert.Equal("network one", Names(Run(folder, $"{command} --network one.safetensors"), 7)[^1]);
    }

    [Fact]
    public void OptionsOfPicturesCount()
    {
        using TemporaryFolder folder = Prepared();
        string command = $"compare c.png s.png --methods adain,optimize --steps 2 -w {model.Path} -o sheet.png";
        string[][] plain = Losses("");
        foreach (string options in (string[])["--size 20", "--style-size 20", "--style-scale 0.6", "--preserve-color linear"])
        {
            string[][] changed = Losses($" {options}");
            for (int i = 1; i < 3; i++)
                Assert.NotEqual(plain[i][2], changed[i][2]);
        }

        string[][] Losses(string options) => Table(Run(folder, command + options), 4)[1..];
    }

    [Fact]
    public void QuietPrintsNothing()
    {
        using TemporaryFolder folder = Prepared();
        Assert.Equal("", Run(folder, $"compare c.png s.png --methods wct -w {model.Path} -q -o sheet.png"));
        Assert.True(File.Exists(folder.File("sheet.png")));
    }

    [Fact]
    public void TheSheetsDefaultNameIsThatOfComparisons()
    {
        using TemporaryFolder folder = Prepared();
        Assert.Contains("c-compare.png: ", Run(folder, $"compare c.png s.png --methods wct -w {model.Path}"));
    }

    [Theory]
    [InlineData(
        "--methods wct,gram",
        "--methods has 'gram'; it must have names of wct, adain, ot, swap, swap-raw, whiten, optimize, network, or be 'all'")]
    [InlineData("--methods wct,,ot", "--methods has ''; it must have names of wct,")]
    [InlineData("--methods wct,all", "--methods has 'all'; it must have names of wct,")]
    [InlineData("--methods ot,wct,ot", "--methods has 'ot' 2 times; each method makes one picture")]
    [InlineData("--methods wct,network", "--methods has 'network', and --network is missing: it names the network's file")]
    [InlineData("--methods wct --network one.safetensors", "--network is for network, and --methods is 'wct'")]
    [InlineData("--methods wct,adain --steps 5", "--steps is for optimize, and --methods is 'wct,adain'")]
    [InlineData("--methods optimize --alpha 1", "--alpha is for transforms, and --methods is 'optimize'")]
    [InlineData("--methods optimize --photo", "--photo is for transforms, and --methods is 'optimize'")]
    [InlineData("--methods network -n n --preserve-color linear", "--preserve-color is for transforms and optimize, and --methods is")]
    [InlineData("--methods wct,ot --transform adain", "--transform and --methods both choose transforms; leave --transform out")]
    [InlineData("--methods wct,ot --alpha 0.5,1", "--alpha has 2 values; with --methods it has one")]
    [InlineData("--methods wct,ot --levels 5,4,3", "--levels has 3 values; with --methods it has one")]
    [InlineData("t.png --methods wct,ot", "STYLE has 2 values; with --methods it has one")]
    [InlineData("--network one.safetensors", "--network is for --methods, which is missing")]
    [InlineData("--steps 5", "--steps is for --methods, which is missing")]
    [InlineData("--judge builtin", "--judge is for --methods, which is missing")]
    public void WrongUsageGivesOneLine(string options, string message)
    {
        Outcome outcome = WctProcess.Run(Path.GetTempPath(), $"compare c.png s.png {options}".Split(' '));
        Assert.Equal((ExitCode.WrongUsage, ""), (outcome.ExitCode, outcome.Output));
        Assert.StartsWith($"wct: {message}", outcome.Error);
        Assert.EndsWith($" (see wct compare --help){Environment.NewLine}", outcome.Error);
        Assert.Single(outcome.Error.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData("c.png none.png --methods wct", "none.png: no such file")]
    [InlineData("c.png s.png --methods wct --judge none", "none: ")]
    [InlineData("c.png s.png --methods wct --judge two.safetensors", "two.safetensors: The loss 'style' reads 'relu3_1'; the network has")]
    [InlineData("c.png s.png --methods wct --levels 5 -w two.safetensors", "two.safetensors: level 5 is asked for, the model has 2, 1")]
    [InlineData("c.png s.png --methods network --network none.safetensors", "none.safetensors: no such file")]
    [InlineData(
        "c.png s.png --methods network --network twice.safetensors",
        "twice.safetensors: enlarges photos; --methods compares networks that stylize photos")]
    [InlineData(
        "c.png s.png --methods network --network texture.safetensors",
        "texture.safetensors: makes textures; --methods compares networks that stylize photos")]
    [InlineData("c.png hidden.png --methods optimize", "hidden.png: the style has no visible pixel")]
    [InlineData("c.png s.png --methods wct -o s.png", "s.png: is an input; choose another name, or replace it with --force")]
    [InlineData("c.png s.png --methods wct --max-memory 1M", "The budget is 1000000 bytes of memory; ")]
    [InlineData("c.png s.png --methods wct --max-pixels 1000", "A contact sheet of 1 rows and 3 columns of 256 pixels has up to ")]
    [InlineData("c.png s.png --methods wct -o no/such.png", "no/such.png: the folder")]
    public void FailuresGiveOneLine(string arguments, string message)
    {
        using TemporaryFolder folder = Prepared();
        File.Copy(model.TwoLevels, folder.File("two.safetensors"));
        SmallStyleNetworks.Upscale().Save(folder.File("twice.safetensors"));
        SmallStyleNetworks.Texture().Save(folder.File("texture.safetensors"));
        ImageFile.Write(folder.File("hidden.png"), new PixelImage(20, 20, PixelLayout.Rgba32));
        byte[] before = File.ReadAllBytes(folder.File("s.png"));
        Outcome outcome = WctProcess.Run(folder.Path, $"compare {arguments}".Split(' '));
        Assert.Equal((ExitCode.Failed, ""), (outcome.ExitCode, outcome.Output));
        Assert.StartsWith($"wct: {message}", outcome.Error);
        Assert.Single(outcome.Error.TrimEnd().Split('\n'));
        Assert.Equal(before, File.ReadAllBytes(folder.File("s.png")));
        Assert.False(File.Exists(folder.File("c-compare.png")));
    }

    // The warning about the damaged photo tells that the run has begun.
    [Fact]
    public void ASignalEndsTheWorkAndLeavesNoFile()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals to send");
        using TemporaryFolder folder = Prepared();
        ImageFile.Write(folder.File("c.jpg"), ImageFile.Read(folder.File("c.png")));
        byte[] file = File.ReadAllBytes(folder.File("c.jpg"));
        File.WriteAllBytes(folder.File("c.jpg"), file[..(file.Length * 3 / 4)]);
        using Process process = WctProcess.Start(
            folder.Path, [], "compare", "c.jpg", "s.png", "--methods", "optimize", "--steps", "1000000", "-o", "sheet.png");
        Assert.StartsWith("wct: warning: c.jpg: ", process.StandardError.ReadLine());
        WctProcess.Signal(process, "INT");
        Outcome outcome = WctProcess.End(process);
        Assert.Equal((ExitCode.Interrupted, ""), (outcome.ExitCode, outcome.Output));
        // The photo may have further warnings.
        Assert.EndsWith($"wct: canceled{Environment.NewLine}", outcome.Error);
        Assert.False(File.Exists(folder.File("sheet.png")));
    }

    private static TemporaryFolder Prepared()
    {
        TemporaryFolder folder = new();
        TestPictures.Write(folder, "c.png", 48, 40);
        TestPictures.Write(folder, "s.png", 36, 44);
        SmallStyleNetworks.Style().Save(folder.File("one.safetensors"));
        return folder;
    }

    private static string Run(TemporaryFolder folder, string arguments) => Run(folder, arguments.Split(' '));

    private static string Run(TemporaryFolder folder, string[] arguments)
    {
        Outcome outcome = WctProcess.Run(folder.Path, arguments);
        Assert.Equal((ExitCode.Done, ""), (outcome.ExitCode, outcome.Error));
        return outcome.Output;
    }

    // The first lines of the output, in columns.
    private static string[][] Table(string output, int lines) =>
        [.. output.Split(Environment.NewLine)[..lines].Select(line => Spaces().Split(line))];

    private static string[] Names(string output, int methods) => [.. Table(output, methods + 2)[2..].Select(row => row[0])];

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static void AssertPicture(PixelImage sheet, PixelImage expected, int left, int top)
    {
        for (int y = 0; y < expected.Height; y++)
            Assert.Equal(expected.Row(y).ToArray(), sheet.Row(top + y).Slice(3 * left, 3 * expected.Width).ToArray());
    }

    private static void AssertText(PixelImage sheet, string text, byte level, int left, int top)
    {
        PixelImage expected = Pictures.Constant(BitmapFont.Measure(text), BitmapFont.Height, 246);
        BitmapFont.Draw(expected, 0, 0, text, Rgb.Gray(level));
        AssertPicture(sheet, expected, left, top);
    }

    [GeneratedRegex(" {2,}")]
    private static partial Regex Spaces();
}
