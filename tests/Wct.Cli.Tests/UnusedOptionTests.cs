using Wct.Imaging;
using Wct.Net;

namespace Wct.Cli.Tests;

/// <summary>Tests that options without an effect are refused, and values of recipes without an effect are not.</summary>
public sealed class UnusedOptionTests(TinyModel model)
{
    [Theory]
    [InlineData("grid a.png b.png:0.7 c.png", "STYLE is 'b.png:0.7', and a grid sets the weights itself; leave the weight out: b.png")]
    [InlineData("grid a.png b.png c.png:1", "STYLE is 'c.png:1', and a grid sets the weights itself; leave the weight out: c.png")]
    [InlineData("compare a.png b.png:0.7", "STYLE is 'b.png:0.7', and a comparison doesn't mix its styles; leave the weight out: b.png")]
    [InlineData("compare a.png b.png c.png:0", "STYLE is 'c.png:0', and a comparison doesn't mix its styles")]
    [InlineData("stylize a.png b.png --feather 8", "--feather is 8, and there is no region with edges; give --mask or --labels, or leave")]
    [InlineData("stylize a.png --whiten-only --feather 8", "--feather is 8, and there is no region with edges")]
    [InlineData("stylize a.png b.png --mix covariance", "--mix is 'covariance', and there are no two styles to mix; give several, or")]
    [InlineData("texture b.png --mix features", "--mix is 'features', and there are no two styles to mix")]
    [InlineData("stylize a.png --whiten-only --mix features", "--mix is 'features', and there are no two styles to mix")]
    [InlineData("stylize a.png b.png c.png --mask m.png --mask n.png --mix covariance", "no two styles share a region; give them the same")]
    [InlineData("stylize a.png --labels l.png --label #f00=b.png --label #0f0=c.png --mix covariance", "no two styles share a region")]
    [InlineData(
        "stylize a.png s.safetensors --style-size 100",
        "--style-size resizes pictures, and s.safetensors was measured before; give --style-size to the 'wct style save' that makes the "
            + "file, or leave it out")]
    [InlineData("stylize a.png s.safetensors t.SafeTensors --style-scale 2", "--style-scale resizes pictures, and s.safetensors was")]
    [InlineData("grid a.png s.safetensors t.safetensors --style-scale 2", "--style-scale resizes pictures, and s.safetensors was")]
    [InlineData("compare a.png s.safetensors --style-size 9", "--style-size resizes pictures, and s.safetensors was measured before")]
    [InlineData("texture s.safetensors --style-size 9", "--style-size resizes pictures, and s.safetensors was measured before")]
    [InlineData("stylize a.png --whiten-only --style-size 9", "--style-size resizes styles, and --whiten-only uses none; leave")]
    public void OptionsWithoutEffectAreRefused(string arguments, string problem)
    {
        Outcome outcome = WctProcess.Run(Path.GetTempPath(), arguments.Split(' '));
        Assert.Equal((ExitCode.WrongUsage, ""), (outcome.ExitCode, outcome.Output));
        Assert.Matches(@"\Awct: [^\r\n]+ \(see wct[ a-z]* --help\)\r?\n\z", outcome.Error);
        Assert.Contains(problem, outcome.Error);
    }

    [Theory]
    [InlineData("c.png s.png")]
    [InlineData("c.png s.png --feather 0 --style-scale 1")]
    [InlineData("c.png s.png t.png --mix covariance")]
    [InlineData("c.png --labels l.png --label #f00=s.png --label #ff0000=t.png --mix covariance --feather 2")]
    [InlineData("c.png s.png --mask l.png --feather 2")]
    [InlineData("c.png s.safetensors t.png --style-size 10")]
    [InlineData("c.png s.png --recipe mixed.json")]
    [InlineData("c.png --recipe single.json")]
    [InlineData("c.png s.safetensors --recipe single.json")]
    public void OthersAreUsed(string arguments)
    {
        using TemporaryFolder folder = new();
        TestPictures.Write(folder, "c.png", 24, 20);
        TestPictures.Write(folder, "s.png", 20, 20);
        TestPictures.Write(folder, "t.png", 22, 20);
        WriteLabels(folder);
        File.WriteAllText(
            folder.File("single.json"), """{"styles": [{"file": "s.png"}], "feather": 3, "mix": "covariance", "styleSize": 16}""");
        File.WriteAllText(
            folder.File("mixed.json"),
            """{"styles": [{"file": "s.png", "mask": "l.png"}, {"file": "t.png"}], "feather": 3, "mix": "covariance", "styleScale": 2}""");
        Assert.Equal(ExitCode.Done, Run(folder, "style save s.png -o s.safetensors -q").ExitCode);
        Assert.Equal(new Outcome(ExitCode.Done, "", ""), Run(folder, $"stylize {arguments} -l 1 -o out.png -q"));
    }

    [Theory]
    [InlineData("swap", "swap")]
    [InlineData("2:wct,1:swap-raw", "swap-raw")]
    public void MixturesKeepNoPatches(string transform, string name)
    {
        using TemporaryFolder folder = new();
        TestPictures.Write(folder, "s.png", 20, 20);
        TestPictures.Write(folder, "t.png", 22, 20);
        Outcome outcome = Run(folder, $"style save s.png t.png --transform {transform} -o s.safetensors");
        string problem = $"--transform has {name}, and a mixture has no patches; save each style in a file of its own";
        Assert.Equal(new Outcome(ExitCode.WrongUsage, "", $"wct: {problem} (see wct style save --help)\n"), outcome);
        Assert.False(File.Exists(folder.File("s.safetensors")));
    }

    // Half of the pixels are red.
    private static void WriteLabels(TemporaryFolder folder)
    {
        PixelImage labels = new(24, 20);
        for (int i = 0; i < labels.Bytes.Length; i += 3)
            labels.Bytes[i] = i / 3 % 24 < 12 ? byte.MaxValue : (byte)0;
        ImageFile.Write(folder.File("l.png"), labels);
    }

    private Outcome Run(TemporaryFolder folder, string arguments) =>
        WctProcess.Run(folder.Path, [.. arguments.Split(' '), "-w", model.TwoLevels]);
}
