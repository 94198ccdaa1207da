using Wct.Kernels;
using Wct.Net.Colors;
using Wct.Net.Transforms;

namespace Wct.Net.Tests.Colors;

public class LinearRecoloringTests
{
    [Fact]
    public void TheStyleGetsTheContentsMeanAndCovariance()
    {
        PixelImage style = Pictures.Noise(31, 22, seed: 1), content = Pictures.Textured(40, 30);
        ColorStatistics wanted = Counted.Of(content);
        AffineMap map = LinearRecoloring.Map(Counted.Of(style), wanted, 1);
        (double[] mean, double[] covariance) = Counted.Plain([.. Counted.Pixels(style).Select(pixel => Apply(map, pixel))]);
        Accuracy.Check<double>("mean", 1e-24, wanted.Mean, mean);
        Accuracy.Check<double>("covariance", 1e-20, wanted.Covariance, covariance);
    }

    // Many matrices give the wanted covariance. Only one is the product of the two symmetric roots.
    [Fact]
    public void TheMatrixIsTheProductOfTheRoots()
    {
        ColorStatistics style = Counted.Of(Pictures.Noise(31, 22, seed: 1)), content = Counted.Of(Pictures.Textured(40, 30));
        AffineMap map = LinearRecoloring.Map(style, content, 1);
        double[] root = new double[9];
        SymmetricPower styleRoot = SymmetricPower.Of(style.Covariance, 3, 0.5);
        for (int i = 0; i < 9; i++)
        {
            for (int k = 0; k < 3; k++)
                root[i] += map.Matrix[i / 3 * 3 + k] * styleRoot.Matrix[k * 3 + i % 3];
        }

        Accuracy.Check<double>("root", 1e-24, SymmetricPower.Of(content.Covariance, 3, 0.5).Matrix, root);
    }

    [Fact]
    public void EqualPicturesGiveTheIdentity()
    {
        ColorStatistics statistics = Counted.Of(Pictures.Noise(31, 22, seed: 1));
        AffineMap map = LinearRecoloring.Map(statistics, statistics, 1);
        Accuracy.Check<double>("matrix", 1e-24, [1, 0, 0, 0, 1, 0, 0, 0, 1], map.Matrix);
        Assert.Equal(map.Center.ToArray(), map.Offset.ToArray());
    }

    [Fact]
    public void StrengthZeroChangesNoBit()
    {
        PixelImage style = Pictures.Noise(31, 22, seed: 1);
        AffineMap map = LinearRecoloring.Map(Counted.Of(style), Counted.Of(Pictures.Textured(40, 30)), 0);
        Assert.All(Counted.Pixels(style), pixel => Assert.Equal(pixel, Apply(map, pixel)));
    }

    [Fact]
    public void AStrengthBlendsWithTheStylesColors()
    {
        PixelImage style = Pictures.Noise(31, 22, seed: 1);
        ColorStatistics from = Counted.Of(style), to = Counted.Of(Pictures.Textured(40, 30));
        AffineMap full = LinearRecoloring.Map(from, to, 1), part = LinearRecoloring.Map(from, to, 0.3);
        foreach (double[] pixel in Counted.Pixels(style))
        {
            double[] expected = [.. Apply(full, pixel).Zip(pixel, (all, none) => 0.3 * all + 0.7 * none)];
            Accuracy.Check<double>("color", 1e-28, expected, Apply(part, pixel));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(90)]
    [InlineData(255)]
    public void OneColorBecomesTheContentsMean(byte value)
    {
        ColorStatistics content = Counted.Of(Pictures.Textured(40, 30));
        AffineMap map = LinearRecoloring.Map(Counted.Of(Pictures.Constant(3, 2, value)), content, 1);
        Accuracy.Check<double>("color", 1e-28, content.Mean, Apply(map, [value / 255.0, value / 255.0, value / 255.0]));
    }

    [Fact]
    public void AContentOfOneColorMakesTheStyleThatColor()
    {
        PixelImage style = Pictures.Noise(31, 22, seed: 1);
        AffineMap map = LinearRecoloring.Map(Counted.Of(style), Counted.Of(Pictures.Constant(1, 1, 51)), 1);
        Assert.All(Counted.Pixels(style), pixel => Accuracy.Check<double>("color", 1e-28, [0.2, 0.2, 0.2], Apply(map, pixel)));
    }

    [Fact]
    public void AContentWithoutVisiblePixelsChangesNothing()
    {
        AffineMap map = LinearRecoloring.Map(Counted.Of(Pictures.Noise(31, 22, seed: 1)), new ColorStatistics(), 1);
        Assert.Equal([0.1, 0.5, 0.9], Apply(map, [0.1, 0.5, 0.9]));
    }

    private static double[] Apply(AffineMap map, double[] color)
    {
        double[] result = map.Offset.ToArray();
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++)
                result[i] += map.Matrix[i * 3 + j] * (color[j] - map.Center[j]);
        }

        return result;
    }
}
