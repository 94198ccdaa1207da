namespace Wct.Kernels.Tests.Contract;

public class MixtureContract
{
    private const int Maps = 3;

    // The last shapes have several chunks, and a last vector of channels without a neighbor.
    private static readonly TensorShape[] Shapes =
        [new(3, 2, 2), new(7, 1, 7), new(8, 1, 1), new(16, 3, 5), new(17, 4, 9), new(33, 6, 8), new(48, 40, 47), new(80, 30, 31)];

    /// <summary>How a map's weights are distributed over the pixels.</summary>
    public enum Pattern
    {
        Anything,
        Halves,
        OneEach,
        Nothing,
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void AgreesWithSeparateOperations(string name)
    {
        using Backend backend = Backends.Create(name);
        foreach (TensorShape shape in Backends.Subset(name, Shapes))
        {
            foreach (Pattern pattern in Enum.GetValues<Pattern>())
                Check(backend, shape, pattern);
        }
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void GivesKnownResults(string name)
    {
        using Backend backend = Backends.Create(name);
        using Convolution doubled = backend.PackAffine([2, 0, 0, 2], [0, 0], [0, 1]);
        using Tensor features = backend.Tensor(new TensorShape(2, 1, 3), [1, 2, 3, 4, 5, 6]), output = backend.Allocate(features.Shape);
        using Tensor rest = backend.Tensor(new TensorShape(1, 1, 3), [1, 0.5f, 0]), own = backend.Tensor(rest.Shape, [0, 0.5f, 1]);
        backend.MixAffine(features, [doubled], [rest, own], output);
        Assert.Equal([1, 3, 6, 4, 8, 13], backend.Numbers(output));
        backend.MixAffine(features, [], [own], output);
        Assert.Equal([0, 1, 3, 0, 2.5f, 6], backend.Numbers(output));
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void ErrorsNameBothValues(string name)
    {
        using Backend backend = Backends.Create(name);
        using Tensor features = backend.Allocate(new TensorShape(8, 4, 5)), output = backend.Allocate(new TensorShape(8, 4, 4));
        using Tensor other = backend.Allocate(features.Shape), weights = backend.Allocate(new TensorShape(1, 4, 5));
        using Tensor narrow = backend.Allocate(new TensorShape(1, 4, 4));
        using Convolution small = backend.PackAffine([1], [0], [0]);
        Assert.Equal("'output' is [8, 4, 4], the operation needs [8, 4, 5]. (Parameter 'output')", Message([], [weights], output));
        Assert.Equal("'weights' has 2 elements, the shape needs 1. (Parameter 'weights')", Message([], [weights, weights], other));
        Assert.Equal("'weights' is [1, 4, 4], the operation needs [1, 4, 5]. (Parameter 'weights')", Message([], [narrow], other));
        Assert.Equal(
            $"A map is {small.Shape}, the operation needs {new ConvolutionShape(8, 8, 1)}. (Parameter 'maps')",
            Message([small], [weights, weights], other));
        Assert.Equal("The output must be another tensor than the features. (Parameter 'output')", Message([], [weights], features));

        string Message(Convolution[] maps, Tensor[] shares, Tensor result) =>
            Assert.Throws<ArgumentException>(() => backend.MixAffine(features, maps, shares, result)).Message;
    }

    private static void Check(Backend backend, TensorShape shape, Pattern pattern)
    {
        using Tensor features = backend.Tensor(shape, Samples.Numbers(shape.Length, 1));
        Convolution[] maps = [.. Enumerable.Range(0, Maps).Select(i => Map(backend, shape.Channels, i))];
        Tensor[] weights =
            [.. Enumerable.Range(0, Maps + 1).Select(i => backend.Tensor(shape.WithChannels(1), Weights(shape, pattern, i)))];
        using Tensor expected = backend.Allocate(shape), mapped = backend.Allocate(shape);
        backend.AddWeighted(features, weights[0], expected, accumulate: false);
        for (int i = 0; i < Maps; i++)
        {
            backend.Convolve(features, maps[i], Activation.None, mapped);
            backend.AddWeighted(mapped, weights[i + 1], expected, accumulate: true);
        }

        // What was in the output before must not matter.
        using Tensor output = backend.Tensor(shape, Samples.Numbers(shape.Length, 9));
        backend.MixAffine(features, maps, weights, output);
        // The CPU computes the same sums in the same order.
        Accuracy.Check<float>($"{shape}, {pattern}", limit: 0, backend.Numbers(expected), backend.Numbers(output));
        BorderCheck.Reflects(backend, output);
        Array.ForEach(maps, map => map.Dispose());
        Array.ForEach(weights, weight => weight.Dispose());
    }

    private static Convolution Map(Backend backend, int channels, int seed)
    {
        double[] Numbers(int count) => [.. Samples.Numbers(count, seed + 20).Select(number => (double)number)];
        return backend.PackAffine(Numbers(channels * channels), Numbers(channels), Numbers(channels));
    }

    private static float[] Weights(TensorShape shape, Pattern pattern, int index)
    {
        float[] numbers = Samples.Numbers(shape.Pixels, index + 5);
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = pattern switch
            {
                Pattern.Nothing => 0,
                // One map has all of the first half, another all of the second one.
                Pattern.OneEach => (i < numbers.Length / 2 ? 1 : 2) == index ? 1 : 0,
                Pattern.Halves => i < numbers.Length / 2 == (index % 2 == 0) ? numbers[i] : 0,
                _ => numbers[i],
            };
        }

        return numbers;
    }
}
