using System.Diagnostics;

namespace Wct.Cli.Tests;

/// <summary>Tests that Ctrl+C and other signals end the work cleanly.</summary>
public sealed class InterruptionTests(TinyModel model)
{
    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public void ASignalEndsTheWorkAndLeavesNoFile(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals to send");
        using TemporaryFolder folder = new();
        TestPictures.Write(folder, "c.png", 1000, 1000);
        // Without vector instructions and with one thread, the work lasts far longer than the test waits.
        using Process process = WctProcess.Start(
            folder.Path, [("WCT_ISA", "scalar")], "stylize", "c.png", "c.png", "-w", model.Path, "-o", "out.png", "--threads", "1");
        Compute(process, TimeSpan.FromSeconds(4));
        WctProcess.Signal(process, signal);
        Outcome outcome = WctProcess.End(process);
        Assert.Equal((ExitCode.Interrupted, $"wct: canceled{Environment.NewLine}"), (outcome.ExitCode, outcome.Error));
        Assert.DoesNotContain("out.png", outcome.Output);
        Assert.Single(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void ASignalEndsABatchAndKeepsFinishedResults()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals to send");
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder.File("photos"));
        TestPictures.Write(folder, "photos/1.png", 20, 20);
        TestPictures.Write(folder, "photos/2.png", 1000, 1000);
        TestPictures.Write(folder, "s.png", 20, 20);
        using Process process = WctProcess.Start(
            folder.Path, [("WCT_ISA", "scalar")], "stylize", "photos", "s.png", "-w", model.Path, "-o", "out", "--threads", "1");
        Assert.StartsWith("out/1-s.png: 20x20", process.StandardOutput.ReadLine());
        WctProcess.Signal(process, "TERM");
        Assert.Equal(new Outcome(ExitCode.Interrupted, "", $"wct: canceled{Environment.NewLine}"), WctProcess.End(process));
        Assert.Equal(["1-s.png"], Directory.EnumerateFileSystemEntries(folder.File("out")).Select(Path.GetFileName));
    }

    // The model's license is an empty pipe, so that loading lasts until the test ends it.
    [Theory]
    [InlineData("inspect")]
    [InlineData("import")]
    public async Task ASignalEndsLoading(string command)
    {
        using TemporaryFolder folder = new();
        string license = folder.Pipe("LICENSE");
        foreach (string name in new[] { "1SE.pth", "1SD.pth" })
            File.Copy(Shared.Golden($"models/compact/{name}"), folder.File(name));
        string[] output = command == "import" ? ["-o", "out.safetensors"] : [];
        using Process process = WctProcess.Start(folder.Path, [], ["weights", command, folder.Path, .. output]);
        // Opening the pipe waits until the tool opens it for reading.
        using FileStream open = await Task.Run(() => new FileStream(license, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            .WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        WctProcess.Signal(process, "TERM");
        Assert.Equal(new Outcome(ExitCode.Interrupted, "", $"wct: canceled{Environment.NewLine}"), WctProcess.End(process));
        Assert.Equal(3, Directory.GetFileSystemEntries(folder.Path).Length);
    }

    // nohup ignores the signal in the same way, so that work outlives its terminal.
    [Fact]
    public void AnIgnoredHangUpStaysIgnored()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals to ignore");
        using TemporaryFolder folder = new();
        TestPictures.Write(folder, "c.png", 200, 200);
        ProcessStartInfo start = new("sh", ["-c", "trap '' HUP; exec \"$@\"", "sh", .. WctProcess.Command,
            "stylize", "c.png", "c.png", "-w", model.Path, "-o", "out.png", "--threads", "1"])
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["WCT_ISA"] = "scalar";
        using Process process = Process.Start(start)!;
        Compute(process, TimeSpan.FromSeconds(0.8));
        WctProcess.Signal(process, "HUP");
        Assert.Equal((ExitCode.Done, ""), WctProcess.End(process) is { } outcome ? (outcome.ExitCode, outcome.Error) : default);
        Assert.True(File.Exists(folder.File("out.png")));
    }

    // Waits for processor time instead of wall time, because other programs may occupy the processors.
    private static void Compute(Process process, TimeSpan time)
    {
        bool computes = SpinWait.SpinUntil(() => process.HasExited || process.TotalProcessorTime > time, TimeSpan.FromMinutes(5))
            && !process.HasExited;
        if (!computes)
            process.Kill();
        Assert.True(computes, "it ended, or did not begin, before the signal");
    }
}
