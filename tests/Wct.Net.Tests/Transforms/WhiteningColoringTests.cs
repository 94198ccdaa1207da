using Wct.Kernels;
using Wct.Kernels.Reference;
using Wct.Net.Tests.Golden;
using Wct.Net.Transforms;

namespace Wct.Net.Tests.Transforms;

public class WhiteningColoringTests
{
    [Fact]
    public void TheResultHasTheStylesMoments()
    {
        using Backend backend = new ReferenceBackend();
        using Tensor content = Features(backend, 5, 12, 11, 1), style = Features(backend, 5, 9, 8, 2);
        FeatureMoments wanted = FeatureMoments.Of(backend, style);
        WhiteningColoring map = WhiteningColoring.Of(FeatureMoments.Of(backend, content), StyleStatistics.Of(3, wanted), 1);
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
        using Tensor result = WhiteningColoring.Of(FeatureMoments.Of(backend, content), statistics, 0).Apply(backend, content);
        Accuracy.Check<float>("features", 1e-13, backend.Numbers(content), backend.Numbers(result));
    }

    [Fact]
    public void AConstantContentBecomesTheStylesMean()
    {
        using Backend backend = new ReferenceBackend();
        using Tensor content = backend.Tensor([.. Enumerable.Repeat(7f, 2 * 9)], [2, 3, 3]), style = Features(backend, 2, 9, 8, 2);
        StyleStatistics statistics = StyleStatistics.Of(3, FeatureMoments.Of(backend, style));
        WhiteningColoring map = WhiteningColoring.Of(FeatureMoments.Of(backend, content), statistics, 1);
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
            Assert.Throws<ArgumentException>(() => WhiteningColoring.Of(three, StyleStatistics.Of(1, two), 1)).Message);
    }

    // Whether a device finds the root or the host, for contents of full rank, with a channel that is always zero, and of fewer pixels than channels.
    [Theory]
    [InlineData("cuda", 40)]
    [InlineData("opencl", 40)]
    [InlineData("opencl", 4)]
    public void DevicesFindTheSameRoots(string device, int height)
    {
        const int Channels = 33, Dead = 12, Width = 7;
        using Backend gpu = TestDevice.Open($"{device} with roots");
        Random random = new(1);
        float[] numbers = [.. Enumerable.Range(0, Channels * height * Width).Select(_ => random.NextSingle())];
        numbers.AsSpan(Dead * height * Width, height * Width).Clear();
        using Tensor content = gpu.Tensor(numbers, [Channels, height, Width]), style = Features(gpu, Channels, 40, 8, 2);
        StyleStatistics statistics = StyleStatistics.Of(3, FeatureMoments.Of(gpu, style));
        FeatureMoments moments = FeatureMoments.Of(gpu, content);
        WhiteningColoring expected = WhiteningColoring.Of(moments, statistics, 0.7), actual = WhiteningColoring.Of(moments, statistics, 0.7, gpu);
        Accuracy.Check<double>("transform", 1e-18, expected.Transform, actual.Transform);
        Accuracy.Check<double>("matrix", 1e-18, expected.Matrix, actual.Matrix);
        Assert.Equal(expected.ContentRank, actual.ContentRank);
        using Convolution map = WhiteningColoring.Prepare(gpu, content, statistics, 0.7, into: null);
        using Tensor result = gpu.Allocate(content.Shape), wanted = expected.Apply(gpu, content);
        gpu.Convolve(content, map, Activation.None, result);
        Accuracy.Check<float>("features", 1e-10, gpu.Numbers(wanted), gpu.Numbers(result));
    }

    private static Tensor Features(Backend backend, int channels, int height, int width, int seed)
    {
        Random random = new(seed);
        float[] numbers = [.. Enumerable.Range(0, channels * height * width).Select(i => random.NextSingle() * (1 + i / (height * width)))];
        return backend.Tensor(numbers, [channels, height, width]);
    }
}
