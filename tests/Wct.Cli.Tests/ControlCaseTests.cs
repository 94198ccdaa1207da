using System.Text.Json;
using Wct.Imaging;

namespace Wct.Cli.Tests;

/// <summary>Whole pictures of the tool's controls (transforms, strengths, mixtures, masks, colors) against those of the reference
/// implementation, <c>reference/controls_reference.py</c>.</summary>
public sealed class ControlCaseTests
{
    private const int LargestDifference = 2;

    private static readonly Dictionary<string, string> Models =
        new() { ["compact16x"] = "models/compact16x", ["vgg19"] = "models/vgg19-relu3" };

    public static TheoryData<string, string> Cases
    {
        get
        {
            // Without the folder, one row says so when it is skipped.
            string root = Path.Combine(Shared.Root, "..", "shared", "golden", "controls");
            string[] names = Directory.Exists(root)
                ? [.. Directory.GetDirectories(root).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)] : ["adain"];
            return [.. from name in names from device in (string[])["cpu", "cuda", "opencl"] select (name, device)];
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void ControlsMatchTheReference(string name, string device)
    {
        string? missing = device == "cpu" ? null : DeviceTests.Missing(device);
        Assert.SkipWhen(missing is not null, missing ?? "");
        string folder = Shared.Path($"golden/controls/{name}");
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "case.json")));
        string[] command = [.. json.RootElement.GetProperty("command").EnumerateArray().Select(word => word.GetString()!)];
        using TemporaryFolder own = new();
        Outcome outcome = WctProcess.Run(
            folder, [.. command, "-o", own.File("out.png"), "--device", device, "--weights",
                Shared.Path(Models[json.RootElement.GetProperty("model").GetString()!])]);
        Assert.Equal(new Outcome(ExitCode.Done, outcome.Output, ""), outcome);
        PixelImage expected = ImageFile.Read(Path.Combine(folder, "expected.png")).ToRgb(), actual = ImageFile.Read(own.File("out.png"));
        Assert.Equal((expected.Width, expected.Height), (actual.Width, actual.Height));
        (int difference, double psnr) = PictureDifference.Of(expected.Bytes, actual.ToRgb().Bytes);
        // A near tie between two patches of the style may fall differently, and then whole patches differ. The barycenter of covariances
        // is found in a hundred rounds, whose rounding adds up.
        bool isSwap = command.Any(word => word.Contains("swap", StringComparison.Ordinal));
        double smallest = isSwap ? 40 : command.Contains("covariance") ? 55 : 65;
        string found = FormattableString.Invariant($"{name} on {device}: difference {difference}, PSNR {psnr:0.0} dB");
        Assert.True(psnr >= smallest, found);
        Assert.True(isSwap || difference <= LargestDifference, found);
    }
}
