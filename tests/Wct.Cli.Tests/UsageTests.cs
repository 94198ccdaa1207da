namespace Wct.Cli.Tests;

/// <summary>Tests that wrong arguments give one line and exit code 2, and that help and version are printed.</summary>
public sealed class UsageTests
{
    [Theory]
    [InlineData("paint", "unknown command 'paint' (see wct --help)")]
    [InlineData("styliz a.png b.png", "unknown command 'styliz'; did you mean wct stylize?")]
    [InlineData("stylyze a.png b.png", "did you mean wct stylize?")]
    [InlineData("weight inspect", "unknown command 'weight'; did you mean wct weights?")]
    [InlineData("train decode -l 3", "unknown command 'decode'; did you mean wct train decoder?")]
    [InlineData("photo.jpg painting.jpg", "unknown command 'photo.jpg'; did you mean wct stylize photo.jpg?")]
    [InlineData("help paint", "unknown command 'paint' (see wct --help)")]
    [InlineData("help train decode", "did you mean wct train decoder?")]
    [InlineData("stylize a.png b.png --apha 0.5", "unknown option '--apha'; did you mean --alpha?")]
    [InlineData("stylize --apha 0.5 a.png b.png", "unknown option '--apha'; did you mean --alpha?")]
    [InlineData("stylize --apha=0.5 a.png b.png", "unknown option '--apha'; did you mean --alpha?")]
    [InlineData("stylize --stlye-size 100 a.png b.png", "did you mean --style-size?")]
    [InlineData("stylize --max 100 a.png b.png", "did you mean --max-pixels?")]
    [InlineData("stylize a.png b.png --hepl", "did you mean --help?")]
    [InlineData("stylize --xyzzy a.png b.png", "unknown option '--xyzzy' (see wct stylize --help)")]
    [InlineData("stylize --out x.png a.png b.png", "unknown option '--out'; did you mean --output?")]
    [InlineData("train decoder -l 3 -d p -o o --step 9", "unknown option '--step'; did you mean --steps?")]
    [InlineData("stylize a.png b.png c.png d.png -o out", "quote a pattern, 'photos/*.jpg'")]
    [InlineData("stylize no-such-*.png b.png", "--output is required where a picture is a folder or a pattern")]
    [InlineData("stylize no-such-folder b.png -o out", "no-such-folder: no such file or folder")]
    [InlineData("stylize a.png b.png -o out/", "--output is 'out/', which names a folder")]
    [InlineData("train pack --replace 3 -o m", "--replace is '3', it must be a level in 1..5 and a file: 3=d3.safetensors")]
    [InlineData("train pack --replace 6=d.safetensors -o m", "--replace is '6=d.safetensors'")]
    [InlineData("train pack --replace 3=d --replace 3=e -o m", "--replace is given twice for level 3")]
    [InlineData("stylize", "stylize --help")]
    [InlineData("stylize a.png -w m", "Required argument")]
    [InlineData("stylize a.png b.png c.png -w m", "'c.png'")]
    [InlineData("stylize a.png b.png -w m --color", "'--color'")]
    [InlineData("stylize a.png b.png -w m --alpha", "'--alpha'")]
    [InlineData("stylize a.png b.png -w m --alpha 1.1", "--alpha is '1.1', it must be a number in 0..1")]
    [InlineData("stylize a.png b.png -w m --alpha -0.1", "--alpha is '-0.1', it must be a number in 0..1")]
    [InlineData("stylize a.png b.png -w m --alpha NaN", "--alpha is 'NaN'")]
    [InlineData("stylize a.png b.png -w m --alpha 0,5", "--alpha is '0,5'")]
    [InlineData("stylize a.png b.png -w m --alpha 0.5 --alpha 0.6", "'--alpha'")]
    [InlineData("stylize a.png b.png -w m --levels 6", "--levels is '6', it must be made of the digits 1 to 5")]
    [InlineData("stylize a.png b.png -w m --levels 5,4", "--levels is '5,4'")]
    [InlineData("stylize a.png b.png -w m --levels ~", "--levels is ''")]
    [InlineData("stylize a.png b.png -w m --size 0", "--size is '0', it must be a whole number in 1..1048576")]
    [InlineData("stylize a.png b.png -w m --style-size 12.5", "--style-size is '12.5'")]
    [InlineData("stylize a.png b.png -w m --jpeg-quality 101", "--jpeg-quality is '101', it must be a whole number in 1..100")]
    [InlineData("stylize a.png b.png -w m --max-pixels 0", "--max-pixels is '0'")]
    [InlineData(
        "stylize a.png b.png -w m --max-memory 2T",
        "--max-memory is '2T', it must be a whole number of bytes above 0, or with K, M or G: 1500M")]
    [InlineData("stylize a.png b.png -w m --max-memory 0", "--max-memory is '0'")]
    [InlineData("stylize a.png b.png -w m --max-memory G", "--max-memory is 'G'")]
    [InlineData("stylize a.png b.png -w m --max-memory -1G", "--max-memory is '-1G'")]
    [InlineData("stylize a.png b.png -w m --max-memory 1.5G", "--max-memory is '1.5G'")]
    [InlineData("stylize a.png b.png -w m --max-memory 9999999999G", "--max-memory is '9999999999G'")]
    [InlineData("stylize a.png b.png -w m --max-memory ~", "--max-memory is ''")]
    [InlineData("stylize a.png b.png -w m --threads -1", "--threads is '-1', it must be a whole number in 0..1024")]
    [InlineData("stylize a.png b.png -w m -o ~", "--output is empty")]
    [InlineData(
        "stylize a.png b.png -w m -o a", "--output is 'a', it has no extension; one chooses the format: .png .jpg .jpeg .jpe .ppm .pnm")]
    [InlineData("stylize a.png b.png -w m -o a.gif", "--output is 'a.gif', '.gif' can't be written; these can: .png")]
    [InlineData(
        "stylize a.png b.png -w m -o x.PGM", "--output is 'x.PGM', .pgm holds no colors; the others do: .png .jpg .jpeg .jpe .ppm .pnm")]
    [InlineData("stylize ~ b.png -w m", "CONTENT is empty")]
    [InlineData("weights", "wct weights --help")]
    [InlineData("weights import folder", "'--output' is required")]
    [InlineData("weights inspect a b", "wct weights inspect --help")]
    [InlineData("weights export m -o out", "'--onnx' is required")]
    [InlineData("weights export m --onnx", "'--output' is required")]
    [InlineData("weights random", "'--output' is required")]
    [InlineData("weights random --architecture vgg16 -o m", "--architecture is 'vgg16', it must be vgg19 or compact")]
    [InlineData("weights random --seed -1 -o m", "--seed is '-1', it must be a whole number in 0..2147483647")]
    public void WrongUsage(string arguments, string problem)
    {
        // "~" stands for an empty argument.
        string[] split =
            [.. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(argument => argument == "~" ? "" : argument)];
        Outcome outcome = Console(split);
        Assert.Equal(ExitCode.WrongUsage, outcome.ExitCode);
        Assert.Matches(@"\Awct: [^\r\n]+ \(see wct[ a-z]* --help\)\r?\n\z", outcome.Error);
        Assert.Contains(problem, outcome.Error);
        Assert.Equal("", outcome.Output);
    }

    [Fact]
    public void HelpNamesRangesAndDefaults()
    {
        Outcome outcome = Console("stylize", "--help");
        Assert.Equal((ExitCode.Done, ""), (outcome.ExitCode, outcome.Error));
        Assert.Contains("--alpha <0..1>", outcome.Output);
        Assert.Contains("[default: 0.6]", outcome.Output);
        Assert.Contains("[default: 92]", outcome.Output);
    }

    [Theory]
    [InlineData("", "Usage:", "stylize")]
    [InlineData("help", "Usage:", "stylize")]
    [InlineData("help stylize", "wct stylize <CONTENT> <STYLE> [options]", "gives finer strokes")]
    [InlineData("help train decoder", "wct train decoder [options]", "--level <1..5>")]
    [InlineData("help weights", "wct weights [command] [options]", "inspect")]
    public void HelpIsShownOnRequestAndWithoutArguments(string arguments, string usage, string more)
    {
        Outcome outcome = Console(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal((ExitCode.Done, ""), (outcome.ExitCode, outcome.Error));
        Assert.Contains(usage, outcome.Output);
        Assert.Contains(more, outcome.Output);
    }

    [Theory]
    [InlineData("stylize")]
    [InlineData("eval")]
    public void HelpExplainsStrengthZero(string command)
    {
        string help = Console(command, "--help").Output;
        Assert.DoesNotContain("(none)", help);
        Assert.Contains("0 (the photo as the networks give it back", help);
    }

    [Fact]
    public void VersionIsPlain()
    {
        Outcome outcome = Console("--version");
        Assert.Equal((ExitCode.Done, ""), (outcome.ExitCode, outcome.Error));
        Assert.Matches(@"\A\d+\.\d+\.\d+\S*\r?\n\z", outcome.Output);
    }

    private static Outcome Console(params string[] arguments) => WctProcess.Run(Path.GetTempPath(), arguments);
}
