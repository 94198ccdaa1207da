using Wct.Kernels;
using Wct.Net.Colors;

namespace Wct.Net.Tests.Colors;

public class LuminanceColorsTests
{
    // NTSC YIQ.
    private static readonly double[,] ToYiq =
    {
        { 0.299, 0.587, 0.114 },
        { 0.595716, -0.274453, -0.321263 },
        { 0.211456, -0.522591, 0.311135 },
    };

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 5)]
    [InlineData(3, 2)]
    [InlineData(15, 2)]
    [InlineData(16, 2)]
    [InlineData(33, 3)]
    [InlineData(255, 1)]
    [InlineData(256, 1)]
    [InlineData(700, 2)]
    public void AgreesWithTheMatrices(int width, int height)
    {
        foreach (double strength in (double[])[0.25, 1])
        {
            PixelImage content = Pictures.Noise(width, height, seed: width);
            float[] result = Random(width * height, seed: 3), before = [.. result];
            LuminanceColors.Apply(content.Bytes, width, height, result, width, width * height, strength);
            for (int i = 0; i < width * height; i++)
            {
                double[] own = Yiq(before[i], before[i + width * height], before[i + 2 * width * height]), wanted = Yiq(content, i);
                double[] recolored = Rgb(own[0], wanted[1], wanted[2]);
                for (int c = 0; c < 3; c++)
                {
                    int at = c * width * height + i;
                    double expected = strength * Math.Clamp(recolored[c], 0, 1) + (1 - strength) * before[at];
                    Assert.True(Math.Abs(expected - result[at]) < 1e-6, $"{expected} and {result[at]} in channel {c} of pixel {i}");
                }
            }
        }
    }

    [Fact]
    public void LuminanceIsTheResultsAndColorsAreTheContents()
    {
        PixelImage content = Pictures.Noise(40, 30, seed: 1);
        float[] result = Random(1200, seed: 3), before = [.. result];
        LuminanceColors.Apply(content.Bytes, 40, 30, result, 40, 1200, 1);
        int unclamped = 0;
        for (int i = 0; i < 1200; i++)
        {
            if (Enumerable.Range(0, 3).Any(c => result[c * 1200 + i] is 0 or 1))
                continue;
            double[] own = Yiq(result[i], result[1200 + i], result[2400 + i]), wanted = Yiq(content, i);
            Assert.Equal(Yiq(before[i], before[1200 + i], before[2400 + i])[0], own[0], 1e-6);
            Assert.Equal(wanted[1], own[1], 1e-6);
            Assert.Equal(wanted[2], own[2], 1e-6);
            unclamped++;
        }

        Assert.InRange(unclamped, 300, 1200);
    }

    [Fact]
    public void StrengthZeroChangesNoBit()
    {
        float[] result = Random(1200, seed: 3), before = [.. result];
        LuminanceColors.Apply(Pictures.Noise(40, 30, seed: 1).Bytes, 40, 30, result, 40, 1200, 0);
        Assert.Equal(before, result);
    }

    [Fact]
    public void AContentKeepsItsOwnColorsToTheBit()
    {
        PixelImage content = Pictures.Noise(41, 30, seed: 1);
        float[] result = [.. Enumerable.Range(0, 3).SelectMany(c => content.Bytes.Chunk(3).Select(rgb => rgb[c] / 255f))];
        float[] before = [.. result];
        LuminanceColors.Apply(content.Bytes, 41, 30, result, 41, 41 * 30, 1);
        Assert.Equal(before, result);
    }

    // One pixel at a time never fills a vector.
    [Fact]
    public void BitsDoNotDependOnThePositionInARow()
    {
        PixelImage content = Pictures.Noise(300, 2, seed: 1);
        float[] rows = Random(600, seed: 3), pixels = [.. rows];
        LuminanceColors.Apply(content.Bytes, 300, 2, rows, 300, 600, 0.7);
        for (int i = 0; i < 600; i++)
            LuminanceColors.Apply(content.Bytes.AsSpan(3 * i, 3), 1, 1, pixels.AsSpan(i), 1, 600, 0.7);
        Assert.Equal(rows, pixels);
    }

    [Fact]
    public void FloatsBetweenTheRowsAreKept()
    {
        const int Width = 5, Height = 3, Stride = 9, Plane = 40;
        float[] gaps = [.. Enumerable.Repeat(7f, 3 * Plane)], dense = Random(Width * Height, seed: 3);
        PixelImage content = Pictures.Noise(Width, Height, seed: 1);
        for (int i = 0; i < dense.Length; i++)
            gaps[At(i)] = dense[i];
        LuminanceColors.Apply(content.Bytes, Width, Height, gaps, Stride, Plane, 1);
        LuminanceColors.Apply(content.Bytes, Width, Height, dense, Width, Width * Height, 1);
        for (int i = 0; i < dense.Length; i++)
        {
            Assert.Equal(dense[i], gaps[At(i)]);
            gaps[At(i)] = 7;
        }

        Assert.All(gaps, value => Assert.Equal(7, value));

        static int At(int i) => i / (Width * Height) * Plane + i % (Width * Height) / Width * Stride + i % Width;
    }

    private static float[] Random(int pixels, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, 3 * pixels).Select(_ => random.NextSingle())];
    }

    private static double[] Yiq(PixelImage image, int pixel) => Yiq(
        image.Bytes[3 * pixel] / 255.0, image.Bytes[3 * pixel + 1] / 255.0, image.Bytes[3 * pixel + 2] / 255.0);

    private static double[] Yiq(double r, double g, double b) =>
        [.. Enumerable.Range(0, 3).Select(i => ToYiq[i, 0] * r + ToYiq[i, 1] * g + ToYiq[i, 2] * b)];

    // Solves the three equations by Cramer's rule.
    private static double[] Rgb(double y, double i, double q)
    {
        double whole = Determinant(Column(0), Column(1), Column(2));
        double[] yiq = [y, i, q];
        return
        [
            Determinant(yiq, Column(1), Column(2)) / whole, Determinant(Column(0), yiq, Column(2)) / whole,
            Determinant(Column(0), Column(1), yiq) / whole,
        ];
    }

    private static double[] Column(int j) => [ToYiq[0, j], ToYiq[1, j], ToYiq[2, j]];

    private static double Determinant(double[] a, double[] b, double[] c) =>
        a[0] * (b[1] * c[2] - b[2] * c[1]) - a[1] * (b[0] * c[2] - b[2] * c[0]) + a[2] * (b[0] * c[1] - b[1] * c[0]);
}
