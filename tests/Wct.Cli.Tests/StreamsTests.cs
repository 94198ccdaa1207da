using System.Diagnostics;
using Wct.Imaging;

namespace Wct.Cli.Tests;

/// <summary>Tests standard output and error that are closed, full or without a reader, and a system that is short of threads.</summary>
public sealed class StreamsTests(TinyModel model)
{
    private const string Success = "stylize c.png c.png -o out.png -w \"$MODEL\" -l 21";

    private const string Refused = "stylize missing.png c.png -o out.png -w \"$MODEL\"";

    [Theory]
    [InlineData(">&-")]
    [InlineData("2>&-")]
    [InlineData(">&- 2>&-")]
    [InlineData("<&- >&- 2>&-")]
    [InlineData(">/dev/full")]
    [InlineData("2>/dev/full")]
    [InlineData(">/dev/full 2>&1")]
    [InlineData("| true")]
    [InlineData("2>&1 | true")]
    public void BrokenStreamsDoNotPreventTheResult(string redirection)
    {
        using TemporaryFolder folder = new();
        TestPictures.Write(folder, "c.png", 40, 30);
        Outcome outcome = Shell(folder, redirection.StartsWith('|') || redirection.Contains("1 |")
            ? $"{{ $WCT {Success}; echo $? >code; }} {redirection}; exit $(cat code)" : $"$WCT {Success} {redirection}");
        Assert.Equal((ExitCode.Done, ""), (outcome.ExitCode, outcome.Error));
        PixelImage result = ImageFile.Read(folder.File("out.png"));
        Assert.Equal((40, 30), (result.Width, result.Height));
    }

    [Theory]
    [InlineData("2>&-", "")]
    [InlineData("2>/dev/full", "")]
    [InlineData(">&- 2>&-", "")]
    [InlineData(">&-", "wct: missing.png: no such file\n")]
    public void FailuresKeepTheirExitCode(string redirection, string error)
    {
        using TemporaryFolder folder = new();
        TestPictures.Write(folder, "c.png", 40, 30);
        Assert.Equal(new Outcome(ExitCode.Failed, "", error), Shell(folder, $"$WCT {Refused} {redirection}"));
        Assert.Equal(ExitCode.WrongUsage, Shell(folder, $"$WCT stylize --nonsense {redirection}").ExitCode);
    }

    // Such a command does nothing but print.
    [Theory]
    [InlineData(">&-")]
    [InlineData(">/dev/full")]
    public void ACommandThatOnlyPrintsFailsIfItCannotPrint(string redirection)
    {
        using TemporaryFolder folder = new();
        Outcome outcome = Shell(folder, $"$WCT weights inspect \"$MODEL\" {redirection}");
        Assert.Equal(ExitCode.Failed, outcome.ExitCode);
        Assert.Matches(@"\Awct: standard output can't be written: [^\n]+\n\z", outcome.Error);
    }

    // The runtime itself needs some threads; any number from there on must be enough.
    [Fact]
    public void FewerThreadsThanAskedForAreEnough()
    {
        Assert.SkipUnless(Directory.Exists(PidsGroup), "needs control groups of version 1");
        string group = Path.Combine(PidsGroup, $"wct-test-{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(group);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Assert.Skip("needs the right to make a control group");
        }

        try
        {
            using TemporaryFolder folder = new();
            TestPictures.Write(folder, "c.png", 40, 30);
            int done = 0;
            for (int threads = 4; threads <= 24; threads += 2)
            {
                File.WriteAllText(Path.Combine(group, "pids.max"), $"{threads}");
                Outcome outcome = Shell(folder, $"echo $$ >{group}/cgroup.procs; exec $WCT {Success} -q --threads 8");
                // With too few threads the runtime itself fails, with a message of its own.
                Assert.True(outcome.ExitCode == ExitCode.Done || done == 0, $"{threads} threads: {outcome}");
                done += outcome.ExitCode == ExitCode.Done ? 1 : 0;
            }

            Assert.InRange(done, 5, int.MaxValue);
        }
        finally
        {
            Directory.Delete(group);
        }
    }

    private static string PidsGroup => "/sys/fs/cgroup/pids";

    private Outcome Shell(TemporaryFolder folder, string command)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs sh and /dev/full");
        string tool = string.Join(' ', WctProcess.Command.Select(word => $"'{word}'"));
        ProcessStartInfo start = new("sh", ["-c", command.Replace("$WCT", tool, StringComparison.Ordinal)])
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["MODEL"] = model.Path;
        using Process process = Process.Start(start)!;
        return WctProcess.End(process);
    }
}
