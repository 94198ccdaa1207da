using System.Text.RegularExpressions;
using Wct.Imaging;

namespace Wct.Cli.Tests;

/// <summary>Stylizes pictures within a memory budget.</summary>
public sealed class MemoryTests(TinyModel model)
{
    // Working memory for each four processors beyond the first four, with so few channels.
    private const int KilobytesPerFourProcessors = 2200;

    // A picture of more than 4 megapixels is read row by row.
    [Theory]
    [InlineData(300, 260, 135_000, "K", PixelLayout.Rgb24)]
    [InlineData(300, 260, 136_000, "k", PixelLayout.Rgba32)]
    [InlineData(2100, 2050, 220_000, "M", PixelLayout.Gray8)]
    public void TilesGiveTheSamePicture(int width, int height, int kilobytes, string unit, PixelLayout format)
    {
        kilobytes += ((Environment.ProcessorCount + 3) / 4 - 1) * KilobytesPerFourProcessors;
        string budget = $"{(unit == "M" ? kilobytes / 1000 : kilobytes)}{unit}";
        using TemporaryFolder folder = new();
        string content = TestPictures.Write(folder, "c.png", width, height, format), style = TestPictures.Write(folder, "s.png", 40, 30);
        PixelImage whole = Stylize(folder, content, style, "1400M"), tiled = Stylize(folder, content, style, budget);
        Assert.Equal((width, height, whole.Layout), (tiled.Width, tiled.Height, tiled.Layout));
        Assert.InRange(whole.Bytes.Zip(tiled.Bytes, (a, b) => Math.Abs(a - b)).Max(), 0, 1);
    }

    [Fact]
    public void TheErrorForATooSmallBudgetNamesTheLeastBudget()
    {
        using TemporaryFolder folder = new();
        string content = TestPictures.Write(folder, "c.png", 100, 60), style = TestPictures.Write(folder, "s.png", 40, 30);
        Outcome outcome = WctProcess.Run(folder.Path, "stylize", content, style, "-w", model.Path, "-o", "out.png", "--max-memory", "3M");
        Assert.Equal(ExitCode.Failed, outcome.ExitCode);
        Assert.Matches(
            @"\Awct: The budget is 3000000 bytes of memory; a picture of \d+x\d+ pixels needs \d+ at least \(more --max-memory helps, "
                + @"[^\n]+\)\r?\n\z", outcome.Error);
        Assert.False(File.Exists(folder.File("out.png")));
    }

    // The second case has a folder of two styles, and still one warning.
    [Theory]
    [InlineData("s.png", "out.png")]
    [InlineData("styles", "out")]
    public void ABudgetAboveTheLimitIsReducedWithOneWarning(string style, string output)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "limits are set and told in another way elsewhere");
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder.File("styles"));
        TestPictures.Write(folder, "c.png", 100, 60);
        foreach (string name in (string[])["s.png", "styles/s.png", "styles/t.png"])
            TestPictures.Write(folder, name, 40, 30);
        string command = $"exec \"$@\" stylize c.png {style} -w '{model.TwoLevels}' -o {output} -q --max-memory ";
        // The runtime reserves hundreds of gigabytes of addresses for its heap unless the heap's size is given.
        const string Limited = "export DOTNET_GCHeapHardLimit=0x20000000; ulimit -v 8000000; ";
        Outcome outcome = WctProcess.RunThrough(folder.Path, Limited + command + "900G");
        Assert.Equal((ExitCode.Done, ""), (outcome.ExitCode, outcome.Output));
        Match warning = Regex.Match(
            outcome.Error,
            @"\Awct: The budget is 900000000000 bytes of memory, and this process can have (\d+) at most; it keeps to those\.\n\z");
        Assert.True(warning.Success, outcome.Error);
        Assert.InRange(long.Parse(warning.Groups[1].Value), 1, 8_000_000L * 1024);
        Outcome within = WctProcess.RunThrough(folder.Path, Limited + command + "700M --force");
        Assert.Equal(new Outcome(ExitCode.Done, "", ""), within);
    }

    [Fact]
    public void DamageInAPictureReadByRowsIsNamed()
    {
        using TemporaryFolder folder = new();
        string content = TestPictures.Write(folder, "c.png", 2100, 2050), style = TestPictures.Write(folder, "s.png", 40, 30);
        byte[] bytes = File.ReadAllBytes(folder.File(content));
        File.WriteAllBytes(folder.File(content), bytes[..(bytes.Length / 2)]);
        Outcome outcome = WctProcess.Run(folder.Path, "stylize", content, style, "-w", model.Path, "-o", "out.png", "--levels", "1");
        Assert.Equal(ExitCode.Failed, outcome.ExitCode);
        Assert.Contains("c.png: truncated", outcome.Error);
        Assert.False(File.Exists(folder.File("out.png")));
    }

    private PixelImage Stylize(TemporaryFolder folder, string content, string style, string budget)
    {
        string output = folder.File($"{budget}.png");
        // The shallow levels have the largest feature maps.
        Outcome outcome = WctProcess.Run(
            folder.Path, "stylize", content, style, "-w", model.Path, "-o", output, "--max-memory", budget, "--levels", "21", "-q");
        Assert.Equal(("", "", ExitCode.Done), (outcome.Error, outcome.Output, outcome.ExitCode));
        return ImageFile.Read(output);
    }
}
