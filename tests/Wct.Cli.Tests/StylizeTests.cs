using Wct.Imaging;

namespace Wct.Cli.Tests;

/// <summary>Stylizes pictures of all sizes and layouts.</summary>
public sealed class StylizeTests(TinyModel model)
{
    [Theory]
    [InlineData(1, 1, 20, 20)]
    [InlineData(1, 40, 20, 20)]
    [InlineData(40, 1, 20, 20)]
    [InlineData(33, 17, 5, 3)]
    [InlineData(17, 33, 1, 1)]
    public void ResultHasTheContentsSize(int width, int height, int styleWidth, int styleHeight)
    {
        using TemporaryFolder folder = new();
        PixelImage result = Stylize(
            folder, TestPictures.Write(folder, "c.png", width, height), TestPictures.Write(folder, "s.png", styleWidth, styleHeight));
        Assert.Equal((width, height, PixelLayout.Rgb24), (result.Width, result.Height, result.Layout));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void ConstantPicturesWork(bool content, bool style)
    {
        using TemporaryFolder folder = new();
        string c = content ? TestPictures.WriteConstant(folder, "c.png", 24, 20, 0) : TestPictures.Write(folder, "c.png", 24, 20);
        string s = style ? TestPictures.WriteConstant(folder, "s.png", 24, 20, 200) : TestPictures.Write(folder, "s.png", 24, 20);
        Assert.Equal((24, 20), (Stylize(folder, c, s) is { } result ? (result.Width, result.Height) : default));
    }

    [Fact]
    public void AlphaIsKept()
    {
        using TemporaryFolder folder = new();
        string content = TestPictures.Write(folder, "c.png", 30, 21, PixelLayout.Rgba32);
        PixelImage result = Stylize(folder, content, TestPictures.Write(folder, "s.png", 20, 20));
        Assert.Equal(PixelLayout.Rgba32, result.Layout);
        byte[] expected = ImageFile.Read(folder.File(content)).Bytes;
        Assert.Equal(expected.Where((_, i) => i % 4 == 3), result.Bytes.Where((_, i) => i % 4 == 3));
    }

    [Fact]
    public void AlphaIsResized()
    {
        using TemporaryFolder folder = new();
        PixelImage half = new(64, 32, PixelLayout.Rgba32);
        for (int i = 3; i < half.Bytes.Length; i += 4)
            half.Bytes[i] = i / 4 % 64 < 32 ? byte.MaxValue : (byte)0;
        ImageFile.Write(folder.File("c.png"), half);
        PixelImage result = Stylize(folder, "c.png", TestPictures.Write(folder, "s.png", 20, 20), "--size", "16");
        Assert.Equal((32, 16, PixelLayout.Rgba32), (result.Width, result.Height, result.Layout));
        Assert.Equal((byte.MaxValue, 0), (result.Row(8)[3], result.Row(8)[^1]));
    }

    [Theory]
    [InlineData(60, 40, 20, 30, 20)]
    [InlineData(40, 60, 20, 20, 30)]
    [InlineData(50, 33, 20, 30, 20)]
    [InlineData(20, 20, 37, 37, 37)]
    [InlineData(100, 1, 3, 300, 3)]
    [InlineData(3, 100, 1, 1, 33)]
    [InlineData(40, 30, 30, 40, 30)]
    public void SizeSetsTheShorterSide(int width, int height, int side, int expectedWidth, int expectedHeight)
    {
        using TemporaryFolder folder = new();
        PixelImage result = Stylize(
            folder, TestPictures.Write(folder, "c.png", width, height), TestPictures.Write(folder, "s.png", 20, 20), "--size", $"{side}");
        Assert.Equal((expectedWidth, expectedHeight), (result.Width, result.Height));
    }

    [Fact]
    public void StyleSizeResizesTheStyle()
    {
        using TemporaryFolder folder = new();
        string content = TestPictures.Write(folder, "c.png", 32, 24), style = TestPictures.Write(folder, "s.png", 60, 40);
        PixelImage resized = Stylize(folder, content, style, "--style-size", "20"), own = Stylize(folder, content, style);
        Assert.Equal((own.Width, own.Height), (resized.Width, resized.Height));
        Assert.NotEqual(own.Bytes, resized.Bytes);
    }

    [Fact]
    public void TheThreadCountDoesNotChangeTheResult()
    {
        using TemporaryFolder folder = new();
        string content = TestPictures.Write(folder, "c.png", 70, 50), style = TestPictures.Write(folder, "s.png", 40, 40);
        byte[] one = Stylize(folder, content, style, "--threads", "1").Bytes;
        Assert.Equal(one, Stylize(folder, content, style, "--threads", "3").Bytes);
        // With a model that paints everything in one color, this test and most others would find no error.
        Assert.True(one.Distinct().Count() > 64, $"only {one.Distinct().Count()} levels in the result");
    }

    [Fact]
    public void StrengthAndTheOrderOfLevelsChangeTheResult()
    {
        using TemporaryFolder folder = new();
        string content = TestPictures.Write(folder, "c.png", 48, 48), style = TestPictures.Write(folder, "s.png", 40, 40);
        byte[] all = Stylize(folder, content, style).Bytes;
        Assert.Equal(all, Stylize(folder, content, style, "--levels", "54321", "--alpha", "0.6").Bytes);
        Assert.NotEqual(all, Stylize(folder, content, style, "--levels", "12345").Bytes);
        Assert.NotEqual(all, Stylize(folder, content, style, "--alpha", "0.9").Bytes);
    }

    private PixelImage Stylize(TemporaryFolder folder, string content, string style, params string[] more)
    {
        Outcome outcome = WctProcess.Run(folder.Path, ["stylize", content, style, "-w", model.Path, "-o", "out.png", "--quiet", .. more]);
        Assert.Equal(new Outcome(ExitCode.Done, "", ""), outcome);
        return ImageFile.Read(folder.File("out.png"));
    }
}
