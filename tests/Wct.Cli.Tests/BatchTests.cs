using Wct.Cli.Stylize;

namespace Wct.Cli.Tests;

/// <summary>Tests folders and patterns: each content in each style gives one file.</summary>
public sealed class BatchTests(TinyModel model)
{
    [Fact]
    public void EachPairEqualsItsSingleRun()
    {
        using TemporaryFolder folder = Prepared();
        Outcome outcome = Run(folder, "photos", "styles", "-o", "new/out");
        Assert.Equal((ExitCode.Done, ""), (outcome.ExitCode, outcome.Error));
        string[] names = ["a-x.png", "b-x.png", "a-y.png", "b-y.png"];
        string[] lines = outcome.Output.TrimEnd().Split(Environment.NewLine);
        Assert.Equal(names.Select(name => $"new/out/{name}"), lines.Select(line => line.Split(": ")[0]));
        Assert.Equal(names.Order(), Directory.GetFileSystemEntries(folder.File("new/out")).Select(Path.GetFileName).Order());
        foreach (string name in names)
        {
            Assert.Equal(ExitCode.Done, Run(folder, $"photos/{name[0]}.png", $"styles/{name[2]}.png", "-o", "one.png").ExitCode);
            Assert.Equal(File.ReadAllBytes(folder.File("one.png")), File.ReadAllBytes(folder.File($"new/out/{name}")));
        }
    }

    [Theory]
    [InlineData("photos/*.png", "a b")]
    [InlineData("photos/**/*.png", "a b c d")]
    [InlineData("photos/**", "a b c d e")]
    [InlineData("photos/[b-z]*", "b e")]
    [InlineData("photos/[!b]*.png", "a")]
    [InlineData("./*/?.png", "a b x y")]
    [InlineData("*/below/d?e?/*.png", "d")]
    [InlineData("photos/below/deep/../*.png", "c")]
    public void PatternsMatchLikeAShell(string pattern, string expected)
    {
        using TemporaryFolder folder = Prepared();
        File.WriteAllText(folder.File("photos/e.txt"), "");
        File.WriteAllText(folder.File("photos/.hidden.png"), "");
        File.CreateSymbolicLink(folder.File("photos/below/around"), "..");
        Glob glob = new(TestContext.Current.CancellationToken);
        string[] found = [.. glob.Find(Path.Join(folder.Path, pattern))];
        Assert.Equal(expected.Split(' '), found.Select(path => Path.GetFileNameWithoutExtension(path)).Order());
        Assert.Equal(found.Order(StringComparer.Ordinal), found);
        Assert.Empty(glob.Problems);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("linear")]
    public void BrokenPicturesAreReportedOnceAndTheRestIsStylized(string colors)
    {
        using TemporaryFolder folder = Prepared();
        File.WriteAllText(folder.File("photos/aa.png"), "no picture");
        File.WriteAllText(folder.File("styles/w.png"), "no picture");
        Outcome outcome = Run(folder, "photos/*.png", "styles", "-o", "out", "-q", "--preserve-color", colors);
        Assert.Equal((ExitCode.Failed, ""), (outcome.ExitCode, outcome.Output));
        string[] errors = outcome.Error.TrimEnd().Split(Environment.NewLine);
        Assert.Equal(2, errors.Length);
        Assert.StartsWith("wct: styles/w.png: not a ", errors[0]);
        Assert.StartsWith("wct: photos/aa.png: not a ", errors[1]);
        Assert.Equal(4, Directory.GetFileSystemEntries(folder.File("out")).Length);
    }

    // The photo is read with each of three styles, and its colors too.
    [Theory]
    [InlineData("none")]
    [InlineData("linear")]
    public void DamageIsReportedOncePerFile(string colors)
    {
        using TemporaryFolder folder = Prepared();
        foreach (string name in (string[])["photos/c.jpg", "styles/z.jpg"])
        {
            TestPictures.Write(folder, name, 24, 20);
            File.WriteAllBytes(folder.File(name), File.ReadAllBytes(folder.File(name))[..^2]);
        }

        Outcome outcome = Run(folder, "photos", "styles", "-o", "out", "-q", "--preserve-color", colors);
        Assert.Equal((ExitCode.Done, ""), (outcome.ExitCode, outcome.Output));
        Assert.Equal(
            ["wct: warning: photos/c.jpg: truncated: no end-of-image marker",
                "wct: warning: styles/z.jpg: truncated: no end-of-image marker"],
            outcome.Error.TrimEnd().Split(Environment.NewLine));
        Assert.Equal(9, Directory.GetFileSystemEntries(folder.File("out")).Length);
    }

    [Fact]
    public void EqualResultNamesGetExtensionsOrAreRefused()
    {
        using TemporaryFolder folder = Prepared();
        TestPictures.Write(folder, "photos/A.jpg", 20, 20);
        Assert.Equal((ExitCode.Done, ""), Run(folder, "photos", "styles/x.png", "-o", "out", "-q") is var done
            ? (done.ExitCode, done.Error) : default);
        Assert.Equal(
            ["A.jpg-x.jpg", "a.png-x.png", "b-x.png"],
            Directory.GetFileSystemEntries(folder.File("out")).Select(Path.GetFileName).Order(StringComparer.Ordinal));

        TestPictures.Write(folder, "photos/below/a.png", 20, 20);
        Refused(Run(folder, "photos/**/*.png", "styles/x.png", "-o", "more"),
            "photos/a.png: its result would have the name of another's, photos/below/a.png");
        Directory.CreateDirectory(folder.File("p"));
        Directory.CreateDirectory(folder.File("s"));
        foreach (string name in (string[])["p/a.png", "p/a-b.png", "s/c.png", "s/b-c.png"])
            TestPictures.Write(folder, name, 20, 20);
        Refused(Run(folder, "p", "s", "-o", "more"),
            "p/a-b.png with s/c.png: its result would have the name of another's, p/a.png with s/b-c.png");
        Assert.False(Directory.Exists(folder.File("more")));
    }

    [Fact]
    public void AnInputIsReplacedOnlyWithForce()
    {
        using TemporaryFolder folder = Prepared();
        string input = TestPictures.Write(folder, "photos/a-x.png", 20, 20);
        byte[] before = File.ReadAllBytes(folder.File(input));
        Refused(Run(folder, "photos", "styles", "-o", "photos"), "photos/a-x.png: is an input");
        Assert.Equal(before, File.ReadAllBytes(folder.File(input)));
        Assert.Equal(ExitCode.Done, Run(folder, "photos", "styles", "-o", "photos", "--force").ExitCode);
        Assert.NotEqual(before, File.ReadAllBytes(folder.File(input)));
    }

    [Fact]
    public void AFileNamedLikeAPatternIsThatFile()
    {
        using TemporaryFolder folder = Prepared();
        TestPictures.Write(folder, "photos/[a]*.png", 20, 20);
        Assert.Equal(ExitCode.Done, Run(folder, "photos/[a]*.png", "styles/x.png", "-o", "out.png").ExitCode);
    }

    private static void Refused(Outcome outcome, string problem)
    {
        Assert.Equal((ExitCode.Failed, ""), (outcome.ExitCode, outcome.Output));
        Assert.Contains(problem, Assert.Single(outcome.Error.TrimEnd().Split('\n')));
    }

    private Outcome Run(TemporaryFolder folder, params string[] arguments) =>
        WctProcess.Run(folder.Path, ["stylize", "-w", model.Path, "-l", "21", .. arguments]);

    private static TemporaryFolder Prepared()
    {
        TemporaryFolder folder = new();
        Directory.CreateDirectory(folder.File("photos/below/deep"));
        Directory.CreateDirectory(folder.File("styles"));
        int side = 20;
        foreach (string name in (string[])["photos/a.png", "photos/b.png", "photos/below/c.png", "photos/below/deep/d.png", "styles/x.png",
            "styles/y.png"])
            TestPictures.Write(folder, name, side++, 25);
        return folder;
    }
}
