using Wct.Kernels;
using Wct.Kernels.Reference;
using Wct.Net.Transforms;

namespace Wct.Net.Tests.Transforms;

public class WhiteningColouringTests
{
    [Fact]
    public void TheResultHasTheStylesMoments()
    {
        using Backend backend = new ReferenceBackend();
        using Tensor content = Features(backend, 5, 12, 11, 1), style = Features(backend, 5, 9, 8, 2);
        FeatureMoments wanted = FeatureMoments.Of(backend, style);
        WhiteningColouring map = WhiteningColouring.Of(FeatureMoments.Of(backend, content), StyleStatistics.Of(3, wanted), 1);
        using Tensor result = map.Apply(backend, content);
        FeatureMoments moments = FeatureMoments.Of(backend, result);
        Accuracy.Check<double>("mean", 1e-12, wanted.Mean, moments.Mean);
        Accuracy.Check<double>("covariance", 1e-12, wanted.Covariance, moments.Covariance);
    }

    [Fact]
    public void StrengthZeroChangesNothing()
    {
        using Backend backend = new ReferenceBackend();
        using Tensor content = Features(backend, 5, 12, 11, 1), style = Features(backend, 5, 9, 8, 2);
        StyleStatistics statistics = StyleStatistics.Of(3, FeatureMoments.Of(backend, style));
        using Tensor result = WhiteningColouring.Of(FeatureMoments.Of(backend, content), statistics, 0).Apply(backend, content);
        Accuracy.Check<float>("features", 1e-13, backend.Numbers(content), backend.Numbers(result));
    }

    [Fact]
    public void AConstantContentBecomesTheStylesMean()
    {
        using Backend backend = new ReferenceBackend();
        using Tensor content = backend.Tensor([.. Enumerable.Repeat(7f, 2 * 9)], [2, 3, 3]), style = Features(backend, 2, 9, 8, 2);
        StyleStatistics statistics = StyleStatistics.Of(3, FeatureMoments.Of(backend, style));
        WhiteningColouring map = WhiteningColouring.Of(FeatureMoments.Of(backend, content), statistics, 1);
        Assert.Equal(0, map.ContentRank);
        using Tensor result = map.Apply(backend, content);
        Assert.All(backend.Numbers(result).Take(9), value => Assert.Equal((float)statistics.Mean[0], value, 1e-6f));
    }

    [Fact]
    public void DifferentChannelCountsAreNamed()
    {
        FeatureMoments two = new(new double[2], new double[4]), three = new(new double[3], new double[9]);
        Assert.Contains(
            "The content has 3 channels, the style 2.",
            Assert.Throws<ArgumentException>(() => WhiteningColouring.Of(three, StyleStatistics.Of(1, two), 1)).Message);
    }

    private static Tensor Features(Backend backend, int channels, int height, int width, int seed)
    {
        Random random = new(seed);
        float[] numbers = [.. Enumerable.Range(0, channels * height * width).Select(i => random.NextSingle() * (1 + i / (height * width)))];
        return backend.Tensor(numbers, [channels, height, width]);
    }
}
