using Wct.Kernels.Elementwise;
using Wct.Kernels.Statistics;

namespace Wct.Kernels.Tests.Contract;

public class RegionContract
{
    private static readonly (TensorShape Shape, Region Region)[] Cases =
    [
        (new(1, 1, 1), new(0, 0, 1, 1)), (new(3, 5, 9), new(1, 2, 3, 4)), (new(3, 4, 4), new(0, 0, 4, 4)), (new(16, 7, 6), new(6, 5, 1, 1)),
        (new(24, 9, 8), new(0, 3, 9, 5)), (new(33, 6, 17), new(2, 0, 3, 17)), (new(64, 3, 40), new(1, 7, 2, 33)),
    ];

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void ACopiedRegionEqualsTheRegion(string name)
    {
        using Backend backend = Backends.Create(name);
        foreach ((TensorShape shape, Region region) in Backends.Subset(name, Cases))
        {
            TensorShape small = new(shape.Channels, region.Height, region.Width);
            float[] numbers = Samples.Numbers(shape.Length, 3), expected = new float[small.Length];
            RegionCopy.Reference(numbers, shape, region, expected, small, 0, 0);
            using Tensor source = backend.Tensor(shape, numbers), part = backend.Allocate(small);
            backend.Copy(source, region, part, 0, 0);
            Assert.Equal(expected, backend.Numbers(part));
            BorderCheck.Reflects(backend, part);
        }
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void AMapCopiedInPartsEqualsTheWhole(string name)
    {
        using Backend backend = Backends.Create(name);
        foreach (int channels in new[] { 3, 16, 24 })
        {
            TensorShape shape = new(channels, 11, 13);
            float[] numbers = Samples.Numbers(shape.Length, 4);
            using Tensor source = backend.Tensor(shape, numbers), whole = backend.Allocate(shape);
            foreach ((int y, int height) in new[] { (6, 5), (0, 6) })
            {
                foreach ((int x, int width) in new[] { (0, 1), (8, 5), (1, 7) })
                    backend.Copy(source, new Region(y, x, height, width), whole, y, x);
            }

            Assert.Equal(numbers, backend.Numbers(whole));
            BorderCheck.Reflects(backend, whole);
        }
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void MomentsOfARegionAgree(string name)
    {
        using Backend backend = Backends.Create(name);
        foreach ((TensorShape shape, Region region) in Backends.Subset(name, Cases.Append((new(16, 140, 90), new(3, 10, 131, 70)))))
        {
            int channels = shape.Channels;
            TensorShape small = new(channels, region.Height, region.Width);
            float[] numbers = [.. Samples.Numbers(shape.Length, 5).Select(value => value + 1000)], part = new float[small.Length];
            double[] mean = new double[channels], covariance = new double[channels * channels];
            double[] expectedMean = new double[channels], expectedCovariance = new double[channels * channels];
            RegionCopy.Reference(numbers, shape, region, part, small, 0, 0);
            Covariance.Reference(part, small, expectedMean, expectedCovariance);
            using Tensor features = backend.Tensor(shape, numbers);
            backend.Moments(features, region, mean, covariance);
            Accuracy.Check<double>($"mean of {region} of {shape}", 1e-28, expectedMean, mean);
            Accuracy.Check<double>($"covariance of {region} of {shape}", 1e-22, expectedCovariance, covariance);
        }
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void ThePreparedAffineMapAgreesWithAffine(string name)
    {
        using Backend backend = Backends.Create(name);
        TensorShape shape = new(24, 5, 7);
        double[] matrix = Array.ConvertAll(Samples.Numbers(24 * 24, 6), value => (double)value);
        double[] center = Array.ConvertAll(Samples.Numbers(24, 7), value => (double)value),
            offset = Array.ConvertAll(Samples.Numbers(24, 8), value => (double)value);
        using Tensor features = backend.Tensor(shape, Samples.Numbers(shape.Length, 9)), expected = backend.Allocate(shape),
            actual = backend.Allocate(shape);
        backend.Affine(features, matrix, center, offset, expected);
        using Convolution map = backend.PackAffine(matrix, center, offset);
        backend.Convolve(features, map, Activation.None, actual);
        Accuracy.Check<float>("affine map", 1e-12, backend.Numbers(expected), backend.Numbers(actual));
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void RegionsOutsideOfTheMapThrow(string name)
    {
        using Backend backend = Backends.Create(name);
        using Tensor source = backend.Allocate(new TensorShape(3, 5, 6)), destination = backend.Allocate(new TensorShape(3, 4, 4));
        foreach (Region region in (Region[])[new(0, 0, 6, 1), new(-1, 0, 2, 2), new(0, 3, 1, 4), new(0, 0, 0, 1),
            new(int.MaxValue, 0, 2, 2)])
        {
            Assert.Contains(
                "the map is 5x6", Assert.Throws<ArgumentException>(() => backend.Copy(source, region, destination, 0, 0)).Message);
            Assert.Throws<ArgumentException>(() => backend.Moments(source, region, new double[3], new double[9]));
        }

        Assert.Contains(
            "the map is 4x4",
            Assert.Throws<ArgumentException>(() => backend.Copy(source, new Region(0, 0, 3, 3), destination, 2, 0)).Message);
        using Tensor other = backend.Allocate(new TensorShape(4, 4, 4));
        Assert.Contains(
            "'destination' is", Assert.Throws<ArgumentException>(() => backend.Copy(source, new Region(0, 0, 3, 3), other, 0, 0)).Message);
    }
}
