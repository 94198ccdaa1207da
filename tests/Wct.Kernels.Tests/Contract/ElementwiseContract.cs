using Wct.Kernels.Elementwise;
using Wct.Kernels.Gpu;

namespace Wct.Kernels.Tests.Contract;

public class ElementwiseContract
{
    private static readonly TensorShape[] Shapes =
    [
        new(1, 1, 1), new(3, 1, 7), new(3, 2, 2), new(16, 1, 1), new(16, 3, 5), new(17, 4, 9), new(24, 5, 1), new(33, 6, 8), new(64, 2, 33),
    ];

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void ReadReturnsWhatWasWritten(string name)
    {
        using Backend backend = Backends.Create(name);
        foreach (TensorShape shape in Backends.Subset(name, Shapes))
        {
            float[] numbers = Samples.Numbers(shape.Length, 1);
            using Tensor tensor = backend.Tensor(shape, numbers);
            Assert.True(numbers.AsSpan().SequenceEqual(backend.Numbers(tensor)), shape.ToString());
        }
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void MaxPoolIsExact(string name) => AssertExact(
        name, shape => shape.Pooled, (numbers, shape, expected) => MaxPool2x2.Reference(numbers, shape, expected),
        (backend, input, output) => backend.MaxPool(input, output));

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void UpsampleIsExact(string name) => AssertExact(
        name, shape => shape.Upsampled, (numbers, shape, expected) => Upsample2x.Reference(numbers, shape, expected),
        (backend, input, output) => backend.Upsample(input, output));

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void SumIsExact(string name)
    {
        using Backend backend = Backends.Create(name);
        foreach (TensorShape shape in Backends.Subset(name, Shapes))
        {
            float[] numbers = Samples.Numbers(shape.Length, 4), others = Samples.Numbers(shape.Length, 5);
            using Tensor first = backend.Tensor(shape, numbers), second = backend.Tensor(shape, others), output = backend.Allocate(shape);
            backend.Add(first, second, output);
            Assert.Equal(numbers.Zip(others, (left, right) => left + right), backend.Numbers(output));
            BorderCheck.Reflects(backend, output);
        }
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void WeightedSumsAgreeWithTheDefinition(string name)
    {
        using Backend backend = Backends.Create(name);
        // The last two shapes have several chunks, in blocks and in planes.
        foreach (TensorShape shape in Backends.Subset(name, [.. Shapes, new(24, 61, 70), new(3, 190, 180)]))
        {
            float[] numbers = Samples.Numbers(shape.Length, 6), factors = Samples.Numbers(shape.Pixels, 7);
            float[] expected = Samples.Numbers(shape.Length, 8);
            using Tensor features = backend.Tensor(shape, numbers), weights = backend.Tensor(shape.WithChannels(1), factors),
                output = backend.Tensor(shape, expected);
            foreach (bool accumulate in (bool[])[true, false, true])
            {
                WeightedAddition.Reference(numbers, factors, expected, accumulate);
                backend.AddWeighted(features, weights, output, accumulate);
                // A fused multiply-add differs in the last bit, 6e-8, from the two operations that the CPU rounds separately.
                double limit = backend is GpuBackend ? 1e-13 : 0;
                Accuracy.Check<float>($"weighted sum of {shape}, {accumulate}", limit, expected, backend.Numbers(output));
                BorderCheck.Reflects(backend, output);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void WeightedSumsGiveKnownResults(string name)
    {
        using Backend backend = Backends.Create(name);
        using Tensor features = backend.Tensor(new TensorShape(2, 1, 3), [1, 2, 3, 4, 5, 6]);
        using Tensor weights = backend.Tensor(new TensorShape(1, 1, 3), [0, 0.5f, -1]), output = backend.Allocate(features.Shape);
        backend.AddWeighted(features, weights, output, accumulate: false);
        Assert.Equal([0, 1, -3, 0, 2.5f, -6], backend.Numbers(output));
        backend.AddWeighted(features, weights, output, accumulate: true);
        Assert.Equal([0, 2, -6, 0, 5, -12], backend.Numbers(output));
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void ErrorsOfWeightedSumsNameBothShapes(string name)
    {
        using Backend backend = Backends.Create(name);
        using Tensor features = backend.Allocate(new TensorShape(3, 4, 5)), output = backend.Allocate(new TensorShape(2, 4, 5));
        using Tensor weights = backend.Allocate(new TensorShape(1, 4, 5)), narrow = backend.Allocate(new TensorShape(1, 4, 4));
        Assert.Equal("'weights' is [1, 4, 4], the operation needs [1, 4, 5]. (Parameter 'weights')", Assert.Throws<ArgumentException>(
            () => backend.AddWeighted(features, narrow, features, accumulate: false)).Message);
        Assert.Equal("'output' is [2, 4, 5], the operation needs [3, 4, 5]. (Parameter 'output')", Assert.Throws<ArgumentException>(
            () => backend.AddWeighted(features, weights, output, accumulate: true)).Message);
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void MaxPoolGivesKnownResults(string name)
    {
        using Backend backend = Backends.Create(name);
        using Tensor input = backend.Tensor(new TensorShape(1, 3, 5), [1, 2, 3, 4, 99, 5, 0, -1, 7, 99, 99, 99, 99, 99, 99]);
        using Tensor output = backend.Allocate(input.Shape.Pooled);
        backend.MaxPool(input, output);
        Assert.Equal([5, 7], backend.Numbers(output));
        using Tensor large = backend.Allocate(output.Shape.Upsampled);
        backend.Upsample(output, large);
        Assert.Equal([5, 5, 7, 7, 5, 5, 7, 7], backend.Numbers(large));
    }

    private static void AssertExact(
        string name, Func<TensorShape, TensorShape> resultOf, Action<float[], TensorShape, float[]> reference,
        Action<Backend, Tensor, Tensor> run)
    {
        using Backend backend = Backends.Create(name);
        foreach (TensorShape shape in Backends.Subset(name, Shapes))
        {
            TensorShape result = resultOf(shape);
            float[] numbers = Samples.Numbers(shape.Length, 2), expected = new float[result.Length];
            reference(numbers, shape, expected);
            using Tensor input = backend.Tensor(shape, numbers), output = backend.Allocate(result);
            run(backend, input, output);
            Assert.True(expected.AsSpan().SequenceEqual(backend.Numbers(output)), shape.ToString());
            BorderCheck.Reflects(backend, output);
        }
    }
}
