using Wct.Kernels;
using Wct.Net.Colors;
using Wct.Net.Tests.Transparency;
using Wct.Net.Transparency;

namespace Wct.Net.Tests.Colors;

public class ColorStatisticsTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 9)]
    [InlineData(37, 23)]
    public void AgreesWithPlainSums(int width, int height)
    {
        PixelImage image = Pictures.Textured(width, height);
        ColorStatistics statistics = Counted.Of(image);
        (double[] mean, double[] covariance) = Counted.Plain(Counted.Pixels(image));
        Assert.Equal(width * height, statistics.Pixels);
        Accuracy.Check<double>("mean", 1e-28, mean, statistics.Mean);
        Accuracy.Check<double>("covariance", 1e-24, covariance, statistics.Covariance);
        for (int c = 0; c < 3; c++)
        {
            long[] counts = new long[256];
            for (int i = c; i < image.Bytes.Length; i += 3)
                counts[image.Bytes[i]]++;
            Assert.Equal(counts, statistics.Histogram(c).ToArray());
        }
    }

    [Fact]
    public void RowsMayComeInAnyOrderAndFromSeveralThreads()
    {
        PixelImage image = Pictures.Noise(31, 40, seed: 2);
        ColorStatistics whole = Counted.Of(image), parts = new(), other = new();
        foreach ((int first, int count) in new[] { (33, 7), (0, 1), (10, 23), (1, 9) })
        {
            (first < 5 ? other : parts).Add(
                image.Bytes.AsSpan(first * image.Stride, count * image.Stride), image.Width, first, count, visibility: null);
        }

        parts.Add(other);
        Assert.Equal(whole.Pixels, parts.Pixels);
        Assert.Equal(whole.Mean, parts.Mean);
        Assert.Equal(whole.Covariance, parts.Covariance);
        Assert.Equal(whole.Histogram(1).ToArray(), parts.Histogram(1).ToArray());
    }

    [Fact]
    public void HiddenPixelsDoNotCount()
    {
        PixelImage image = Cutout.Holes(70, 50, seed: 3);
        Visibility visibility = Visibility.Of(image)!;
        byte[] rgb = [.. image.Bytes.Chunk(4).SelectMany(pixel => pixel[..3])];
        ColorStatistics statistics = new();
        statistics.Add(rgb.AsSpan(0, 20 * 70 * 3), 70, 0, 20, visibility);
        statistics.Add(rgb.AsSpan(20 * 70 * 3), 70, 20, 30, visibility);
        double[][] visible =
            [.. image.Bytes.Chunk(4).Where(pixel => pixel[3] > 0).Select(pixel => pixel[..3].Select(v => v / 255.0).ToArray())];
        (double[] mean, double[] covariance) = Counted.Plain(visible);
        Assert.Equal(visible.Length, statistics.Pixels);
        Accuracy.Check<double>("mean", 1e-28, mean, statistics.Mean);
        Accuracy.Check<double>("covariance", 1e-24, covariance, statistics.Covariance);
    }

    [Fact]
    public void OneColorHasNoCovariance()
    {
        ColorStatistics statistics = Counted.Of(Pictures.Constant(17, 9, 201));
        Assert.All(statistics.Covariance, value => Assert.Equal(0, value));
        Assert.All(statistics.Mean, value => Assert.Equal(201 / 255.0, value, 1e-15));
    }

    [Fact]
    public void NoPixelsGiveZeros()
    {
        ColorStatistics statistics = new();
        Assert.All(statistics.Mean.Concat(statistics.Covariance), value => Assert.Equal(0, value));
    }

    // The sums of the largest picture that the library accepts don't overflow.
    [Fact]
    public void TwoBillionPixelsHaveTheSameMoments()
    {
        PixelImage image = Pictures.Noise(64, 64, seed: 5);
        for (int i = 0; i < 3 * 64 * 32; i++)
            image.Bytes[i] = 255;
        ColorStatistics statistics = Counted.Of(image);
        double[] mean = statistics.Mean, covariance = statistics.Covariance;
        for (int i = 0; i < 19; i++)
            statistics.Add(statistics);
        Assert.Equal(1L << 31, statistics.Pixels);
        Accuracy.Check<double>("mean", 1e-28, mean, statistics.Mean);
        double[] expected = [.. covariance.Select(value => value * 4095 / 4096)];
        Accuracy.Check<double>("covariance", 1e-18, expected, statistics.Covariance);
    }
}
