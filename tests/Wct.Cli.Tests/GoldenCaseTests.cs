using System.Globalization;
using System.Text.Json;
using Wct.Imaging;

namespace Wct.Cli.Tests;

/// <summary>Whole pictures against the reference implementation's.</summary>
public sealed class GoldenCaseTests
{
    // A level of 255 from rounding, and one more where a sum of floats falls on the other side of a half.
    private const int LargestDifference = 2;
    private const double SmallestPsnr = 70;

    // Other devices sum in other orders.
    private const double SmallestPsnrOfGpus = 65;

    private static readonly Dictionary<string, string> Models = new() { ["compact16x"] = "models/compact16x", ["vgg19"] = "models/vgg19-relu3" };

    private const string MathNet = "cpu and MathNet";

    public static TheoryData<string, string> Cases => new()
    {
        { "a", MathNet }, { "b", MathNet }, { "c", MathNet },
        { "a", "cpu" }, { "b", "cpu" }, { "c", "cpu" }, { "a", "cuda" }, { "b", "cuda" }, { "c", "cuda" }, { "a", "opencl" }, { "b", "opencl" }, { "c", "opencl" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void ResultIsTheReferences(string name, string device)
    {
        (device, string eigensolver) = device == MathNet ? ("cpu", "mathnet") : (device, "builtin");
        string? missing = device == "cpu" ? null : DeviceTests.Missing(device);
        Assert.SkipWhen(missing is not null, missing ?? "");
        string folder = Shared.Path($"golden/cli/{name}");
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "case.json")));
        string model = Shared.Path(Models[json.RootElement.GetProperty("model").GetString()!]);
        using TemporaryFolder own = new();
        Outcome outcome = WctProcess.Run(
            own.Path, "stylize", Path.Combine(folder, "content.png"), Path.Combine(folder, "style.png"), "--weights", model, "-o", "out.png",
            "--alpha", json.RootElement.GetProperty("alpha").GetDouble().ToString(CultureInfo.InvariantCulture),
            "--device", device, "--eigensolver", eigensolver, "--levels", json.RootElement.GetProperty("levels").GetString()!);
        Assert.Equal(new Outcome(ExitCode.Done, outcome.Output, ""), outcome);

        Bitmap expected = ImageFile.Read(Path.Combine(folder, "expected.png")), actual = ImageFile.Read(own.File("out.png"));
        Assert.Equal((expected.Width, expected.Height, expected.Format), (actual.Width, actual.Height, actual.Format));
        double smallest = device == "cpu" ? SmallestPsnr : SmallestPsnrOfGpus;
        (int difference, double psnr) = PictureDifference.Of(expected.Pixels, actual.Pixels);
        Assert.True(
            difference <= LargestDifference && psnr >= smallest,
            FormattableString.Invariant($"{name} on {device}, {eigensolver}: up to {difference} per byte apart (limit {LargestDifference}), PSNR {psnr:0.0} dB (limit {smallest})"));
        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"{name} on {device}, {eigensolver}: up to {difference} per byte apart, PSNR {psnr:0.0} dB"));
    }
}
