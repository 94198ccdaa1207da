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
    [InlineData("stylize a.png -w m", "STYLE is missing: the painting")]
    [InlineData("stylize -w m", "CONTENT is missing: the photo")]
    [InlineData("stylize a.png b.png:-1", "STYLE is 'b.png:-1'; it must be a file, or a file and a weight")]
    [InlineData("stylize a.png b.png --transform wtc", "--transform is 'wtc'; it must be one of wct, adain, ot, swap, swap-raw")]
    [InlineData("stylize a.png b.png --transform 6:wct", "--transform is '6:wct'")]
    [InlineData("stylize a.png b.png --alpha 5:1,5:0.5", "--alpha is '5:1,5:0.5'; level 5 has two values, 1 and 0.5")]
    [InlineData("stylize a.png b.png --alpha 0.2,4:0.25,4:0.25", "level 4 has two values, 0.25 and 0.25")]
    [InlineData("texture b.png --transform 5:swap,5:swap-raw", "level 5 has two values, swap and swap-raw")]
    [InlineData("stylize a.png b.png --alpha 5:1,5:x", "--alpha is '5:1,5:x'; it must be a number from 0 to 1")]
    [InlineData("stylize a.png b.png --passes 0", "--passes is '0', it must be a whole number in 1..100")]
    [InlineData("stylize a.png b.png --style-scale 0", "--style-scale is '0', it must be a number in 0.01..16")]
    [InlineData("stylize a.png b.png --mix both", "--mix is 'both', it must be features or covariance")]
    [InlineData("stylize a.png b.png c.png --mask m.png", "--mask is given once for 2 styles; give it once per style")]
    [InlineData("stylize a.png b.png --style-mask m.png --style-mask n.png", "--style-mask is given 2 times for 1 style")]
    [InlineData("stylize a.png --mask m.png --label #f00=b.png --labels l.png", "--mask and --label can't be used together")]
    [InlineData("stylize a.png b.png --label #f00=c.png --labels l.png", "--label gives its colors their styles, and b.png has none")]
    [InlineData("stylize a.png --label #f00=b.png", "--labels is missing: it names the picture of colors")]
    [InlineData("stylize a.png b.png --labels l.png", "--labels is l.png, and no --label gives one of its colors a style")]
    [InlineData("stylize a.png --label #f0=b.png --labels l.png", "--label is '#f0=b.png'; it must be a color and a style")]
    [InlineData("stylize a.png --label #ff0000 --labels l.png", "--label is '#ff0000'; it must be a color and a style")]
    [InlineData("stylize a.png b.png --feather 5000", "--feather is '5000', it must be a whole number in 0..4000")]
    [InlineData("stylize a.png b.png --preserve-color sepia", "--preserve-color is 'sepia'; it must be none, linear, luminance or")]
    [InlineData("stylize a.png b.png --preserve-color linear:2", "--preserve-color is 'linear:2'")]
    [InlineData("stylize a.png b.png --whiten-only", "--whiten-only uses no style, and b.png is given")]
    [InlineData("stylize a*.png b.png c.png -o out", "folders and patterns make a result for every pair of a content and one style")]
    [InlineData("stylize a.png b.png:0", "styles have no weight above 0")]
    [InlineData("stylize a.png --label blue=b.png --labels l.png", "--label is 'blue=b.png'; it must be a color and a style")]
    [InlineData("compare a.png b.png --transform wct,5:swap", "--transform has '5:swap'; a comparison needs one transform for all levels")]
    [InlineData("texture", "STYLE is missing: the painting")]
    [InlineData("texture b.png --size 512", "--size is '512', it must be a width and a height in 1..1048576: 1024x512")]
    [InlineData(
        "texture b.png --tileable --size 100x100",
        "--size is 100x100; the sides of a tileable texture must be multiples of 16, for example --size 96x96")]
    [InlineData("texture b.png --tileable --size 512x7", "for example --size 512x16")]
    [InlineData("texture b.png --seed -1", "--seed is '-1', it must be a whole number in 0..18446744073709551615")]
    [InlineData("grid a.png b.png c.png d.png", "there are 3 styles; a grid has 2 or 4")]
    [InlineData("grid a.png b.png c.png --steps 1", "--steps is '1', it must be a whole number in 2..20")]
    [InlineData("compare a.png b.png c.png --alpha 0.1,1 --levels 5,4", "have several values; a sheet has two sides")]
    [InlineData("compare a.png b.png --alpha 0.1,2", "--alpha is '2'; it must be a number from 0 to 1")]
    [InlineData("compare a.png b.png --levels 5,6", "--levels has '6'; it must be made of the digits 1 to 5")]
    [InlineData("style save b.png -o b.png", "--output is 'b.png'; a style's file ends with .safetensors")]
    [InlineData("stylize a.png b.png -w m --color", "'--color'")]
    [InlineData("stylize a.png b.png -w m --alpha", "'--alpha'")]
    [InlineData("stylize a.png b.png -w m --alpha 1.1", "--alpha is '1.1'; it must be a number from 0 to 1")]
    [InlineData("stylize a.png b.png -w m --alpha -0.1", "--alpha is '-0.1'; it must be a number from 0 to 1")]
    [InlineData("stylize a.png b.png -w m --alpha NaN", "--alpha is 'NaN'")]
    [InlineData("stylize a.png b.png -w m --alpha 0,5", "--alpha is '0,5'")]
    [InlineData("stylize a.png b.png -w m --alpha 0.5 --alpha 0.6", "'--alpha'")]
    [InlineData("stylize a.png b.png -w m --levels 6", "--levels is '6', it must be made of the digits 1 to 5")]
    [InlineData("stylize a.png b.png -w m --levels 5,4", "--levels is '5,4'")]
    [InlineData("stylize a.png b.png -w m --levels ~", "--levels is ''")]
    [InlineData("stylize a.png b.png -w m --size 0", "--size is '0', it must be a whole number in 1..1048576")]
    [InlineData("stylize a.png b.png -w m --style-size 12.5", "--style-size is '12.5'")]
    [InlineData("stylize a.png b.png -w m --quality 101", "--quality is '101', it must be a whole number in 1..100")]
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
    [InlineData("serve --port 65536", "--port is '65536', it must be a whole number in 0..65535")]
    [InlineData("serve --host http://mypc", "--host is 'http://mypc', it must be an address or a name: 0.0.0.0 or mypc.local")]
    [InlineData("serve --max-upload 0", "--max-upload is '0', it must be a whole number of bytes above 0")]
    [InlineData("serve --concurrency 65", "--concurrency is '65', it must be a whole number in 1..64")]
    [InlineData("serve --queue -1", "--queue is '-1', it must be a whole number in 0..100000")]
    [InlineData("serve --strict", "unknown option '--strict'")]
    [InlineData("serve photo.jpg", "see wct serve --help")]
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
        Assert.Contains("--alpha <0..1|L:0..1,...>", outcome.Output);
        Assert.Contains("0.6 for the others", outcome.Output);
        Assert.Contains("92 for JPEG", outcome.Output);
    }

    [Theory]
    [InlineData("", "Usage:", "stylize")]
    [InlineData("help", "Usage:", "stylize")]
    [InlineData("help stylize", "wct stylize [<CONTENT> [<STYLE>...]] [options]", "gives finer strokes")]
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
