namespace Wct.Cli.Tests;

/// <summary>Tests that names that aren't valid UTF-8 are refused, and that the message for a failed write names the user's file.</summary>
public sealed class FileNameTests(TinyModel model)
{
    private const string Lost = "$(printf 'caf\\351.png')", Problem = "its name is not valid UTF-8";

    [Theory]
    [InlineData($"exec \"$@\" stylize \"{Lost}\" s.png -w MODEL -o out.png")]
    [InlineData($"exec \"$@\" stylize c.png s.png -w MODEL -o \"{Lost}\"")]
    [InlineData($"mkdir \"{Lost}\" && cd \"{Lost}\" && exec \"$@\" stylize ../c.png ../s.png -w MODEL")]
    public void InvalidNamesAreRefused(string script)
    {
        using TemporaryFolder folder = Prepared();
        Outcome outcome = Shell(folder, script);
        Assert.Equal((ExitCode.Failed, ""), (outcome.ExitCode, outcome.Output));
        Assert.Contains(Problem, Assert.Single(outcome.Error.TrimEnd().Split('\n')));
        Assert.Empty(Directory.GetFiles(folder.Path, "*\uFFFD*").Concat(Directory.GetFiles(folder.Path, "out*")));
        Clear(folder);
    }

    [Fact]
    public void ANameWithAReplacementCharacterIsAccepted()
    {
        using TemporaryFolder folder = Prepared();
        Outcome outcome = Shell(folder, "exec \"$@\" stylize c.png s.png -w MODEL -q -o \"$(printf 'a\\357\\277\\275.png')\"");
        Assert.Equal(new Outcome(ExitCode.Done, "", ""), outcome);
        Assert.True(File.Exists(folder.File("a\uFFFD.png")));
    }

    [Theory]
    [InlineData("photos")]
    [InlineData("'photos/*.png'")]
    public void InvalidNamesInAFolderAreReportedAndTheRestIsStylized(string content)
    {
        using TemporaryFolder folder = Prepared();
        Outcome outcome = Shell(
            folder, $"mkdir photos; cp c.png photos/ok.png; cp c.png \"photos/{Lost}\"; exec \"$@\" stylize {content} s.png -w MODEL -q "
                + "-o out");
        Assert.Equal((ExitCode.Failed, ""), (outcome.ExitCode, outcome.Output));
        Assert.Contains(Problem, Assert.Single(outcome.Error.TrimEnd().Split('\n')));
        Assert.Equal(["ok-s.png"], Directory.GetFiles(folder.File("out")).Select(Path.GetFileName));
        Clear(folder);
    }

    [Theory]
    [InlineData("stylize c.png s.png -w MODEL -o out.png", "out.png")]
    [InlineData("weights random --architecture compact -o out.safetensors", "out.safetensors")]
    public void AFailedWriteNamesTheUsersFile(string arguments, string output)
    {
        using TemporaryFolder folder = Prepared();
        // Without this setting the runtime maps its memory through files, which the limit would affect too.
        Outcome outcome = Shell(folder, $"export DOTNET_EnableWriteXorExecute=0; trap '' XFSZ; ulimit -f 16; exec \"$@\" {arguments}");
        Assert.Equal((ExitCode.Failed, ""), (outcome.ExitCode, outcome.Output));
        Assert.StartsWith($"wct: {output}: ", Assert.Single(outcome.Error.TrimEnd().Split('\n')));
        Assert.DoesNotContain(".tmp", outcome.Error);
        Assert.DoesNotContain(folder.Path, outcome.Error);
        Assert.Equal(["c.png", "s.png"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName).Order());
    }

    // In the script, "$@" starts the tool.
    private Outcome Shell(TemporaryFolder folder, string script)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs a file system that takes any bytes as a name, and its shell");
        return WctProcess.RunThrough(folder.Path, script.Replace("MODEL", model.Path));
    }

    // .NET can't delete files whose names it can't represent.
    private static void Clear(TemporaryFolder folder) => Tool.Run("find", "findutils", folder.Path, "-mindepth", "1", "-delete");

    private static TemporaryFolder Prepared()
    {
        TemporaryFolder folder = new();
        TestPictures.Write(folder, "c.png", 120, 100);
        TestPictures.Write(folder, "s.png", 25, 25);
        return folder;
    }
}
