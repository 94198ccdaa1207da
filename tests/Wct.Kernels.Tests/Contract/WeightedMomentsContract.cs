using Wct.Kernels.Cpu;
using Wct.Kernels.Elementwise;
using Wct.Kernels.Gpu;
using Wct.Kernels.Statistics;

namespace Wct.Kernels.Tests.Contract;

/// <summary>Mean and scatter with a weight per pixel.</summary>
public class WeightedMomentsContract
{
    private static readonly (TensorShape Shape, Region Region)[] Cases =
    [
        (new(1, 1, 1), new(0, 0, 1, 1)), (new(3, 4, 7), new(0, 0, 4, 7)), (new(3, 5, 9), new(1, 2, 3, 4)),
        (new(16, 9, 15), new(0, 0, 9, 15)),
        (new(16, 7, 6), new(6, 5, 1, 1)), (new(24, 17, 5), new(3, 1, 13, 4)), (new(33, 3, 67), new(2, 0, 1, 67)),
        (new(72, 8, 9), new(0, 0, 8, 9)),
        (new(32, 6, 31), new(0, 3, 5, 28)), (new(16, 131, 70), new(2, 3, 127, 66)),
    ];

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void WeightedMomentsAgreeWithTheDefinition(string name)
    {
        using Backend backend = Backends.Create(name);
        foreach ((TensorShape shape, Region region) in Cases)
        {
            // Far from zero, as for the plain moments. The weights include 0, 1 and fractions.
            float[] numbers = [.. Samples.Numbers(shape.Length, 4).Select(value => value + 1000)];
            float[] weights = [
                .. Samples.Numbers(region.Height * region.Width, 5).Select(value => value < -0.3f ? 0 : value > 0.3f ? 1 : value + 0.3f)];
            weights[0] = 0.75f;
            (double total, double[] mean, double[] scatter) = Expected(numbers, shape, region, weights);
            (double actualTotal, double[] actualMean, double[] actualScatter) = Measure(backend, numbers, shape, region, weights);
            Assert.Equal(total, actualTotal, 1e-9);
            Accuracy.Check<double>($"mean of {region} of {shape}", 1e-26, mean, actualMean);
            // With a single pixel everything is rounding error of the mean: about 1e-26 for values of 1000.
            Assert.Equal(scatter.Select(Math.Abs).Max(), actualScatter.Select(Math.Abs).Max(), 1e-6 * Math.Max(1e-12, scatter.Max()));
            if (region.Height * region.Width > 1)
                Accuracy.Check<double>($"scatter of {region} of {shape}", 1e-20, scatter, actualScatter);
            Assert.All(Enumerable.Range(0, shape.Channels), i => Assert.Equal(actualScatter[i], actualScatter[i * shape.Channels]));
        }
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void WeightsOfOneGiveThePlainMoments(string name)
    {
        using Backend backend = Backends.Create(name);
        foreach ((TensorShape shape, Region region) in Cases)
        {
            int channels = shape.Channels, pixels = region.Height * region.Width;
            float[] numbers = [.. Samples.Numbers(shape.Length, 6).Select(value => value + 10)];
            double[] mean = new double[channels], covariance = new double[channels * channels];
            using Tensor features = backend.Tensor(shape, numbers);
            backend.Moments(features, region, mean, covariance);
            (double total, double[] weightedMean, double[] scatter) = Measure(backend, numbers, shape, region, Filled(pixels, 1));
            Assert.Equal(pixels, total);
            Accuracy.Check<double>($"mean of {region} of {shape}", 1e-26, mean, weightedMean);
            Accuracy.Check<double>(
                $"covariance of {region} of {shape}", 1e-22, covariance, Array.ConvertAll(scatter, sum => sum / Math.Max(1, pixels - 1)));
        }
    }

    // Pixels with weight 0 may have any value.
    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void PixelsWithoutWeightChangeNoBit(string name)
    {
        using Backend backend = Backends.Create(name);
        foreach ((TensorShape shape, Region region) in Cases)
        {
            float[] weights = [.. Enumerable.Range(0, region.Height * region.Width).Select(i => i * 7 % 5 < 2 ? 0f : 1f)];
            float[] numbers = Samples.Numbers(shape.Length, 7), others = [.. numbers];
            for (int c = 0; c < shape.Channels; c++)
            {
                for (int i = 0; i < weights.Length; i++)
                {
                    if (weights[i] == 0)
                        others[(c * shape.Height + region.Y + i / region.Width) * shape.Width + region.X + i % region.Width] =
                            1e6f * (i + 1);
                }
            }

            (double total, double[] mean, double[] scatter) = Measure(backend, numbers, shape, region, weights);
            (double otherTotal, double[] otherMean, double[] otherScatter) = Measure(backend, others, shape, region, weights);
            Assert.Equal(total, otherTotal);
            Assert.Equal(mean, otherMean);
            Assert.Equal(scatter, otherScatter);
        }
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void WeightedMomentsGiveKnownResults(string name)
    {
        using Backend backend = Backends.Create(name);
        TensorShape shape = new(2, 1, 4);
        // Two pixels, (1, 6) and (3, 2). The second one is split into two pixels of half its weight, with a pixel of weight 0 between.
        (double total, double[] mean, double[] scatter) = Measure(
            backend, [1, 3, 99, 3, 6, 2, -99, 2], shape, Region.Of(shape), [0.5f, 0.25f, 0, 0.25f]);
        Assert.Equal(1, total);
        Assert.Equal([2, 4], mean);
        Assert.Equal([1, -2, -2, 4], scatter.Select(value => Math.Round(value, 12)));
        (total, mean, scatter) = Measure(backend, [1, 3, 99, 3, 6, 2, -99, 2], shape, Region.Of(shape), new float[4]);
        Assert.Equal(0, total);
        Assert.Equal([0, 0], mean);
        Assert.Equal([0, 0, 0, 0], scatter);
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void ErrorsNameBothShapes(string name)
    {
        using Backend backend = Backends.Create(name);
        using Tensor features = backend.Allocate(new TensorShape(3, 5, 6)), weights = backend.Allocate(new TensorShape(1, 5, 6));
        Assert.Equal("'weights' is [1, 5, 6], the operation needs [1, 2, 6]. (Parameter 'weights')", Assert.Throws<ArgumentException>(
            () => backend.WeightedMoments(features, new Region(1, 0, 2, 6), weights, new double[3], new double[9])).Message);
        Assert.Contains("'scatter' has 8 elements", Assert.Throws<ArgumentException>(
            () => backend.WeightedMoments(features, Region.Of(features.Shape), weights, new double[3], new double[8])).Message);
        Assert.Contains("the map is 5x6", Assert.Throws<ArgumentException>(
            () => backend.WeightedMoments(features, new Region(0, 0, 6, 6), weights, new double[3], new double[9])).Message);
    }

    [Theory]
    [MemberData(nameof(Backends.Gpus), MemberType = typeof(Backends))]
    public void AllocationsStayWithinThePredictedSize(string name)
    {
        using var gpu = (GpuBackend)Backends.Create(name);
        foreach (int channels in (int[])[3, 32, 40])
        {
            using Tensor features = gpu.Tensor(new TensorShape(channels, 30, 40), new float[channels * 1200]);
            using Tensor weights = gpu.Tensor(new TensorShape(1, 30, 40), new float[1200]);
            gpu.FreeCachedBuffers();
            long before = gpu.PeakBytes;
            gpu.WeightedMoments(features, Region.Of(features.Shape), weights, new double[channels], new double[channels * channels]);
            Assert.InRange(gpu.PeakBytes - before, 1, gpu.MomentsScratchBytes(new TensorShape(channels + 1, 30, 40)));
        }
    }

    [Fact]
    public void ThreadsChangeNoBit()
    {
        TensorShape shape = new(40, 150, 77);
        float[] numbers = Samples.Numbers(shape.Length, 8),
            weights = [.. Samples.Numbers(shape.Pixels, 9).Select(value => Math.Max(0, value))];
        double[][] results = [.. new[] { 1, 2, 5 }.Select(threads =>
        {
            using CpuBackend backend = CpuBackend.Create(new CpuBackendOptions { Threads = threads });
            (double total, double[] mean, double[] scatter) = Measure(backend, numbers, shape, Region.Of(shape), weights);
            return (double[])[total, .. mean, .. scatter];
        })];
        Assert.Equal(results[0], results[1]);
        Assert.Equal(results[0], results[2]);
    }

    private static (double Total, double[] Mean, double[] Scatter) Expected(
        float[] numbers, TensorShape shape, Region region, float[] weights)
    {
        TensorShape small = new(shape.Channels, region.Height, region.Width);
        float[] part = new float[small.Length];
        RegionCopy.Reference(numbers, shape, region, part, small, 0, 0);
        double[] mean = new double[shape.Channels], scatter = new double[shape.Channels * shape.Channels];
        return (Covariance.WeightedReference(part, small, weights, mean, scatter), mean, scatter);
    }

    private static (double Total, double[] Mean, double[] Scatter) Measure(
        Backend backend, float[] numbers, TensorShape shape, Region region, float[] weights)
    {
        double[] mean = new double[shape.Channels], scatter = new double[shape.Channels * shape.Channels];
        using Tensor features = backend.Tensor(shape, numbers),
            map = backend.Tensor(new TensorShape(1, region.Height, region.Width), weights);
        return (backend.WeightedMoments(features, region, map, mean, scatter), mean, scatter);
    }

    private static float[] Filled(int count, float value)
    {
        float[] numbers = new float[count];
        Array.Fill(numbers, value);
        return numbers;
    }
}
