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

    private static readonly Dictionary<string, string> Models = new() { ["compact16x"] = "models/compact16x", ["vgg19"] = "models/vgg19-relu3" };

    [Theory]
    [InlineData("a")]
    [InlineData("b")]
    [InlineData("c")]
    public void ResultIsTheReferences(string name)
    {
        string folder = Shared.Path($"golden/cli/{name}");
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "case.json")));
        string model = Shared.Path(Models[json.RootElement.GetProperty("model").GetString()!]);
        using TemporaryFolder own = new();
        Outcome outcome = WctProcess.Run(
            own.Path, "stylize", Path.Combine(folder, "content.png"), Path.Combine(folder, "style.png"), "--weights", model, "-o", "out.png",
            "--alpha", json.RootElement.GetProperty("alpha").GetDouble().ToString(CultureInfo.InvariantCulture),
            "--levels", json.RootElement.GetProperty("levels").GetString()!);
        Assert.Equal(new Outcome(ExitCode.Done, outcome.Output, ""), outcome);

        Bitmap expected = ImageFile.Read(Path.Combine(folder, "expected.png")), actual = ImageFile.Read(own.File("out.png"));
        Assert.Equal((expected.Width, expected.Height, expected.Format), (actual.Width, actual.Height, actual.Format));
        (int difference, double psnr) = PictureDifference.Of(expected.Pixels, actual.Pixels);
        Assert.True(
            difference <= LargestDifference && psnr >= SmallestPsnr,
            FormattableString.Invariant($"{name}: up to {difference} per byte apart (limit {LargestDifference}), PSNR {psnr:0.0} dB (limit {SmallestPsnr})"));
        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"{name}: up to {difference} per byte apart, PSNR {psnr:0.0} dB"));
    }
}
