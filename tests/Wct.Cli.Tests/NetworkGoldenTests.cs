using Wct.Imaging;
using Wct.Net;

namespace Wct.Cli.Tests;

/// <summary>Compares published networks with results of PyTorch.</summary>
public sealed class NetworkGoldenTests
{
    private const int MostDifference = 2;
    private const double LeastDecibels = 60;

    [Theory]
    [InlineData("a", "udnie")]
    [InlineData("a", "wave")]
    [InlineData("b", "udnie")]
    [InlineData("b", "wave")]
    public void ThePublishedNetworksAgreeWithPyTorch(string photo, string network)
    {
        PixelImage content = ImageFile.Read(Shared.Path($"golden/johnson/{photo}.png")).ToRgb();
        PixelImage expected = ImageFile.Read(Shared.Path($"golden/johnson/{photo}-{network}.png")).ToRgb();
        using StyleNetwork net = StyleNetwork.Load(
            Shared.Path($"models/johnson/{network}.safetensors"), new LoadOptions { Device = DeviceChoice.Cpu });
        PixelImage actual = net.Apply(content);
        Assert.Equal((expected.Width, expected.Height), (actual.Width, actual.Height));
        int most = 0;
        double squares = 0;
        for (int i = 0; i < actual.Bytes.Length; i++)
        {
            int difference = actual.Bytes[i] - expected.Bytes[i];
            most = Math.Max(most, Math.Abs(difference));
            squares += difference * difference;
        }

        double decibels = 10 * Math.Log10(255.0 * 255 / (squares / actual.Bytes.Length));
        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant(
            $"{content.Width}x{content.Height}: at most {most} per byte, {decibels:0.0} dB"));
        Assert.InRange(most, 0, MostDifference);
        Assert.True(decibels >= LeastDecibels, $"{decibels:0.0} dB");
    }
}
