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
        AffineMap map = FeatureTransform.WhiteningColoring.Map(FeatureMoments.Of(backend, content), StyleMoments.Of(3, wanted));
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
        StyleMoments moments = StyleMoments.Of(3, FeatureMoments.Of(backend, style));
        AffineMap map = FeatureTransform.WhiteningColoring.Map(FeatureMoments.Of(backend, content), moments);
        using Tensor result = map.Blend(0).Apply(backend, content);
        Accuracy.Check<float>("features", 1e-13, backend.Numbers(content), backend.Numbers(result));
    }

    [Fact]
    public void AConstantContentBecomesTheStylesMean()
    {
        using Backend backend = new ReferenceBackend();
        using Tensor content = backend.Tensor([.. Enumerable.Repeat(7f, 2 * 9)], [2, 3, 3]), style = Features(backend, 2, 9, 8, 2);
        StyleMoments wanted = StyleMoments.Of(3, FeatureMoments.Of(backend, style));
        FeatureMoments moments = FeatureMoments.Of(backend, content);
        using Tensor result = FeatureTransform.WhiteningColoring.Map(moments, wanted).Apply(backend, content);
        Assert.Equal(0, moments.InverseRoot.Rank);
        Assert.All(backend.Numbers(result).Take(9), value => Assert.Equal((float)wanted.Mean[0], value, 1e-6f));
    }

    [Fact]
    public void DifferentChannelCountsAreNamed()
    {
        FeatureMoments two = new(new double[2], new double[4]), three = new(new double[3], new double[9]);
        Assert.Contains(
            "The content has 3 channels, the style 2.",
            Assert.Throws<ArgumentException>(() => FeatureTransform.WhiteningColoring.Map(three, StyleMoments.Of(1, two))).Message);
    }

    // The device and the host find the same roots, for contents with a channel that is always zero, and with fewer pixels than channels.
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
        StyleMoments moments = StyleMoments.Of(3, FeatureMoments.Of(gpu, style));
        // The roots of the first are computed by the host, those of the second by the device.
        FeatureMoments host = FeatureMoments.Of(gpu, content), own = FeatureMoments.Borrow(gpu, content, null);
        AffineMap expected = FeatureTransform.WhiteningColoring.Map(host, moments),
            actual = FeatureTransform.WhiteningColoring.Map(own, moments);
        Accuracy.Check<double>("matrix", 1e-18, expected.Matrix, actual.Matrix);
        Accuracy.Check<double>("inverse root", 1e-18, host.InverseRoot.Matrix, own.InverseRoot.Matrix);
        Assert.Equal(host.InverseRoot.Rank, own.InverseRoot.Rank);
        using Tensor result = actual.Blend(0.7).Apply(gpu, content), wanted = expected.Blend(0.7).Apply(gpu, content);
        Accuracy.Check<float>("features", 1e-10, gpu.Numbers(wanted), gpu.Numbers(result));
    }

    private static Tensor Features(Backend backend, int channels, int height, int width, int seed)
    {
        Random random = new(seed);
        float[] numbers = [.. Enumerable.Range(0, channels * height * width).Select(i => random.NextSingle() * (1 + i / (height * width)))];
        return backend.Tensor(numbers, [channels, height, width]);
    }
}
