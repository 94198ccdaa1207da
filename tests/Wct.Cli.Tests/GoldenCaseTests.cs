using System.Globalization;
using System.Text.Json;
using Wct.Imaging;
using Wct.Kernels.Cpu;

namespace Wct.Cli.Tests;

/// <summary>Compares whole pictures with the reference implementation's.</summary>
public sealed class GoldenCaseTests
{
    // In levels of 255: one from rounding, and one more if a sum of floats falls on the other side of a half.
    private const int LargestDifference = 2;
    private const double SmallestPsnr = 70;

    // GPUs sum in other orders.
    private const double SmallestPsnrOfGpus = 65;

    private static readonly Dictionary<string, string> Models =
        new() { ["compact16x"] = "models/compact16x", ["vgg19"] = "models/vgg19-relu3" };

    private const string MathNet = "cpu and MathNet";

    public static TheoryData<string, string> Cases => new()
    {
        { "a", MathNet }, { "b", MathNet }, { "c", MathNet },
        { "a", "cpu" }, { "b", "cpu" }, { "c", "cpu" }, { "a", "cuda" }, { "b", "cuda" }, { "c", "cuda" }, { "a", "opencl" },
        { "b", "opencl" }, { "c", "opencl" },
    };

    /// <summary>The cases in tests/golden, which are in the repository: with every instruction set that this machine supports, and on
    /// GPUs.</summary>
    public static TheoryData<string, string> Stored =>
    [
        .. from name in Directory.GetDirectories(Shared.Golden("cases")).Select(path => Path.GetFileName(path))
        .Order(StringComparer.Ordinal)
           from device in IsaSelection.Supported.Select(isa => $"cpu {Word(isa)}").Concat([MathNet, "cuda", "opencl"])
           select (name, device),
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public void SharedCasesMatchTheReference(string name, string device)
    {
        (device, string eigensolver) = device == MathNet ? ("cpu", "mathnet") : (device, "builtin");
        string? missing = device == "cpu" ? null : DeviceTests.Missing(device);
        Assert.SkipWhen(missing is not null, missing ?? "");
        string folder = Shared.Path($"golden/cli/{name}");
        Check(folder, device, eigensolver, [], model => ["--weights", Shared.Path(Models[model])]);
    }

    [Theory]
    [MemberData(nameof(Stored))]
    public void StoredCasesMatchTheReference(string name, string device)
    {
        (device, string eigensolver) = device == MathNet ? ("cpu", "mathnet") : (device, "builtin");
        string[] words = device.Split(' ');
        string? missing = words[0] == "cpu" ? null : DeviceTests.Missing(device);
        Assert.SkipWhen(missing is not null, missing ?? "");
        (string, string)[] environment = words is ["cpu", var isa] ? [("WCT_ISA", isa)] : [];
        Check(Shared.Golden($"cases/{name}"), words[0], eigensolver, environment, model => model == "default" ? []
            : ["--weights", Shared.Golden($"models/{model}")]);
    }

    private static void Check(
        string folder, string device, string eigensolver, (string, string)[] environment, Func<string, string[]> weights)
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "case.json")));
        using TemporaryFolder own = new();
        Outcome outcome = WctProcess.RunWith(own.Path, environment, [
            "stylize", Path.Combine(folder, "content.png"), Path.Combine(folder, "style.png"), "-o", "out.png",
            "--alpha", json.RootElement.GetProperty("alpha").GetDouble().ToString(CultureInfo.InvariantCulture),
            "--device", device, "--eigensolver", eigensolver, "--levels", json.RootElement.GetProperty("levels").GetString()!,
            .. weights(json.RootElement.GetProperty("model").GetString()!)]);
        Assert.Equal(new Outcome(ExitCode.Done, outcome.Output, ""), outcome);

        PixelImage expected = ImageFile.Read(Path.Combine(folder, "expected.png")), actual = ImageFile.Read(own.File("out.png"));
        Assert.Equal((expected.Width, expected.Height, expected.Layout), (actual.Width, actual.Height, actual.Layout));
        double smallest = device == "cpu" ? SmallestPsnr : SmallestPsnrOfGpus;
        (int difference, double psnr) = PictureDifference.Of(expected.Bytes, actual.Bytes);
        string found = FormattableString.Invariant(
            $"up to {difference} per byte apart (limit {LargestDifference}), PSNR {psnr:0.0} dB (limit {smallest})");
        Assert.True(difference <= LargestDifference && psnr >= smallest, found);
        TestContext.Current.TestOutputHelper?.WriteLine(found);
    }

    private static string Word(Isa isa) =>
        isa switch { Isa.Vector512 => "512", Isa.Vector256 => "256", Isa.Vector128 => "128", _ => "scalar" };
}
