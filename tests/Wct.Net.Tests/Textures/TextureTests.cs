using Wct.Net.Models;
using Wct.Net.Tests.Transparency;
using Wct.Net.Transforms;

namespace Wct.Net.Tests.Textures;

/// <summary>Textures that are made from noise.</summary>
public class TextureTests
{
    private static readonly WctModel Model = RandomModel.Create([8, 12, 16], seed: 2);

    private static readonly PixelImage Painting = Pictures.Textured(60, 50, 2);

    private static readonly TextureOptions Options = new() { Seed = 5, Passes = 2 };

    public static TheoryData<string> Devices => ["reference", .. EveryBackend.Fast];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TheSeedDecides(bool tileable)
    {
        using StyleTransfer transfer = new(Model);
        PreparedStyle style = transfer.PrepareStyle(Painting);
        TextureOptions options = Options with { Tileable = tileable };
        PixelImage texture = transfer.Synthesize(style, 48, 32, options);
        Assert.Equal((48, 32, PixelLayout.Rgb24), (texture.Width, texture.Height, texture.Layout));
        Assert.True(texture.Bytes.Distinct().Count() > 64);
        Assert.Equal(texture.Bytes, transfer.Synthesize(style, 48, 32, options).Bytes);
        Assert.NotEqual(texture.Bytes, transfer.Synthesize(style, 48, 32, options with { Seed = 6 }).Bytes);
        Assert.NotEqual(texture.Bytes, transfer.Synthesize(style, 48, 32, options with { Passes = 3 }).Bytes);
        // The upper half of the seed counts, too.
        Assert.NotEqual(texture.Bytes, transfer.Synthesize(style, 48, 32, options with { Seed = 5 + (1ul << 40) }).Bytes);

        Rows rows = new();
        transfer.Synthesize(style, 48, 32, rows, options);
        Assert.Equal(texture.Bytes, rows.Written);
    }

    [Fact]
    public void ATextureIsNoiseThatIsStylizedAtFullStrength()
    {
        using StyleTransfer transfer = new(Model);
        PreparedStyle style = transfer.PrepareStyle(Painting);
        PixelImage noise = new(50, 37);
        new NoiseReader(50, 37, 5).ReadRows(noise.Bytes);
        byte[] expected = transfer.Stylize(noise, style, new StylizeOptions { Strength = 1, Passes = 3 }).Bytes;
        Assert.Equal(expected, transfer.Synthesize(style, 50, 37, new TextureOptions { Seed = 5 }).Bytes);
        StylizeOptions some = new() { Strength = 0.3, Levels = [2, new LevelOptions(1) { Strength = 0.7 }] };
        Assert.Equal(
            transfer.Stylize(noise, style, some).Bytes,
            transfer.Synthesize(style, 50, 37, new TextureOptions { Seed = 5, Strength = 0.3, Passes = 1, Levels = some.Levels }).Bytes);
    }

    // Each byte value is about equally frequent, and neighbors are independent.
    [Fact]
    public void NoiseIsEven()
    {
        byte[] bytes = new byte[3 * 256 * 100], rows = new byte[bytes.Length];
        new NoiseReader(256, 100, 1).ReadRows(bytes);
        int[] counts = new int[256];
        foreach (byte value in bytes)
            counts[value]++;
        Assert.All(counts, count => Assert.InRange(count, 200, 400));
        Assert.InRange(Enumerable.Range(3, bytes.Length - 3).Average(i => (bytes[i] - 127.5) * (bytes[i - 3] - 127.5)), -100, 100);
        Assert.InRange(Enumerable.Range(1, bytes.Length - 1).Average(i => (bytes[i] - 127.5) * (bytes[i - 1] - 127.5)), -100, 100);

        // The rows don't depend on how many are read at a time.
        NoiseReader reader = new(256, 100, 1);
        for (int y = 0; y < 100; y += 20)
            reader.ReadRows(rows.AsSpan(y * 768, 20 * 768));
        Assert.Equal(bytes, rows);
    }

    [Theory]
    [InlineData(47, 32, "47x32", "48x32")]
    [InlineData(48, 33, "48x33", "48x32")]
    [InlineData(40, 24, "40x24", "48x32")]
    [InlineData(1, 7, "1x7", "16x16")]
    public void SidesThatCantRepeatGetASize(int width, int height, string asked, string nearest)
    {
        using StyleTransfer transfer = new(Model);
        PreparedStyle style = transfer.PrepareStyle(Painting);
        string expected =
            $"The texture is {asked} pixels; to repeat, both sides must be multiples of 16, for example {nearest}.";
        TextureOptions options = Options with { Tileable = true };
        Assert.StartsWith(expected, Assert.Throws<ArgumentException>(() => transfer.Synthesize(style, width, height, options)).Message);
        Assert.StartsWith(
            expected, Assert.Throws<ArgumentException>(() => transfer.Synthesize(style, width, height, new Rows(), options)).Message);
        Assert.Equal((width, height), Size(transfer.Synthesize(style, width, height, Options)));
    }

    [Theory]
    [InlineData(0, 16)]
    [InlineData(16, 0)]
    [InlineData(-16, 16)]
    public void SidesBelowOneAreRefused(int width, int height)
    {
        using StyleTransfer transfer = new(Model);
        PreparedStyle style = transfer.PrepareStyle(Painting);
        Assert.StartsWith(
            $"The texture is {width}x{height} pixels; both sides must be at least 1.",
            Assert.Throws<ArgumentException>(() => transfer.Synthesize(style, width, height)).Message);
    }

    // Sides far below the reach of the networks: the picture repeats several times around itself.
    [Theory]
    [MemberData(nameof(Devices))]
    public void TheSmallestTextureRepeats(string device)
    {
        using StyleTransfer transfer = new(Model, EveryBackend.Open(device)), cpu = new(Model);
        StylizeOptions options = new() { Levels = [3], Transform = FeatureTransform.RawStyleSwap };
        foreach (FeatureTransform transform in (FeatureTransform[])[FeatureTransform.AdaIn, FeatureTransform.RawStyleSwap])
        {
            TextureOptions texture = Options with { Tileable = true, Passes = 1, Levels = options.Levels, Transform = transform };
            byte[] actual = transfer.Synthesize(transfer.PrepareStyle(Painting, options), 16, 16, texture).Bytes;
            Assert.True(actual.Distinct().Count() > 16);
            StylizeMethods.Near(cpu.Synthesize(cpu.PrepareStyle(Painting, options), 16, 16, texture).Bytes, actual);
        }
    }

    // Across the border, neighboring rows and columns differ as much as elsewhere. Without the option they don't fit.
    [Theory]
    [InlineData("wct", 5, 4, 3, 2, 1)]
    [InlineData("swap", 4, 3)]
    public void ATextureThatRepeatsHasNoSeam(string name, params int[] levels)
    {
        using StyleTransfer transfer = new(WctModel.LoadDefault());
        FeatureTransform transform = FeatureTransform.Named(name);
        TextureOptions options = Options with { Transform = transform, Levels = LevelOptions.Of(levels) };
        PreparedStyle style = transfer.PrepareStyle(
            Pictures.Textured(96, 80, 2), new StylizeOptions { Transform = transform, Levels = options.Levels });
        foreach (bool rows in (bool[])[false, true])
        {
            double[] steps = Steps(transfer.Synthesize(style, 112, 96, options with { Tileable = true }), rows);
            Assert.InRange(steps[^1], steps[..^1].Min(), steps[..^1].Max());
            double[] other = Steps(transfer.Synthesize(style, 112, 96, options), rows);
            Assert.True(other[^1] > other[..^1].Max());
        }
    }

    // The mean absolute difference of each row or column and the next one. The last one's next is the first.
    private static double[] Steps(PixelImage image, bool rows)
    {
        int length = rows ? image.Height : image.Width, other = rows ? image.Width : image.Height;
        byte At(int line, int i, int c) =>
            image.Bytes[(rows ? line : i) * image.Stride + 3 * (rows ? i : line) + c];
        return [.. Enumerable.Range(0, length).Select(line => Enumerable.Range(0, 3 * other).Average(
            i => Math.Abs(At(line, i / 3, i % 3) - At((line + 1) % length, i / 3, i % 3))))];
    }

    private static (int Width, int Height) Size(PixelImage image) => (image.Width, image.Height);
}
