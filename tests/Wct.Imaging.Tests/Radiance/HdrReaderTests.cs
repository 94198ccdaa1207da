using Wct.Imaging.Tests.Seeds;

namespace Wct.Imaging.Tests.Radiance;

public sealed class HdrReaderTests
{
    [Theory]
    [InlineData("-Y 2 +X 3", new byte[] { 1, 2, 3, 4, 5, 6 })]
    [InlineData("-Y 2 -X 3", new byte[] { 3, 2, 1, 6, 5, 4 })]
    [InlineData("+Y 2 -X 3", new byte[] { 6, 5, 4, 3, 2, 1 })]
    [InlineData("+Y 2 +X 3", new byte[] { 4, 5, 6, 1, 2, 3 })]
    [InlineData("+X 2 -Y 3", new byte[] { 1, 4, 2, 5, 3, 6 })]
    [InlineData("-X 2 -Y 3", new byte[] { 4, 1, 5, 2, 6, 3 })]
    [InlineData("-X 2 +Y 3", new byte[] { 6, 3, 5, 2, 4, 1 })]
    [InlineData("+X 2 +Y 3", new byte[] { 3, 6, 2, 5, 1, 4 })]
    public void ScanlinesLieAsTheHeaderSays(string size, byte[] order)
    {
        // Each pixel has a level of its own.
        byte[] pixels = [.. Enumerable.Range(1, 6).SelectMany(i => new byte[] { (byte)(40 * i), 0, 0, 128 })];
        PixelImage picture = Read(HdrFile.Create(size, 3, pixels, runs: false));
        Assert.Equal(order.Select(i => Level(40 * i / 256.0)), picture.Bytes.Chunk(3).Select(p => p[0]));
    }

    [Fact]
    public void RunsAndPlainScanlinesAreEqual()
    {
        foreach (int width in new[] { 8, 9, 127, 128, 129, 300 })
        {
            byte[] pixels = [.. FileSeeds.Noise(4 * width), .. FileSeeds.Flat(4 * width), .. new byte[4 * width]];
            // Plain scanlines that start like packed ones can't be told apart.
            pixels[0] = pixels[4 * width] = 9;
            PixelImage expected = Read(HdrFile.Create($"-Y 3 +X {width}", width, pixels, runs: false));
            Assert.Equal(expected.Bytes, Read(HdrFile.Create($"-Y 3 +X {width}", width, pixels, runs: true)).Bytes);
        }
    }

    [Fact]
    public void OldRunsRepeatThePixelBefore()
    {
        // 1 + 42 + 256 pixels of one color, and one of another.
        byte[] pixels = [64, 0, 0, 128, 1, 1, 1, 42, 1, 1, 1, 1, 128, 0, 0, 128];
        PixelImage picture = Read(HdrFile.Create("-Y 1 +X 300", 4, pixels, runs: false));
        Assert.Equal([.. Enumerable.Repeat(Level(0.25), 299), Level(0.5)], picture.Bytes.Where((_, i) => i % 3 == 0));
    }

    [Theory]
    [InlineData(new byte[] { 1, 1, 1, 2 }, "x: damaged: a run of 2 in row 0 of 1, where 9 pixels are left")]
    [InlineData(new byte[] { 9, 9, 9, 9, 1, 1, 1, 9 }, "x: damaged: a run of 9 in row 0 of 1, where 8 pixels are left")]
    [InlineData(new byte[] { 2, 2, 0, 9, 138, 5 }, "x: damaged: a run of 10 in row 0 of 1, where 9 pixels are left")]
    [InlineData(new byte[] { 2, 2, 0, 9, 0, 0, 0, 0 }, "x: damaged: a run of 0 in row 0 of 1, where 9 pixels are left")]
    public void RunsThatDoNotFitAreRefused(byte[] scanline, string problem)
    {
        byte[] file = [.. HdrFile.Create("-Y 1 +X 9", 1, [], runs: false), .. scanline, .. new byte[40]];
        Assert.Equal(problem, Assert.Throws<ImageFormatException>(() => Read(file)).Message);
    }

    [Fact]
    public void ValuesAbove1AreWhite() =>
        Assert.Equal([255, 188, 0], Read(HdrFile.Create("-Y 1 +X 1", 1, [255, 8, 0, 132], runs: false)).Bytes);

    [Theory]
    [InlineData("-Y 1 +Z 1", "x: damaged: '-Y 1 +Z 1' where the size should be, such as '-Y 480 +X 640'")]
    [InlineData("-Y 0 +X 1", "x: 1x0 pixels; both sides must be at least 1")]
    [InlineData("-Y 9 +X 1", "x: truncated: 1x9 pixels take at least 36 bytes, 4 are there")]
    public void OtherSizesAreRefused(string size, string problem) => Assert.Equal(
        problem, Assert.Throws<ImageFormatException>(() => Read(HdrFile.Create(size, 1, new byte[4], runs: false))).Message);

    private static byte Level(double linear) =>
        (byte)Math.Round(255 * (linear <= 0.0031308 ? 12.92 * linear : (1.055 * Math.Pow(linear, 1 / 2.4)) - 0.055));

    private static PixelImage Read(byte[] file) => ImageFile.Read(new MemoryStream(file), "x");
}
