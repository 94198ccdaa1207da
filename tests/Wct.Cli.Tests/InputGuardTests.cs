namespace Wct.Cli.Tests;

/// <summary>Tests that a result never replaces one of its inputs, whatever path leads to the input.</summary>
public sealed class InputGuardTests(TinyModel model)
{
    [Theory]
    [InlineData("c.png")]
    [InlineData("./c.png")]
    [InlineData("sub/../c.png")]
    [InlineData("s.png")]
    [InlineData("link.png")]
    [InlineData("hard.png")]
    [InlineData("shortcut/c.png")]
    public void StylizeReplacesAnInputOnlyWithForce(string output)
    {
        using TemporaryFolder folder = Prepared();
        string name = Path.GetFileName(output) == "s.png" ? "s.png" : "c.png";
        byte[] before = File.ReadAllBytes(folder.File(name));
        Outcome refused = Run(folder, output);
        Assert.Equal((ExitCode.Failed, ""), (refused.ExitCode, refused.Output));
        Assert.Matches(
            $@"\Awct: {System.Text.RegularExpressions.Regex.Escape(output)}: is an input(, c\.png)?; choose another name, or replace it "
                + $@"with --force\r?\n\z", refused.Error);
        Assert.Equal(before, File.ReadAllBytes(folder.File(name)));

        Assert.Equal((ExitCode.Done, ""), Run(folder, "other.png") is var other ? (other.ExitCode, other.Error) : default);
        Assert.Equal((ExitCode.Done, ""), Run(folder, output, "--force") is var forced ? (forced.ExitCode, forced.Error) : default);
        Assert.Equal(File.ReadAllBytes(folder.File("other.png")), File.ReadAllBytes(folder.File(output)));
        // Writing to a link replaces the file that it points to.
        Assert.Equal("c.png", new FileInfo(folder.File("link.png")).LinkTarget);
    }

    [Theory]
    [InlineData("weights import own.safetensors -o own.safetensors")]
    [InlineData("weights import . -o own.safetensors")]
    [InlineData("train decoder -l 1 -e own.safetensors -d pictures -o own.safetensors --steps 1")]
    [InlineData("train decoder -l 1 --teacher own.safetensors -d pictures -o pictures/c.png --steps 1")]
    [InlineData("train decoder -l 1 -e d.encoder.safetensors --teacher own.safetensors -d pictures -o d.safetensors --steps 1")]
    [InlineData("train encoder --start own.safetensors -d pictures -o own.safetensors --steps 1")]
    [InlineData("eval -m own.safetensors -c pictures -s pictures -o own.safetensors")]
    [InlineData("eval -c pictures -s pictures -o pictures/c.png")]
    public void OtherCommandsDoNotReplaceTheirInputs(string arguments)
    {
        using TemporaryFolder folder = Prepared();
        File.Copy(model.Path, folder.File("own.safetensors"));
        File.Copy(model.Path, folder.File("d.encoder.safetensors"));
        byte[] before = File.ReadAllBytes(model.Path), picture = File.ReadAllBytes(folder.File("pictures/c.png"));
        Outcome outcome = WctProcess.Run(folder.Path, arguments.Split(' '));
        Assert.Equal((ExitCode.Failed, ""), (outcome.ExitCode, outcome.Output));
        Assert.Contains("is an input", Assert.Single(outcome.Error.TrimEnd().Split('\n')));
        Assert.Equal(before, File.ReadAllBytes(folder.File("own.safetensors")));
        Assert.Equal(before, File.ReadAllBytes(folder.File("d.encoder.safetensors")));
        Assert.Equal(picture, File.ReadAllBytes(folder.File("pictures/c.png")));
    }

    private Outcome Run(TemporaryFolder folder, string output, params string[] more) =>
        WctProcess.Run(folder.Path, ["stylize", "c.png", "s.png", "-w", model.Path, "-l", "1", "-o", output, .. more]);

    private static TemporaryFolder Prepared()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs links of both kinds, which other systems make and tell in other ways");
        TemporaryFolder folder = new();
        Directory.CreateDirectory(folder.File("sub"));
        Directory.CreateDirectory(folder.File("pictures"));
        TestPictures.Write(folder, "c.png", 20, 30);
        TestPictures.Write(folder, "s.png", 25, 25);
        TestPictures.Write(folder, "pictures/c.png", 40, 40);
        TestPictures.Write(folder, "pictures/d.png", 40, 40);
        File.CreateSymbolicLink(folder.File("link.png"), "c.png");
        File.CreateSymbolicLink(folder.File("shortcut"), ".");
        Tool.Run("ln", "coreutils", folder.File("c.png"), folder.File("hard.png"));
        return folder;
    }
}
