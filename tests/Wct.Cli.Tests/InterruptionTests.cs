using System.Diagnostics;

namespace Wct.Cli.Tests;

/// <summary>Ctrl+C ends the work cleanly.</summary>
public sealed class InterruptionTests(TinyModel model)
{
    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public void SignalEndsTheWorkAndLeavesNoFile(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals to send");
        using TemporaryFolder folder = new();
        TestPictures.Write(folder, "c.png", 1000, 1000);
        // Without vectors and with one thread, the work lasts far longer than the test waits.
        using Process process = WctProcess.Start(
            folder.Path, [("WCT_ISA", "scalar")], "stylize", "c.png", "c.png", "-w", model.Path, "-o", "out.png", "--threads", "1");
        Assert.Equal("style", process.StandardOutput.ReadLine());
        using (Process kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]))
            kill.WaitForExit();
        Outcome outcome = WctProcess.End(process);
        Assert.Equal((ExitCode.Interrupted, $"wct: cancelled{Environment.NewLine}"), (outcome.ExitCode, outcome.Error));
        Assert.DoesNotContain("out.png", outcome.Output);
        Assert.Single(Directory.EnumerateFileSystemEntries(folder.Path));
    }
}
