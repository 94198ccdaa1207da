using Wct.Kernels;
using Wct.Net.Colors;

namespace Wct.Net.Tests.Colors;

public class HistogramRecoloringTests
{
    private static readonly byte[] Identity = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];

    // The value at the middle rank of a style's pixels is found in the content's sorted pixels.
    [Theory]
    [InlineData(1, 1, 3, 2)]
    [InlineData(31, 22, 40, 30)]
    [InlineData(200, 100, 7, 9)]
    [InlineData(3, 2, 100, 100)]
    public void ValuesMatchThoseOfEqualRank(int width, int height, int contentWidth, int contentHeight)
    {
        PixelImage style = Pictures.Noise(width, height, seed: 1), content = Pictures.Textured(contentWidth, contentHeight);
        HistogramRecoloring recoloring = new(Counted.Of(style), Counted.Of(content), 1);
        for (int c = 0; c < 3; c++)
        {
            byte[] own = Sorted(style.Bytes, c), wanted = Sorted(content.Bytes, c);
            foreach (byte value in own.Distinct())
            {
                long below = own.Count(other => other < value), equal = own.Count(other => other == value);
                Assert.Equal(wanted[(2 * below + equal) * wanted.Length / (2 * own.Length)], recoloring.Table(c)[value]);
            }
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(200, 100)]
    public void EqualHistogramsChangeNothing(int width, int height)
    {
        PixelImage image = Pictures.Textured(width, height);
        ColorStatistics statistics = Counted.Of(image), doubled = Counted.Of(image);
        doubled.Add(statistics);
        for (int c = 0; c < 3; c++)
        {
            Assert.Equal(Identity, new HistogramRecoloring(statistics, statistics, 1).Table(c));
            Assert.Equal(Identity, new HistogramRecoloring(statistics, doubled, 1).Table(c));
            Assert.Equal(Identity, new HistogramRecoloring(doubled, statistics, 1).Table(c));
        }
    }

    [Fact]
    public void TheStyleGetsTheContentsHistogram()
    {
        PixelImage style = Pictures.Noise(256, 256, seed: 1), content = Pictures.Textured(100, 100);
        HistogramRecoloring recoloring = new(Counted.Of(style), Counted.Of(content), 1);
        recoloring.Apply(style.Bytes);
        for (int c = 0; c < 3; c++)
        {
            // Each value of noise has about 1/256 of the pixels, and moves as a whole.
            byte[] own = Sorted(style.Bytes, c), wanted = Sorted(content.Bytes, c);
            for (int value = 0; value < 256; value++)
            {
                double share = own.Count(v => v <= value) / (double)own.Length;
                Assert.Equal(wanted.Count(v => v <= value) / (double)wanted.Length, share, 0.004);
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.37)]
    [InlineData(1)]
    public void TablesAscend(double strength)
    {
        for (int seed = 0; seed < 20; seed++)
        {
            PixelImage style = Pictures.Noise(1 + seed, 3, seed), content = Pictures.Noise(21 - seed, 2, seed + 100);
            HistogramRecoloring recoloring = new(Counted.Of(style), Counted.Of(content), strength);
            for (int i = 1; i < 256; i++)
                Assert.True(recoloring.Table(0)[i] >= recoloring.Table(0)[i - 1], $"seed {seed}, value {i}");
        }
    }

    [Fact]
    public void AStrengthBlendsWithTheStylesColors()
    {
        ColorStatistics style = Counted.Of(Pictures.Noise(31, 22, seed: 1)), content = Counted.Of(Pictures.Textured(40, 30));
        HistogramRecoloring none = new(style, content, 0), part = new(style, content, 0.3), full = new(style, content, 1);
        Assert.Equal(Identity, none.Table(1));
        for (int value = 0; value < 256; value++)
            Assert.Equal((byte)Math.Floor(0.3 * full.Table(1)[value] + 0.7 * value + 0.5), part.Table(1)[value]);
    }

    [Theory]
    [InlineData(0, 255)]
    [InlineData(255, 0)]
    [InlineData(7, 7)]
    public void OneColorBecomesTheOther(byte style, byte content)
    {
        HistogramRecoloring recoloring = new(
            Counted.Of(Pictures.Constant(3, 2, style)), Counted.Of(Pictures.Constant(1, 1, content)), 1);
        PixelImage image = Pictures.Constant(2, 2, style);
        recoloring.Apply(image.Bytes);
        Assert.All(image.Bytes, value => Assert.Equal(content, value));
    }

    [Fact]
    public void EachChannelHasItsTable()
    {
        PixelImage style = Pictures.Noise(31, 22, seed: 1);
        byte[] before = [.. style.Bytes];
        HistogramRecoloring recoloring = new(Counted.Of(style), Counted.Of(Pictures.Textured(40, 30)), 1);
        recoloring.Apply(style.Bytes);
        for (int i = 0; i < before.Length; i++)
            Assert.Equal(recoloring.Table(i % 3)[before[i]], style.Bytes[i]);
    }

    [Fact]
    public void AContentWithoutVisiblePixelsChangesNothing() => Assert.Equal(
        Identity, new HistogramRecoloring(Counted.Of(Pictures.Noise(31, 22, seed: 1)), new ColorStatistics(), 1).Table(2));

    private static byte[] Sorted(byte[] rgb, int channel) => [.. rgb.Where((_, i) => i % 3 == channel).Order()];
}
