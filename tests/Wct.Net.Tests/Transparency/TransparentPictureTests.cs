using Wct.Kernels;
using Wct.Net.Models;

namespace Wct.Net.Tests.Transparency;

/// <summary>Transparent pictures through the public methods: hidden pixels have no effect.</summary>
public class TransparentPictureTests
{
    private static readonly WctModel Model = RandomModel.Create([8, 16, 24, 32, 20], seed: 2);

    public static TheoryData<PixelLayout> Formats =>
        [PixelLayout.Rgba32, PixelLayout.Bgra32, PixelLayout.RgbaPremultiplied, PixelLayout.BgraPremultiplied];

    [Theory]
    [MemberData(nameof(Formats))]
    public void HiddenColorsChangeNothing(PixelLayout format)
    {
        using StyleTransfer transfer = new(Model);
        PixelImage content = Cutout.Ellipse(61, 47, format), painting = Cutout.Holes(50, 40, 4, format),
            opaque = Pictures.Textured(50, 40, 2);
        byte[] expected = transfer.Stylize(content, opaque).Bytes, painted = transfer.Stylize(opaque, painting).Bytes;
        for (int seed = 1; seed < 4; seed++)
        {
            Assert.Equal(expected, transfer.Stylize(Cutout.Recolored(content, seed), opaque).Bytes);
            Assert.Equal(painted, transfer.Stylize(opaque, Cutout.Recolored(painting, seed)).Bytes);
        }

        Assert.True(expected.Distinct().Count() > 64);
        Assert.NotEqual(transfer.Stylize(Cutout.Opaque(61, 47, format), opaque).Bytes, expected);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void OpaquePicturesGiveTheBytesOfRgb(PixelLayout format)
    {
        using StyleTransfer transfer = new(Model);
        PixelImage content = Cutout.Opaque(61, 47, format), painting = Cutout.Opaque(50, 40, format, 2);
        bool reversed = format is PixelLayout.Bgra32 or PixelLayout.BgraPremultiplied;
        byte[] expected = transfer.Stylize(Rgb(content, reversed), Rgb(painting, reversed)).Bytes;
        Assert.Equal(expected, Rgb(transfer.Stylize(content, painting), reversed).Bytes);
    }

    // Checks the statistics, independently of the colors that the network sees in hidden pixels.
    [Fact]
    public void HiddenPixelsHaveNoEffectOnStatistics()
    {
        using StyleTransfer transfer = new(Model);
        StylizeOptions options = new() { Levels = [1], Strength = 1 };
        // One half is texture, the other half is hidden. The statistics must be those of a picture of the texture alone, except at the
        // seam.
        PixelImage half = Cutout.Opaque(256, 64), alone = new(128, 64, PixelLayout.Rgba32);
        for (int y = 0; y < 64; y++)
        {
            half.Bytes.AsSpan(y * half.Stride, alone.Stride).CopyTo(alone.Bytes.AsSpan(y * alone.Stride));
            for (int x = 128; x < 256; x++)
                half.Bytes.AsSpan(y * half.Stride + 4 * x, 4).Clear();
        }

        PixelImage painting = Pictures.Textured(50, 40, 2), cut = transfer.Stylize(half, painting, options),
            own = transfer.Stylize(alone, painting, options);
        double mean = 0;
        for (int y = 0; y < 64; y++)
        {
            for (int x = 0; x < 120; x++)
            {
                for (int c = 0; c < 3; c++)
                    mean += Math.Abs(cut.Bytes[y * cut.Stride + 4 * x + c] - own.Bytes[y * own.Stride + 4 * x + c]) / (64.0 * 120 * 3);
            }
        }

        Assert.InRange(mean, 0, 2);
    }

    [Theory]
    [InlineData(PixelLayout.RgbaPremultiplied, PixelLayout.Rgba32)]
    [InlineData(PixelLayout.BgraPremultiplied, PixelLayout.Bgra32)]
    public void PremultipliedResultsAreStraightResultsTimesAlpha(PixelLayout format, PixelLayout straight)
    {
        using StyleTransfer transfer = new(Model);
        PixelImage painting = Pictures.Textured(50, 40, 2), premultiplied = Cutout.Premultiply(Cutout.Ellipse(61, 47, straight), format);
        PixelImage divided = new([.. premultiplied.Bytes], 61, 47, 0, straight);
        Wct.Premultiplied.Divide(divided.Bytes);
        byte[] expected = Cutout.Premultiply(transfer.Stylize(divided, painting), format).Bytes;
        PixelImage result = transfer.Stylize(premultiplied, painting);
        Assert.Equal(format, result.Layout);
        Assert.Equal(expected, result.Bytes);
        Assert.All(Enumerable.Range(0, result.Bytes.Length), i => Assert.True(result.Bytes[i] <= result.Bytes[i / 4 * 4 + 3]));
        Assert.Equal(premultiplied.Bytes.Where((_, i) => i % 4 == 3), result.Bytes.Where((_, i) => i % 4 == 3));

        // Into the content's own memory, and from straight to premultiplied.
        PreparedStyle style = transfer.PrepareStyle(painting);
        byte[] memory = [.. premultiplied.Bytes];
        transfer.Stylize(new Pixels(memory, 61, 47, 0, format), style, memory, 0, format);
        Assert.Equal(expected, memory);
        memory = [.. divided.Bytes];
        transfer.Stylize(new Pixels(memory, 61, 47, 0, straight), style, memory, 0, format);
        Assert.Equal(expected, memory);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void TilesAndRowsGiveTheSame(PixelLayout format)
    {
        using StyleTransfer transfer = new(Model, new LoadOptions { Threads = 2 });
        PixelImage content = Cutout.Ellipse(337, 271, format), painting = Cutout.Ellipse(320, 300, format, 2);
        StylizeMethods.Check(transfer, content, painting, new StylizeOptions { Strength = 0.8, Levels = [3, 1] });
    }

    [Theory]
    [InlineData("opencl")]
    [InlineData("cuda")]
    public void AGpuGivesTheSame(string device)
    {
        using StyleTransfer gpu = new(Model, Golden.TestDevice.Open(device)),
            processor = new(Model, new LoadOptions { Device = DeviceChoice.Cpu });
        PixelImage content = Cutout.Ellipse(257, 143, PixelLayout.BgraPremultiplied), painting = Cutout.Holes(60, 50, 2);
        StylizeOptions options = new() { Strength = 0.8, Levels = [3, 1] };
        byte[] expected = processor.Stylize(content, painting, options).Bytes;
        StylizeMethods.Near(expected, gpu.Stylize(content, painting, options).Bytes);
        StylizeMethods.Near(expected, gpu.Stylize(
            content, painting, options with { MaxMemory = StylizeMethods.Tight(gpu, content, painting, options) }).Bytes);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void AFullyTransparentContentStaysTransparent(PixelLayout format)
    {
        using StyleTransfer transfer = new(Model);
        PixelImage content = new(40, 30, format), painting = Pictures.Textured(50, 40, 2);
        PixelImage result = transfer.Stylize(content, painting);
        Assert.All(result.Bytes.Where((_, i) => i % 4 == 3), alpha => Assert.Equal(0, alpha));
        Assert.Equal(result.Bytes, transfer.Stylize(Cutout.Recolored(content, 1), painting).Bytes);
        if (format.IsPremultiplied())
            Assert.All(result.Bytes, value => Assert.Equal(0, value));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void AFullyTransparentStyleIsRefused(PixelLayout format)
    {
        using StyleTransfer transfer = new(Model);
        PixelImage content = Pictures.Textured(40, 30), painting = Cutout.Recolored(new PixelImage(300, 260, format), 1);
        const string Message = "The style has no visible pixel: alpha is 0 at each of its 300x260 pixels.";
        Assert.StartsWith(Message, Assert.Throws<ArgumentException>(() => transfer.Stylize(content, painting)).Message);
        Assert.StartsWith(Message, Assert.Throws<ArgumentException>(() => transfer.PrepareStyle(painting)).Message);
        long least = StylizeMethods.Least(() => transfer.PrepareStyle(painting, new StylizeOptions { Levels = [2], MaxMemory = 1 }));
        Assert.StartsWith(
            Message, Assert.Throws<ArgumentException>(() => transfer.PrepareStyle(
                painting, new StylizeOptions { Levels = [2], MaxMemory = least })).Message);
        Assert.StartsWith(
            Message, Assert.Throws<ArgumentException>(() => transfer.Stylize(new Rows(content), new Rows(painting), new Rows())).Message);
    }

    // With one or few visible pixels, covariances come from one feature pixel or less.
    [Fact]
    public void FewVisiblePixelsGiveAPicture()
    {
        using StyleTransfer transfer = new(Model);
        PixelImage opaque = Pictures.Textured(50, 40, 2);
        foreach (int count in (int[])[1, 2, 3, 17, 300])
        {
            PixelImage content = Cutout.Opaque(64, 48);
            for (int i = 0; i < 64 * 48; i++)
                content.Bytes[4 * i + 3] = i * 97 % (64 * 48) < count ? (byte)255 : (byte)0;
            Assert.Equal(count, content.Bytes.Where((value, i) => i % 4 == 3 && value > 0).Count());
            Assert.Equal(transfer.Stylize(content, opaque).Bytes, transfer.Stylize(Cutout.Recolored(content, 3), opaque).Bytes);
            Assert.Equal(transfer.Stylize(opaque, content).Bytes, transfer.Stylize(opaque, Cutout.Recolored(content, 3)).Bytes);
        }
    }

    [Fact]
    public void ThreadsChangeNothing()
    {
        PixelImage content = Cutout.Ellipse(150, 110), painting = Cutout.Holes(90, 80, 2);
        byte[][] results = [.. new[] { 1, 2, 3 }.Select(threads =>
        {
            using StyleTransfer transfer = new(Model, new LoadOptions { Threads = threads });
            return transfer.Stylize(content, painting).Bytes;
        })];
        Assert.Equal(results[0], results[1]);
        Assert.Equal(results[0], results[2]);
    }

    private static PixelImage Rgb(PixelImage image, bool reversed)
    {
        PixelImage rgb = new(image.Width, image.Height);
        for (int i = 0; i < image.Width * image.Height; i++)
        {
            for (int c = 0; c < 3; c++)
                rgb.Bytes[3 * i + c] = image.Bytes[4 * i + (reversed ? 2 - c : c)];
        }

        return rgb;
    }
}
