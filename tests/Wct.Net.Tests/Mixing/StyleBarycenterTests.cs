using Wct.Net.Tests.Transforms;
using Wct.Net.Transforms;

namespace Wct.Net.Tests.Mixing;

/// <summary>The Bures barycenter of covariances.</summary>
public class StyleBarycenterTests
{
    private const double Epsilon = SymmetricPower.SmallestEigenvalue;

    // Covariances that commute have the square of the mean of their roots as barycenter.
    [Fact]
    public void DiagonalCovariancesHaveAClosedForm()
    {
        double[][] variances = [[4, 0.25, 0, 100], [1, 9, 2e-5, 64], [0, 1, 1e-3, 1]];
        double[] weights = [0.5, 0.2, 0.3];
        StyleMoments mixed = Mixed(weights, Array.ConvertAll(variances, Diagonal));
        double[] expected = Diagonal(
            [.. Enumerable.Range(0, 4).Select(i => Math.Pow(weights.Zip(variances, (w, v) => w * Math.Sqrt(v[i] + Epsilon)).Sum(), 2))]);
        Accuracy.Check<double>("barycenter", 1e-18, expected, mixed.Covariance);
    }

    // The same in another basis: rotated covariances have the rotated barycenter.
    [Fact]
    public void RotatedCovariancesHaveTheRotatedBarycenter()
    {
        double[] rotation = Rotation(3);
        double[] Rotated(params double[] diagonal) =>
            PlainMoments.Product(PlainMoments.Product(rotation, Diagonal(diagonal)), PlainMoments.Transposed(rotation));
        StyleMoments mixed = Mixed([0.25, 0.75], Rotated(4, 1, 9), Rotated(16, 1, 0.25));
        double Mean(double first, double second) =>
            Math.Pow(0.25 * Math.Sqrt(first + Epsilon) + 0.75 * Math.Sqrt(second + Epsilon), 2);
        Accuracy.Check<double>("barycenter", 1e-18, Rotated(Mean(4, 16), Mean(1, 1), Mean(9, 0.25)), mixed.Covariance);
    }

    // S = Σ w·(S^(1/2)·C·S^(1/2))^(1/2), with 1e-5 added to the diagonal of each C.
    [Theory]
    [InlineData(2, 5)]
    [InlineData(3, 8)]
    [InlineData(4, 20)]
    public void TheFixedPointsEquationHolds(int styles, int channels)
    {
        double[][] covariances = [.. Enumerable.Range(0, styles).Select(seed => Random(channels, seed))];
        double[] weights = [.. Enumerable.Range(1, styles).Select(i => 2.0 * i / (styles * (styles + 1)))];
        double[] mixed = Mixed(weights, covariances).Covariance.ToArray();
        double[] root = SymmetricPower.Of(mixed, channels, 0.5).Matrix.ToArray(), sum = new double[mixed.Length];
        for (int k = 0; k < styles; k++)
        {
            double[] own = [.. covariances[k]];
            for (int i = 0; i < own.Length; i += channels + 1)
                own[i] += Epsilon;
            double[] inner = PlainMoments.Product(PlainMoments.Product(root, own), root);
            ReadOnlySpan<double> power = SymmetricPower.Of(inner, channels, 0.5).Matrix;
            for (int i = 0; i < sum.Length; i++)
                sum[i] += weights[k] * power[i];
        }

        Accuracy.Check<double>("fixed point", 1e-14, mixed, sum);
        Accuracy.Check<double>("transpose", 1e-28, mixed, PlainMoments.Transposed(mixed));
    }

    [Fact]
    public void MeansAreWeighted()
    {
        StyleMoments mixed = StyleBarycenter.Of(1, [(0.25, Style([1, 2], Diagonal([1, 1]))), (0.75, Style([5, -2], Diagonal([1, 4])))]);
        Assert.Equal([4, -1], mixed.Mean);
    }

    // A style whose mask leaves nothing at a level has no part in the mixture there.
    [Fact]
    public void EmptyLevelsAreLeftOut()
    {
        StyleMoments full = Style([1, 2], Diagonal([4, 9])), empty = StyleMoments.Empty(1, 2);
        StyleMoments mixed = StyleBarycenter.Of(1, [(0.9, empty), (0.1, full)]);
        Assert.False(mixed.IsEmpty);
        Assert.Equal(full.Mean, mixed.Mean);
        Accuracy.Check<double>("covariance", 1e-20, [4 + Epsilon, 0, 0, 9 + Epsilon], mixed.Covariance);
        Assert.True(StyleBarycenter.Of(1, [(0.5, empty), (0.5, empty)]).IsEmpty);
    }

    [Fact]
    public void ConstantStylesGiveAFiniteBarycenter()
    {
        StyleMoments mixed = Mixed([0.5, 0.5], new double[9], new double[9]);
        Accuracy.Check<double>("covariance", 1e-18, Diagonal([Epsilon, Epsilon, Epsilon]), mixed.Covariance);
        Assert.All(Mixed([0.5, 0.5], new double[9], Random(3, 1)).Covariance.ToArray(), value => Assert.True(double.IsFinite(value)));
    }

    private static StyleMoments Mixed(double[] weights, params double[][] covariances) =>
        StyleBarycenter.Of(2, [.. weights.Zip(Array.ConvertAll(covariances, Centered))]);

    private static StyleMoments Centered(double[] covariance) => Style(new double[(int)Math.Sqrt(covariance.Length)], covariance);

    private static StyleMoments Style(double[] mean, double[] covariance) => StyleMoments.Of(2, new FeatureMoments(mean, covariance));

    private static double[] Diagonal(double[] values)
    {
        double[] matrix = new double[values.Length * values.Length];
        for (int i = 0; i < values.Length; i++)
            matrix[i * values.Length + i] = values[i];
        return matrix;
    }

    // A covariance with correlated channels.
    private static double[] Random(int channels, int seed) =>
        PlainMoments.Of(Samples.Numbers(channels * (channels + 4), seed + 10), channels).Covariance.ToArray();

    private static double[] Rotation(int size)
    {
        double[] values = new double[size], vectors = new double[size * size];
        Wct.Kernels.LinearAlgebra.SymmetricEigen.Solve(Random(size, 5), size, values, vectors);
        return vectors;
    }
}
