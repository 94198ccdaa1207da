using Wct.Kernels.Reference;
using Wct.Kernels.Statistics;

namespace Wct.Kernels.Tests.Contract;

public class StatisticsContract
{
    private static readonly TensorShape[] Shapes =
        [new(1, 1, 1), new(3, 4, 7), new(16, 1, 1), new(16, 9, 15), new(24, 17, 5), new(33, 3, 67), new(72, 8, 9), new(16, 131, 70)];

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void MomentsAgreeWithTheDefinition(string name)
    {
        using Backend backend = Backends.Create(name);
        foreach (TensorShape shape in Backends.Subset(name, Shapes))
        {
            int channels = shape.Channels;
            // Far from zero, so that a covariance without centering would lose all digits.
            float[] numbers = [.. Samples.Numbers(shape.Length, 4).Select(value => value + 1000)];
            double[] mean = new double[channels], covariance = new double[channels * channels];
            double[] expectedMean = new double[channels], expectedCovariance = new double[channels * channels];
            Covariance.Reference(numbers, shape, expectedMean, expectedCovariance);
            using Tensor features = backend.Tensor(shape, numbers);
            backend.Moments(features, mean, covariance);
            Accuracy.Check<double>($"mean of {shape}", 1e-28, expectedMean, mean);
            Accuracy.Check<double>($"covariance of {shape}", 1e-22, expectedCovariance, covariance);
        }
    }

    // A kernel may use any row to estimate the mean. Here the middle row is not typical, and two channels differ only slightly.
    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void MomentsAreExactWithAnAtypicalMiddleRow(string name)
    {
        using Backend backend = Backends.Create(name);
        TensorShape shape = new(16, 65, 33);
        float[] numbers = Samples.Numbers(shape.Length, 9);
        for (int c = 0; c < shape.Channels; c++)
            numbers.AsSpan(c * shape.Pixels + shape.Height / 2 * shape.Width, shape.Width).Fill(1000);
        double[] mean = new double[16], covariance = new double[256], expectedMean = new double[16], expected = new double[256];
        Covariance.Reference(numbers, shape, expectedMean, expected);
        using Tensor features = backend.Tensor(shape, numbers);
        backend.Moments(features, mean, covariance);
        Accuracy.Check<double>("mean", 1e-28, expectedMean, mean);
        // √N roundings of sums near N·1000²·2⁻⁵³, divided by N: about 5e-9 relative to differences near 1, or 3e-17 when squared.
        Accuracy.Check<double>("variance of differences", 1e-15, Differences(expected), Differences(covariance));

        static double[] Differences(double[] covariance) =>
            [.. Enumerable.Range(1, 15).Select(i => covariance[0] + covariance[17 * i] - 2 * covariance[i])];
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void MomentsGiveKnownResults(string name)
    {
        using Backend backend = Backends.Create(name);
        using Tensor features = backend.Tensor(new TensorShape(2, 1, 3), [1, 2, 3, 6, 4, 2]);
        double[] mean = new double[2], covariance = new double[4];
        backend.Moments(features, mean, covariance);
        Assert.Equal([2, 4], mean);
        Assert.Equal([1, -2, -2, 4], covariance);
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void FoldedMapAgreesWithMapThenConvolution(string name)
    {
        using Backend backend = Backends.Create(name);
        foreach ((TensorShape input, int outChannels, int kernelSize) in
            new[] { (new TensorShape(16, 9, 15), 3, 3), (new TensorShape(24, 17, 5), 33, 3), (new TensorShape(33, 3, 67), 16, 1),
                (new TensorShape(3, 1, 1), 16, 3) })
        {
            int channels = input.Channels;
            ConvolutionShape shape = new(outChannels, channels, kernelSize);
            float[] numbers = Samples.Numbers(input.Length, 11), mapped = new float[input.Length];
            float[] weights = Samples.Numbers(shape.WeightsLength, 12), bias = Samples.Numbers(outChannels, 13);
            double[] matrix = Array.ConvertAll(Samples.Numbers(channels * channels, 14), value => (double)value);
            double[] center = Array.ConvertAll(Samples.Numbers(channels, 15), value => (double)value);
            double[] offset = Array.ConvertAll(Samples.Numbers(channels, 16), value => (double)value);
            AffineMap.Reference(numbers, input, matrix, center, offset, mapped);
            using ReferenceBackend reference = new();
            float[] expected = Convolve(reference, input, mapped, reference.PackConvolution(shape, weights, bias));
            float[] actual = Convolve(backend, input, numbers, backend.PackFolded(shape, weights, bias, matrix, center, offset));
            Accuracy.Check<float>($"folded map of {input} to {outChannels}", 1e-11, expected, actual);
        }
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void RunOnHostRunsEachTaskOnce(string name)
    {
        using Backend backend = Backends.Create(name);
        int[] seen = new int[5];
        backend.RunOnHost(seen.Length, task => Interlocked.Increment(ref seen[task]));
        Assert.All(seen, count => Assert.Equal(1, count));
        Assert.Throws<InvalidOperationException>(() => backend.RunOnHost(2, task => throw new InvalidOperationException("task")));
    }

    private static float[] Convolve(Backend backend, TensorShape shape, float[] numbers, Convolution convolution)
    {
        using (convolution)
        {
            using Tensor input = backend.Tensor(shape, numbers);
            using Tensor output = backend.Allocate(shape.WithChannels(convolution.Shape.OutChannels));
            backend.Convolve(input, convolution, Activation.None, output);
            return backend.Numbers(output);
        }
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void AffineMapAgrees(string name)
    {
        using Backend backend = Backends.Create(name);
        foreach (TensorShape shape in Backends.Subset(name, Shapes))
        {
            int channels = shape.Channels;
            float[] numbers = Samples.Numbers(shape.Length, 5), expected = new float[shape.Length];
            double[] matrix = Array.ConvertAll(Samples.Numbers(channels * channels, 6), value => (double)value);
            double[] center = Array.ConvertAll(Samples.Numbers(channels, 7), value => (double)value);
            double[] offset = Array.ConvertAll(Samples.Numbers(channels, 8), value => (double)value);
            AffineMap.Reference(numbers, shape, matrix, center, offset, expected);
            using Tensor features = backend.Tensor(shape, numbers);
            using Tensor output = backend.Allocate(shape);
            backend.Affine(features, matrix, center, offset, output);
            Accuracy.Check<float>($"affine map of {shape}", 1e-12, expected, backend.Numbers(output));
            BorderCheck.Reflects(backend, output);
        }
    }
}
