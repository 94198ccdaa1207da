using System.Security.Cryptography;
using Wct.Net.Models;

namespace Wct.Net.Tests.Models;

/// <summary>The built-in model, loaded without a path.</summary>
public class DefaultModelTests
{
    private const int MostBytes = 6_000_000;

    private static readonly string Stored = Path.Combine(Shared.Root, "weights", "default.safetensors");

    [Fact]
    public void FiveLevelsShareOneEncoder()
    {
        WctModel model = WctModel.LoadDefault();
        Assert.Equal([5, 4, 3, 2, 1], model.Levels.Select(level => level.Level));
        Assert.Equal(5, Assert.Single(model.Encoders).Deepest);
        Assert.StartsWith("MIT", model.License, StringComparison.Ordinal);
        Assert.NotNull(model.Origin);
    }

    [Fact]
    public void ItEqualsTheFileInTheSourceTree()
    {
        Assert.InRange(new FileInfo(Stored).Length, 1, MostBytes);
        WctModel embedded = WctModel.LoadDefault(), stored = WctModel.Load(Stored);
        Assert.Equal(stored.Origin, embedded.Origin);
        Assert.True(stored.Levels[0].Encoder.IsPrefixOf(embedded.Levels[0].Encoder));
        foreach ((LevelModel expected, LevelModel actual) in stored.Levels.Zip(embedded.Levels))
            Assert.All(expected.Decoder.Convolutions.Zip(actual.Decoder.Convolutions), pair =>
                Assert.True(pair.First.SameBits(pair.Second)));
    }

    [Fact]
    public void ItsReadmeHasItsChecksum() => Assert.Contains(
        Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Stored))),
        File.ReadAllText(Path.Combine(Shared.Root, "weights", "README.md")), StringComparison.Ordinal);

    [Fact]
    public void ItStylizesWithoutAPath()
    {
        using StyleTransfer transfer = StyleTransfer.Load(new LoadOptions { Threads = 1 });
        byte[] content = new byte[48 * 33 * 3], style = new byte[40 * 40 * 3];
        new Random(1).NextBytes(content);
        Random random = new(2);
        for (int i = 0; i < style.Length; i++)
            style[i] = (byte)(i % 3 == 0 ? random.Next(200, 256) : random.Next(0, 60));
        PixelImage result = transfer.Stylize(
            new Pixels(content, 48, 33, 0, PixelLayout.Rgb24), new Pixels(style, 40, 40, 0, PixelLayout.Rgb24),
            new StylizeOptions { Strength = 1 });
        Assert.Equal((48, 33), (result.Width, result.Height));
        double[] means =
            [.. Enumerable.Range(0, 3).Select(channel => result.Bytes.Where((_, i) => i % 3 == channel).Average(value => (double)value))];
        // The style is red, the content is gray noise.
        Assert.True(means[0] > means[1] + 80 && means[0] > means[2] + 80, string.Join(' ', means));
    }
}
