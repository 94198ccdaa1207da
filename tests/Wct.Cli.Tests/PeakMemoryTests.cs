using System.Diagnostics;
using Wct.Imaging;

namespace Wct.Cli.Tests;

/// <summary>Measures the peak memory of the whole process on files that must be read to the end before their first row is known.</summary>
public sealed class PeakMemoryTests(TinyModel model)
{
    // 24 megapixels: 72 MB as pixels, 144 as coefficients. Reading them as a whole took up to 290 MB besides the runtime's memory.
    private const int Width = 6000, Height = 4000, Megabytes = 190;

    [Theory]
    [InlineData("turned.jpg")]
    [InlineData("scans.jpg")]
    [InlineData("turned-scans.jpg")]
    [InlineData("interlaced.png")]
    [InlineData("baseline.jpg")]
    public void TheBudgetHoldsWhileFilesAreRead(string kind)
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder.File(kind), Make(folder, kind));
        TestPictures.Write(folder, "small.png", 64, 48);
        string[][] roles = [[kind, "small.png", "--size", "64"], ["small.png", kind, "--style-size", "64"]];
        foreach (string[] role in roles)
        {
            long tight = Peak(folder, "tight.png", [.. role, "--max-memory", $"{Megabytes}M"]);
            long ample = Peak(folder, "ample.png", [.. role, "--max-memory", "2G"]);
            Assert.True(tight <= Megabytes * 1_000_000L, $"{string.Join(' ', role)}: {tight} bytes with {Megabytes} MB, {ample} with 2 GB");
            Assert.Equal(File.ReadAllBytes(folder.File("ample.png")), File.ReadAllBytes(folder.File("tight.png")));
        }
    }

    // Without resizing, the picture itself is kept, at 9 bytes per pixel.
    [Theory]
    [InlineData("turned.jpg")]
    [InlineData("interlaced.png")]
    public void TheBudgetHoldsWithoutResizing(string kind)
    {
        // 12 megapixels, so that the test is short: 36 MB as pixels, 108 MB between levels.
        const int Budget = 270;
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder.File(kind), Make(folder, kind, 4000, 3000));
        TestPictures.Write(folder, "small.png", 64, 48);
        Assert.InRange(Peak(folder, "out.ppm", [kind, "small.png", "--max-memory", $"{Budget}M", "-l", "1"]), 1, Budget * 1_000_000L);
        Assert.InRange(Peak(folder, "out.png", ["small.png", kind, "--max-memory", $"{Budget}M", "-l", "1"]), 1, Budget * 1_000_000L);
    }

    [Fact]
    public void AMissingTemporaryFolderGivesOneErrorLine()
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder.File("p.jpg"), Make(folder, "turned.jpg"));
        TestPictures.Write(folder, "small.png", 64, 48);
        Outcome outcome = WctProcess.RunWith(
            folder.Path, [("TMPDIR", folder.File("missing"))],
            "stylize", "p.jpg", "small.png", "-w", model.Path, "-o", "out.png", "--size", "64", "--max-memory", "190M");
        Assert.Equal((ExitCode.Failed, ""), (outcome.ExitCode, outcome.Output));
        Assert.Matches(
            @"\Awct: p\.jpg: reading it takes \d+ bytes beyond the \d+ of memory that are left to it; a temporary file for them in "
                + @"[^\n]+missing[^\n]*\n\z",
            outcome.Error);
        Assert.False(File.Exists(folder.File("out.png")));
    }

    [Fact]
    public void EnlargingBeyondTheBudgetIsRefused()
    {
        using TemporaryFolder folder = new();
        TestPictures.Write(folder, "small.png", 64, 48);
        Outcome outcome = WctProcess.Run(
            folder.Path, "stylize", "small.png", "small.png", "-w", model.Path, "-o", "out.png", "--size", "8000", "--max-memory", "500M");
        Assert.Equal(ExitCode.Failed, outcome.ExitCode);
        Assert.Equal(
            "wct: small.png: resized to 10667x8000 it takes 1152032000 bytes of memory at least, 500000000 are allowed (--max-memory)\n",
            outcome.Error.ReplaceLineEndings("\n"));
    }

    private long Peak(TemporaryFolder folder, string output, string[] arguments)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs /proc");
        using Process process = WctProcess.Start(
            folder.Path, [], ["stylize", .. arguments, "-w", model.Path, "-o", output, "-q", "--threads", "2"]);
        Task<Outcome> end = Task.Run(() => WctProcess.End(process));
        long peak = 0;
        while (!end.Wait(2))
            peak = Math.Max(peak, HighWater(process.Id));
        Assert.Equal(new Outcome(ExitCode.Done, "", ""), end.Result);
        return peak;
    }

    // The kernel keeps the highest value, so only a peak in the last moments before the end is missed.
    private static long HighWater(int process)
    {
        try
        {
            string[] lines = File.ReadAllLines($"/proc/{process}/status");
            string? line = Array.Find(lines, line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line["VmHWM:".Length..^"kB".Length].Trim()) * 1024;
        }
        catch (IOException)
        {
            // The process has ended.
            return 0;
        }
    }

    private static byte[] Make(TemporaryFolder folder, string kind, int width = Width, int height = Height)
    {
        switch (kind)
        {
            case "scans.jpg": return FlatJpeg.Create(width, height);
            case "turned-scans.jpg": return Turned(FlatJpeg.Create(width, height));
            case "interlaced.png": return FlatPng.Interlaced(width, height);
            default:
                PixelImage picture = new(width, height, PixelLayout.Rgb24);
                for (int i = 0; i < picture.Bytes.Length; i++)
                    picture.Bytes[i] = (byte)((i / 4001 * 7) + (i % 3 * 50));
                ImageFile.Write(folder.File("stored.jpg"), picture);
                byte[] stored = File.ReadAllBytes(folder.File("stored.jpg"));
                return kind == "baseline.jpg" ? stored : Turned(stored);
        }
    }

    private static byte[] Turned(byte[] jpeg)
    {
        byte[] exif = [.. "Exif\0\0"u8, .. TestExif.Make(orientation: 6, littleEndian: false, thumbnail: false)];
        return [0xFF, 0xD8, 0xFF, 0xE1, 0, (byte)(exif.Length + 2), .. exif, .. jpeg.AsSpan(2)];
    }
}
