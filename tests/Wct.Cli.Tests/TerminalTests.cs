using System.Text;

namespace Wct.Cli.Tests;

/// <summary>Tests what is shown on a terminal; util-linux's <c>script</c> emulates one.</summary>
public sealed class TerminalTests(TinyModel model)
{
    private const string EraseLine = "\e[2K";

    [Fact]
    public void TheBarIsDrawnAndErased()
    {
        using TemporaryFolder folder = new();
        TestPictures.Write(folder, "c.png", 500, 500);
        // Without vector instructions and with one thread, the work lasts longer than the delay before the bar appears.
        string seen = OnTerminal(
            "WCT_ISA=scalar", $"stylize {folder.File("c.png")} {folder.File("c.png")} -w {model.Path} -o {folder.File("out.png")} -t 1");
        Assert.Matches(@"level \d: ", seen);
        Assert.Matches(@"\d%", seen);
        int end = seen.LastIndexOf("out.png: 500x500, 5 levels", StringComparison.Ordinal);
        Assert.True(end > seen.LastIndexOf('%')
            && seen.LastIndexOf(EraseLine, end, StringComparison.Ordinal) > seen.LastIndexOf('%'), seen);
    }

    [Fact]
    public void QuietPrintsNothing()
    {
        using TemporaryFolder folder = new();
        TestPictures.Write(folder, "c.png", 20, 20);
        string seen = OnTerminal(
            "WCT_ISA=", $"stylize {folder.File("c.png")} {folder.File("c.png")} -w {model.Path} -o {folder.File("out.png")} -q");
        Assert.DoesNotContain("out.png", seen);
        Assert.True(File.Exists(folder.File("out.png")));
    }

    [Fact]
    public void InspectDrawsATable() =>
        Assert.Matches(@"│ decoder 5\s+│ conv5_1 │ 7 x 8 x 3 x 3\s+│\s+511 │", OnTerminal("WCT_ISA=", $"weights inspect {model.Path}"));

    private static string OnTerminal(string environment, string arguments)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "'script' takes other arguments on other systems");
        string command = $"TERM=xterm {environment} {string.Join(' ', WctProcess.Command)} {arguments}";
        return Encoding.UTF8.GetString(Tool.Run("script", "bsdutils", "-qec", command, "/dev/null"));
    }
}
