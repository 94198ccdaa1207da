using Wct.Kernels.Elementwise;
using Wct.Kernels.Statistics;

namespace Wct.Kernels.Tests.Contract;

/// <summary>Activations, normalization, average pooling and concatenation agree with their definitions.</summary>
public class LayerContract
{
    private static readonly TensorShape[] Shapes =
    [
        new(1, 1, 1), new(3, 1, 7), new(3, 2, 2), new(16, 1, 1), new(16, 3, 5), new(17, 4, 9), new(24, 5, 1), new(33, 6, 8), new(64, 2, 33),
        new(7, 90, 61), new(20, 80, 71),
    ];

    private static readonly Activation[] Activations =
        [Activation.None, Activation.Relu, Activation.Clamp, Activation.Tanh, Activation.LeakyRelu(0.2f), Activation.LeakyRelu(0)];

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void ActivationsAgreeWithTheDefinition(string name)
    {
        using Backend backend = Backends.Create(name);
        foreach (TensorShape shape in Backends.Subset(name, Shapes))
        {
            float[] numbers = Array.ConvertAll(Samples.Numbers(shape.Length, 1), value => 3 * value), expected = new float[shape.Length];
            using Tensor input = backend.Tensor(shape, numbers), output = backend.Allocate(shape);
            foreach (Activation activation in Activations)
            {
                ActivationPass.Reference(numbers, activation, expected);
                backend.Activate(input, activation, output);
                Accuracy.Check<float>($"{activation} of {shape}", 1e-13, expected, backend.Numbers(output));
                BorderCheck.Reflects(backend, output);
                using Tensor both = backend.Tensor(shape, numbers);
                backend.Activate(both, activation, both);
                Assert.Equal(backend.Numbers(output), backend.Numbers(both));
            }
        }
    }

    // Far outside of the range of the numbers above, and near zero, where small errors matter.
    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void TanhIsAccurateEverywhere(string name)
    {
        using Backend backend = Backends.Create(name);
        float[] numbers =
        [
            .. Enumerable.Range(-2000, 4001).Select(i => i * 0.006f), .. Enumerable.Range(-40, 41).Select(i => MathF.Pow(2, i)),
            0, -0f, 1e30f, -1e30f, float.MaxValue, float.PositiveInfinity, float.NegativeInfinity, float.Epsilon,
        ];
        using Tensor input = backend.Tensor(new TensorShape(1, 1, numbers.Length), numbers), output = backend.Allocate(input.Shape);
        backend.Activate(input, Activation.Tanh, output);
        float[] actual = backend.Numbers(output);
        for (int i = 0; i < numbers.Length; i++)
        {
            double expected = Math.Tanh(numbers[i]);
            Assert.True(Math.Abs(actual[i] - expected) <= 4e-7 * Math.Abs(expected), $"tanh({numbers[i]}) is {actual[i]}, not {expected}");
        }
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void ChannelMomentsAgreeWithTheDefinition(string name)
    {
        using Backend backend = Backends.Create(name);
        foreach (TensorShape shape in Backends.Subset(name, Shapes))
        {
            // Far from zero, so that a variance without centering would lose all digits.
            float[] numbers = [.. Samples.Numbers(shape.Length, 4).Select(value => value + 1000)];
            using Tensor features = backend.Tensor(shape, numbers);
            foreach (Region region in (Region[])[Region.Of(shape), new(shape.Height / 3, shape.Width / 2, (shape.Height + 1) / 2, 1)])
            {
                TensorShape partShape = new(shape.Channels, region.Height, region.Width);
                float[] part = new float[partShape.Length];
                RegionCopy.Reference(numbers, shape, region, part, partShape, 0, 0);
                double[] mean = new double[shape.Channels], variance = new double[shape.Channels];
                double[] expectedMean = new double[shape.Channels], expected = new double[shape.Channels];
                ChannelStatistics.Reference(part, partShape, expectedMean, expected);
                backend.ChannelMoments(features, region, mean, variance);
                Accuracy.Check<double>($"mean of {shape}, {region}", 1e-28, expectedMean, mean);
                Accuracy.Check<double>($"variance of {shape}, {region}", 1e-20, expected, variance);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void NormalizationAgreesWithTheDefinition(string name)
    {
        using Backend backend = Backends.Create(name);
        foreach (TensorShape shape in Backends.Subset(name, Shapes))
        {
            float[] numbers = [.. Samples.Numbers(shape.Length, 5).Select(value => value + 100)], expected = new float[shape.Length];
            double[] center = [.. Samples.Numbers(shape.Channels, 6).Select(value => 100 + value / 3.0)];
            double[] factor = [.. Samples.Numbers(shape.Channels, 7)], offset = [.. Samples.Numbers(shape.Channels, 8)];
            using Tensor input = backend.Tensor(shape, numbers), output = backend.Allocate(shape);
            foreach (Activation activation in Activations)
            {
                Normalization.Reference(numbers, shape.Pixels, center, factor, offset, activation, expected);
                backend.Normalize(input, center, factor, offset, activation, output);
                Accuracy.Check<float>($"normalized {shape}, {activation}", 1e-12, expected, backend.Numbers(output));
                BorderCheck.Reflects(backend, output);
                using Tensor both = backend.Tensor(shape, numbers);
                backend.Normalize(both, center, factor, offset, activation, both);
                Assert.Equal(backend.Numbers(output), backend.Numbers(both));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void AveragePoolAgreesWithTheDefinition(string name)
    {
        using Backend backend = Backends.Create(name);
        foreach (TensorShape shape in Backends.Subset(name, Shapes))
        {
            float[] numbers = Samples.Numbers(shape.Length, 2), expected = new float[shape.Pooled.Length];
            AveragePool2x2.Reference(numbers, shape, expected);
            using Tensor input = backend.Tensor(shape, numbers), output = backend.Allocate(shape.Pooled);
            backend.AveragePool(input, output);
            Accuracy.Check<float>($"average pool of {shape}", 1e-13, expected, backend.Numbers(output));
            BorderCheck.Reflects(backend, output);
        }
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void SlicesReturnWhatWasConcatenated(string name)
    {
        using Backend backend = Backends.Create(name);
        int[][] counts = [[3], [3, 4], [8, 8], [8, 16, 24], [1, 2, 3, 30], [16, 3], [5, 17, 16], [2, 2]];
        foreach (int[] channels in Backends.Subset(name, counts))
        {
            TensorShape whole = new(channels.Sum(), 3, 5);
            Tensor[] parts = [.. channels.Select((count, i) => backend.Tensor(whole.WithChannels(count), Samples.Numbers(count * 15, i)))];
            using Tensor output = backend.Allocate(whole);
            backend.Concatenate(parts, output);
            Assert.Equal(parts.SelectMany(backend.Numbers), backend.Numbers(output));
            BorderCheck.Reflects(backend, output);
            int first = 0;
            foreach (Tensor part in parts)
            {
                using Tensor slice = backend.Allocate(part.Shape);
                backend.Slice(output, first, slice);
                Assert.Equal(backend.Numbers(part), backend.Numbers(slice));
                BorderCheck.Reflects(backend, slice);
                first += part.Shape.Channels;
                part.Dispose();
            }
        }
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void LayersGiveKnownResults(string name)
    {
        using Backend backend = Backends.Create(name);
        using Tensor input = backend.Tensor(new TensorShape(1, 3, 5), [1, 2, 3, 4, 99, 5, 0, -1, 7, 99, 99, 99, 99, 99, 99]);
        using Tensor pooled = backend.Allocate(input.Shape.Pooled);
        backend.AveragePool(input, pooled);
        Assert.Equal([2, 3.25f], backend.Numbers(pooled));
        using Tensor row = backend.Tensor(new TensorShape(2, 1, 3), [1, 2, 3, -6, 4, 2]), output = backend.Allocate(row.Shape);
        using Tensor narrow = backend.Allocate(row.Shape.Pooled);
        backend.AveragePool(row, narrow);
        Assert.Equal([1.5f, -1], backend.Numbers(narrow));
        double[] mean = new double[2], variance = new double[2];
        backend.ChannelMoments(row, mean, variance);
        Assert.Equal([2, 0], mean);
        Assert.Equal([2.0 / 3, 56.0 / 3], variance);
        backend.Normalize(row, [1, 2], [2, 0.5], [0, 3], Activation.Relu, output);
        Assert.Equal([0, 2, 4, 0, 4, 3], backend.Numbers(output));
        backend.Activate(row, Activation.LeakyRelu(0.5f), output);
        Assert.Equal([1, 2, 3, -3, 4, 2], backend.Numbers(output));
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void ErrorsNameBothValues(string name)
    {
        using Backend backend = Backends.Create(name);
        using Tensor input = backend.Allocate(new TensorShape(3, 5, 6)), output = backend.Allocate(new TensorShape(4, 5, 6));
        double[] three = new double[3], two = new double[2];
        AssertError("'output' is [4, 5, 6], the operation needs [3, 5, 6].", () => backend.Activate(input, Activation.Tanh, output));
        AssertError("'output' is [4, 5, 6], the operation needs [3, 2, 3].", () => backend.AveragePool(input, output));
        AssertError("'variance' has 2 elements, the shape needs 3.", () => backend.ChannelMoments(input, three, two));
        AssertError("the map is 5x6", () => backend.ChannelMoments(input, new Region(0, 0, 6, 1), three, three));
        AssertError(
            "'factor' has 2 elements, the shape needs 3.", () => backend.Normalize(input, three, two, three, Activation.None, input));
        AssertError("'output' is [4, 5, 6], the operation needs [6, 5, 6].", () => backend.Concatenate([input, input], output));
        AssertError("4 channels from 0 on are outside of [3, 5, 6].", () => backend.Slice(input, 0, output));
        AssertError("3 channels from 2 on are outside of [4, 5, 6].", () => backend.Slice(output, 2, input));
        Assert.Throws<ArgumentOutOfRangeException>(() => backend.Concatenate([], output));
        Assert.Contains("0 to 1", Assert.Throws<ArgumentOutOfRangeException>(() => Activation.LeakyRelu(-0.1f)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Activation.LeakyRelu(float.NaN));

        static void AssertError(string message, Action action) =>
            Assert.Contains(message, Assert.Throws<ArgumentException>(action).Message);
    }
}
