using Wct.Kernels;
using Wct.Net.Transforms;

namespace Wct.Net.Tests.Transforms;

/// <summary>What the affine transforms do to statistics.</summary>
public class LinearTransformTests
{
    private const int Channels = 5;

    public static TheoryData<string> Devices => [.. EveryBackend.Names];

    public static TheoryData<string> Names => ["wct", "adain", "ot"];

    [Fact]
    public void AdaInGivesEachChannelTheStylesMeanAndVariance()
    {
        (FeatureMoments content, FeatureMoments style) = Measured();
        AffineMap map = FeatureTransform.AdaIn.Map(content, StyleMoments.Of(3, style));
        for (int i = 0; i < Channels; i++)
        {
            int diagonal = i * (Channels + 1);
            double variance = map.Matrix[diagonal] * map.Matrix[diagonal] * (content.Covariance[diagonal] + 1e-5);
            // Both variances have the same small number added.
            Assert.Equal(style.Covariance[diagonal] + 1e-5, variance, 1e-12);
            for (int j = 0; j < Channels; j++)
                Assert.Equal(i == j, map.Matrix[i * Channels + j] != 0);
        }

        Assert.Equal(content.Mean, map.Center);
        Assert.Equal(style.Mean, map.Offset);
    }

    [Theory]
    [InlineData("wct")]
    [InlineData("ot")]
    public void TheMapGivesTheStylesCovariance(string name)
    {
        (FeatureMoments content, FeatureMoments style) = Measured();
        AffineMap map = FeatureTransform.Named(name).Map(content, StyleMoments.Of(3, style));
        double[] covariance =
            PlainMoments.Product(PlainMoments.Product(map.Matrix, content.Covariance), PlainMoments.Transposed(map.Matrix));
        Accuracy.Check<double>("A·Cc·Aᵀ", 1e-20, style.Covariance, covariance);
        Assert.Equal(content.Mean, map.Center);
        Assert.Equal(style.Mean, map.Offset);
    }

    [Fact]
    public void OptimalTransportIsSymmetricAndPositive()
    {
        (FeatureMoments content, FeatureMoments style) = Measured();
        AffineMap map = FeatureTransform.OptimalTransport.Map(content, StyleMoments.Of(3, style));
        Accuracy.Check<double>("Tᵀ", 1e-26, map.Matrix, PlainMoments.Transposed(map.Matrix));
        Assert.True(Smallest(map.Matrix) > 0);

        // Whitening and coloring isn't symmetric, so the covariance alone doesn't decide which map it is.
        AffineMap other = FeatureTransform.WhiteningColoring.Map(content, StyleMoments.Of(3, style));
        Assert.True(Accuracy.Nmse<double>(other.Matrix, PlainMoments.Transposed(other.Matrix)) > 1e-3);
    }

    [Fact]
    public void OptimalTransportMovesFeaturesLessThanWhiteningAndColoring()
    {
        (FeatureMoments content, FeatureMoments style) = Measured();
        StyleMoments moments = StyleMoments.Of(3, style);
        double optimal = Distance(FeatureTransform.OptimalTransport.Map(content, moments), content);
        Assert.True(optimal < Distance(FeatureTransform.WhiteningColoring.Map(content, moments), content) - 1e-3);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void AStyleIsUnchangedByItself(string name)
    {
        FeatureMoments content = Measured().Content;
        AffineMap map = FeatureTransform.Named(name).Map(content, StyleMoments.Of(3, content));
        double[] identity = new double[Channels * Channels];
        for (int i = 0; i < identity.Length; i += Channels + 1)
            identity[i] = 1;
        Accuracy.Check<double>("A", 1e-20, identity, map.Matrix);
    }

    // The features themselves: the result's moments are those of the style.
    [Theory]
    [MemberData(nameof(Devices))]
    public void FeaturesGetTheStylesMoments(string device)
    {
        using Backend backend = EveryBackend.Open(device);
        TensorShape shape = new(Channels, 12, 11);
        float[] numbers = Numbers(shape, 1);
        using Tensor features = backend.Tensor(shape, numbers);
        FeatureMoments content = FeatureMoments.Of(backend, features), style = PlainMoments.Of(Numbers(shape, 2), Channels);
        foreach (string name in Names.Select(row => row.Data))
        {
            using Tensor result = FeatureTransform.Named(name).Map(content, StyleMoments.Of(3, style)).Apply(backend, features);
            FeatureMoments moments = PlainMoments.Of(backend.Numbers(result), Channels);
            Accuracy.Check($"mean of {name} on {device}", 1e-11, style.Mean, moments.Mean);
            for (int i = 0; i < Channels; i++)
                Assert.Equal(style.Covariance[i * (Channels + 1)], moments.Covariance[i * (Channels + 1)], 1e-3);
            if (name != "adain")
                Accuracy.Check($"covariance of {name} on {device}", 1e-10, style.Covariance, moments.Covariance);
        }
    }

    [Fact]
    public void WhiteningGivesTheIdentityAndNeedsNoStyle()
    {
        FeatureMoments content = Measured().Content;
        StyleMoments none = StyleMoments.Of(3, new FeatureMoments(new double[1], new double[1]));
        AffineMap map = FeatureTransform.Whitening.Map(content, none);
        double[] covariance =
            PlainMoments.Product(PlainMoments.Product(map.Matrix, content.Covariance), PlainMoments.Transposed(map.Matrix));
        double[] identity = new double[Channels * Channels];
        for (int i = 0; i < identity.Length; i += Channels + 1)
            identity[i] = 1;
        Accuracy.Check<double>("A·Cc·Aᵀ", 1e-20, identity, covariance);
        Assert.All(map.Offset.ToArray(), value => Assert.Equal(0, value));
    }

    // Fewer pixels than channels, channels that are always zero, equal channels, and no variance at all.
    [Theory]
    [MemberData(nameof(Names))]
    public void DegenerateContentsGiveFiniteMaps(string name)
    {
        FeatureTransform transform = FeatureTransform.Named(name);
        TensorShape shape = new(Channels, 6, 6);
        float[] dead = Numbers(shape, 1), equal = Numbers(shape, 1);
        dead.AsSpan(36, 72).Clear();
        equal.AsSpan(0, 36).CopyTo(equal.AsSpan(36));
        FeatureMoments[] moments =
        [
            PlainMoments.Of(Numbers(new TensorShape(Channels, 1, 3), 1), Channels), PlainMoments.Of(dead, Channels),
            PlainMoments.Of(equal, Channels), PlainMoments.Of(Numbers(new TensorShape(Channels, 1, 1), 1), Channels),
            new(new double[Channels], new double[Channels * Channels]), Measured().Content,
        ];
        foreach (FeatureMoments content in moments)
        {
            foreach (FeatureMoments style in moments)
            {
                AffineMap map = transform.Map(content, StyleMoments.Of(3, style));
                Assert.All(map.Matrix.ToArray(), value => Assert.InRange(value, -1e4, 1e4));
                Assert.Equal(style.Mean, map.Offset);
            }
        }
    }

    // The style's covariance is reached on the channels that the content has.
    [Theory]
    [InlineData("wct")]
    [InlineData("ot")]
    public void AChannelThatIsAlwaysZeroTakesNoPart(string name)
    {
        TensorShape less = new(2, 8, 8);
        float[] numbers = Numbers(less, 1), painting = Numbers(less, 2);
        FeatureMoments content = PlainMoments.Of([.. numbers, .. new float[64]], 3), two = PlainMoments.Of(numbers, 2);
        FeatureMoments style = PlainMoments.Of([.. painting, .. new float[64]], 3), small = PlainMoments.Of(painting, 2);
        ReadOnlySpan<double> actual = FeatureTransform.Named(name).Map(content, StyleMoments.Of(3, style)).Matrix,
            expected = FeatureTransform.Named(name).Map(two, StyleMoments.Of(3, small)).Matrix;
        Accuracy.Check<double>(
            name, 1e-20, [expected[0], expected[1], 0, expected[2], expected[3], 0, 0, 0, 0], actual);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void DifferentChannelCountsAreNamed(string name)
    {
        FeatureMoments two = new(new double[2], new double[4]), three = new(new double[3], new double[9]);
        ArgumentException error =
            Assert.Throws<ArgumentException>(() => FeatureTransform.Named(name).Map(three, StyleMoments.Of(1, two)));
        Assert.Contains("The content has 3 channels, the style 2.", error.Message);
    }

    [Fact]
    public void TransformsAreFoundByName()
    {
        Assert.Equal(["wct", "adain", "ot", "swap", "swap-raw", "whiten"], FeatureTransform.All.Select(transform => transform.Name));
        Assert.All(FeatureTransform.All, transform => Assert.Same(transform, FeatureTransform.Named(transform.Name!)));
        Assert.Contains(
            "There is no transform 'WCT'; there are wct, adain, ot, swap, swap-raw, whiten.",
            Assert.Throws<ArgumentException>(() => FeatureTransform.Named("WCT")).Message);
        Assert.Null(new Negate().Name);
    }

    private static (FeatureMoments Content, FeatureMoments Style) Measured()
    {
        TensorShape shape = new(Channels, 9, 8);
        return (PlainMoments.Of(Numbers(shape, 1), Channels), PlainMoments.Of(Numbers(shape, 2), Channels));
    }

    private static float[] Numbers(TensorShape shape, int seed) =>
        [.. Samples.Numbers(shape.Length, seed).Select((value, i) => value * (1 + i / shape.Pixels))];

    // The mean squared distance that the map moves centered features: the trace of (A - I)·C·(A - I)ᵀ.
    private static double Distance(AffineMap map, FeatureMoments content)
    {
        double[] change = map.Matrix.ToArray();
        for (int i = 0; i < change.Length; i += Channels + 1)
            change[i]--;
        double[] moved = PlainMoments.Product(PlainMoments.Product(change, content.Covariance), PlainMoments.Transposed(change));
        return Enumerable.Range(0, Channels).Sum(i => moved[i * (Channels + 1)]);
    }

    private static double Smallest(ReadOnlySpan<double> matrix)
    {
        double[] values = new double[Channels], vectors = new double[Channels * Channels];
        Wct.Kernels.LinearAlgebra.SymmetricEigen.Solve(matrix, Channels, values, vectors);
        return values[0];
    }
}
