using System.Collections.Concurrent;
using Wct.Kernels.Convolutions.Gradients;
using Wct.Kernels.Cpu;
using Wct.Kernels.Cpu.Vectors;
using Wct.Kernels.Elementwise;
using Wct.Kernels.Statistics;

namespace Wct.Kernels.Tests.Contract;

/// <summary>Every backward operation agrees with its definition. <see cref="FiniteDifferenceContract"/> compares the definitions with the
/// forward pass.</summary>
public class GradientContract
{
    // Sums over all pixels of products with both signs: the result is a fraction of the summed magnitudes.
    private const double Limit = 1e-10;

    private static readonly (int In, int Out)[] Channels =
        [(3, 16), (3, 24), (16, 3), (16, 16), (24, 24), (17, 33), (48, 16), (5, 7), (1, 1), (7, 8), (64, 40)];

    private static readonly (int Height, int Width)[] Sizes =
        [(1, 1), (1, 7), (2, 1), (3, 8), (2, 15), (4, 17), (7, 33), (33, 2), (12, 12)];

    private static readonly TensorShape[] Shapes =
        [new(1, 1, 1), new(3, 1, 7), new(3, 2, 2), new(3, 5, 4), new(16, 1, 1), new(16, 3, 5), new(17, 4, 9), new(24, 5, 1), new(33, 6, 8),
            new(64, 2, 33)];

    // By seed, which identifies the case: the definition is slow, and the same for every backend.
    private static readonly ConcurrentDictionary<int, (float[] Input, float[] Weights, float[] Bias)> Expected = new();

    [Theory]
    [MemberData(nameof(Backends.Trainers), MemberType = typeof(Backends))]
    public void ConvolutionsAgreeWithTheDefinition(string name)
    {
        using TrainingBackend backend = Backends.CreateTrainer(name);
        int seed = 0;
        foreach ((int inChannels, int outChannels) in Channels)
        {
            foreach ((int height, int width) in Sizes)
                Check(backend, new ConvolutionShape(outChannels, inChannels, ++seed % 4 == 0 ? 1 : 3), height, width, seed);
        }
    }

    // Every third layer, because the definition is slow. The last two are so wide that their weight gradients are summed in several parts.
    [Theory]
    [MemberData(nameof(Backends.Trainers), MemberType = typeof(Backends))]
    public void EveryConvolutionShapeAgreesWithTheDefinition(string name)
    {
        using TrainingBackend backend = Backends.CreateTrainer(name);
        foreach ((ConvolutionShape shape, TensorShape input, int seed) in ConvolutionShapes.Layers(name))
        {
            if (seed % 3 == 0)
                Check(backend, shape, input.Height, input.Width, 100_000 + seed);
        }

        ConvolutionShape strided = ConvolutionShapes.Kinds.First(kind => kind is { KernelSize: 3, Stride: 2 });
        Check(backend, ConvolutionShapes.WithChannels(strided, 8, 16), 34, 4001, 200_000);
        Check(backend, ConvolutionShapes.WithChannels(strided, 2, 16), 34, 4001, 200_001);
    }

    // The framework emulates 512-bit vectors on machines without them. That is too slow for the whole suite, but fast enough for the code
    // that only this width has.
    [Fact]
    public void Vector512AgreesOnAnyMachine()
    {
        using CpuBackend backend = new CpuBackend<Vec512<float>, Vec512<double>>(Isa.Vector512, new CpuBackendOptions { Threads = 2 });
        foreach ((ConvolutionShape shape, int seed) in ((ConvolutionShape, int)[])
            [(new(33, 17, 3), -1), (new(16, 3, 3), -2), (new(3, 24, 3), -3), (new(40, 24, 1), -4), (new(33, 3, 9), -5), (new(3, 17, 5), -6),
                (new ConvolutionShape(24, 33, 3) { Stride = 2 }, -7)])
            Check(backend, shape, 7, 10, seed);
    }

    [Theory]
    [MemberData(nameof(Backends.Trainers), MemberType = typeof(Backends))]
    public void ElementwiseGradientsAreExact(string name)
    {
        using TrainingBackend backend = Backends.CreateTrainer(name);
        foreach (TensorShape shape in Shapes)
        {
            // Few distinct values, so that windows have several maxima and some ReLU outputs are zero.
            float[] numbers = [.. Samples.Numbers(shape.Length, 1).Select(value => MathF.Max(0, MathF.Round(value * 2)))];
            float[] given = Samples.Numbers(shape.Length, 2), pooled = Samples.Numbers(shape.Pooled.Length, 3);
            float[] large = Samples.Numbers(shape.Upsampled.Length, 4), expected = [.. given];
            using Tensor input = backend.Tensor(shape, numbers), gradient = backend.Tensor(shape, given), result = backend.Allocate(shape);
            ReluMask.Reference(numbers, expected);
            backend.ReluGradient(input, gradient);
            Same(backend, expected, gradient);
            using Tensor small = backend.Tensor(shape.Pooled, pooled), big = backend.Tensor(shape.Upsampled, large);
            MaxPool2x2.ReferenceGradient(numbers, shape, pooled, expected);
            backend.MaxPoolGradient(input, small, result);
            Same(backend, expected, result);
            Upsample2x.ReferenceGradient(large, shape, expected);
            backend.UpsampleGradient(big, result);
            Accuracy.Check<float>($"sum of four to {shape}", 1e-13, expected, backend.Numbers(result));
            BorderCheck.Reflects(backend, result);
        }
    }

    // The last shapes have several segments of sums, in planes and in blocks.
    [Theory]
    [MemberData(nameof(Backends.Trainers), MemberType = typeof(Backends))]
    public void LayerGradientsAgreeWithTheDefinition(string name)
    {
        const double Epsilon = 1e-3;
        using TrainingBackend backend = Backends.CreateTrainer(name);
        foreach (TensorShape shape in (TensorShape[])[.. Shapes, new(3, 90, 101), new(20, 95, 90)])
        {
            int channels = shape.Channels;
            float[] numbers = [.. Samples.Numbers(shape.Length, 1).Select(value => value + 10)], given = Samples.Numbers(shape.Length, 2);
            float[] scale = Samples.Numbers(channels, 3), expected = new float[shape.Length];
            double[] mean = new double[channels], variance = new double[channels];
            float[] scaleGradient = Samples.Numbers(channels, 4), shiftGradient = Samples.Numbers(channels, 5);
            float[] expectedScale = [.. scaleGradient], expectedShift = [.. shiftGradient];
            using Tensor input = backend.Tensor(shape, numbers), gradient = backend.Tensor(shape, given), result = backend.Allocate(shape);
            ChannelStatistics.Reference(numbers, shape, mean, variance);
            Normalization.ReferenceGradient(
                numbers, shape.Pixels, mean, variance, Epsilon, scale, given, expected, expectedScale, expectedShift);
            backend.InstanceNormalizationGradient(
                input, mean, variance, Epsilon, scale, gradient, result, scaleGradient, shiftGradient);
            // A single pixel has no gradient.
            if (shape.Pixels > 1)
                Accuracy.Check<float>($"normalization of {shape}", 1e-11, expected, backend.Numbers(result));
            else
                Assert.All(backend.Numbers(result), value => Assert.InRange(value, -1e-4f, 1e-4f));
            Accuracy.Check<float>($"scale of {shape}", 1e-13, expectedScale, scaleGradient);
            Accuracy.Check<float>($"shift of {shape}", 1e-13, expectedShift, shiftGradient);
            BorderCheck.Reflects(backend, result);
            using Tensor small = backend.Tensor(shape.Pooled, Samples.Numbers(shape.Pooled.Length, 6));
            AveragePool2x2.ReferenceGradient(backend.Numbers(small), shape, expected);
            backend.AveragePoolGradient(small, result);
            Accuracy.Check<float>($"average pool of {shape}", 1e-13, expected, backend.Numbers(result));
            BorderCheck.Reflects(backend, result);
            ActivationPass.ReferenceGradient(given, Activation.LeakyRelu(0.3f), expected = [.. numbers]);
            using Tensor output = backend.Tensor(shape, given), leaky = backend.Tensor(shape, numbers);
            backend.ActivateGradient(output, Activation.LeakyRelu(0.3f), leaky);
            Accuracy.Check<float>($"leaky ReLU of {shape}", 1e-13, expected, backend.Numbers(leaky));
            BorderCheck.Reflects(backend, leaky);
        }
    }

    [Theory]
    [MemberData(nameof(Backends.Trainers), MemberType = typeof(Backends))]
    public void MaxPoolGradientGoesToTheFirstMaximum(string name)
    {
        using TrainingBackend backend = Backends.CreateTrainer(name);
        using Tensor input = backend.Tensor(new TensorShape(1, 3, 5), [1, 2, 7, 7, 9, 2, 0, 7, 7, 9, 9, 9, 9, 9, 9]);
        using Tensor gradient = backend.Tensor(input.Shape.Pooled, [3, 4]), result = backend.Allocate(input.Shape);
        backend.MaxPoolGradient(input, gradient, result);
        Assert.Equal([0, 3, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], backend.Numbers(result));
    }

    [Theory]
    [MemberData(nameof(Backends.Trainers), MemberType = typeof(Backends))]
    public void ReplacedWeightsEqualThoseOfANewConvolution(string name)
    {
        using TrainingBackend backend = Backends.CreateTrainer(name);
        ConvolutionShape[] others = [.. ConvolutionShapes.Kinds.Select(kind => ConvolutionShapes.WithChannels(kind, 17, 3))];
        foreach (ConvolutionShape shape in Channels.Select(channels => new ConvolutionShape(channels.Out, channels.In, 3)).Concat(others))
        {
            int outChannels = shape.OutChannels;
            float[] weights = Samples.Numbers(shape.WeightsLength, 1), bias = Samples.Numbers(outChannels, 2);
            using Convolution replaced = backend.PackConvolution(shape, new float[weights.Length], new float[outChannels]),
                fresh = backend.PackConvolution(shape, weights, bias);
            backend.UpdateWeights(replaced, weights, bias);
            Same(backend, fresh, replaced);
            using Convolution back = backend.PackTransposed(shape, new float[weights.Length]),
                freshBack = backend.PackTransposed(shape, weights);
            backend.UpdateTransposedWeights(back, weights);
            SameGradients(backend, shape, freshBack, back);
        }
    }

    [Theory]
    [MemberData(nameof(Backends.Trainers), MemberType = typeof(Backends))]
    public void ErrorsNameBothShapes(string name)
    {
        using TrainingBackend backend = Backends.CreateTrainer(name);
        ConvolutionShape shape = new(4, 3, 3);
        using Convolution transposed = backend.PackTransposed(shape, new float[108]);
        using Tensor input = backend.Allocate(new TensorShape(3, 5, 6)), output = backend.Allocate(new TensorShape(4, 5, 7));
        Assert.Contains(
            "'inputGradient' is [3, 5, 6], the operation needs [3, 5, 7].",
            Assert.Throws<ArgumentException>(() => backend.ConvolveInputGradient(output, transposed, input)).Message);
        Assert.Contains(
            "'outputGradient' is [4, 5, 7], the operation needs [4, 5, 6].",
            Assert.Throws<ArgumentException>(() => backend.ConvolveWeightGradient(
                input, output, shape, new float[108], new float[4])).Message);
        Assert.Contains(
            "'weights' has 7 elements, the shape needs 108.",
            Assert.Throws<ArgumentException>(() => backend.UpdateTransposedWeights(transposed, new float[7])).Message);
        ConvolutionShape strided = shape with { Stride = 2 };
        using Convolution forward = backend.PackConvolution(strided, new float[108], new float[4]),
            back = backend.PackTransposed(strided, new float[108]);
        using Tensor small = backend.Allocate(new TensorShape(4, 3, 4));
        Assert.Contains(
            "'outputGradient' is [4, 3, 4], the operation needs [4, 3, 3].",
            Assert.Throws<ArgumentException>(() => backend.ConvolveInputGradient(small, back, input)).Message);
        Assert.Contains(
            "is not from PackTransposed",
            Assert.Throws<ArgumentException>(() => backend.ConvolveInputGradient(small, forward, input)).Message);
        Assert.Contains(
            "4->3 3x3 stride 2 only computes input gradients",
            Assert.Throws<ArgumentException>(() => backend.Convolve(small, back, Activation.None, input)).Message);
        Assert.Contains("The epsilon", Assert.Throws<ArgumentOutOfRangeException>(() => backend.InstanceNormalizationGradient(
            input, new double[3], new double[3], 0, new float[3], input, input, new float[3], new float[3])).Message);
    }

    private static void Check(TrainingBackend backend, ConvolutionShape shape, int height, int width, int seed)
    {
        TensorShape inputShape = new(shape.InChannels, height, width), outputShape = shape.OutputOf(inputShape);
        float[] inputs = Samples.Numbers(inputShape.Length, seed), gradients = Samples.Numbers(outputShape.Length, seed + 1000);
        float[] weights = Samples.Numbers(shape.WeightsLength, seed + 2000);
        // Gradients are added to existing values.
        float[] startWeights = Samples.Numbers(weights.Length, seed + 3000), startBias = Samples.Numbers(shape.OutChannels, seed + 4000);
        float[] actualWeights = [.. startWeights], actualBias = [.. startBias];
        (float[] expected, float[] expectedWeights, float[] expectedBias) = Expected.GetOrAdd(seed, _ =>
        {
            float[] result = new float[inputs.Length], weightResult = [.. startWeights], biasResult = [.. startBias];
            ConvGradient.ReferenceInput(gradients, inputShape, weights, shape, result);
            ConvGradient.ReferenceWeights(inputs, gradients, inputShape, shape, weightResult, biasResult);
            return (result, weightResult, biasResult);
        });
        using Convolution transposed = backend.PackTransposed(shape, weights);
        using Tensor input = backend.Tensor(inputShape, inputs), gradient = backend.Tensor(outputShape, gradients),
            result = backend.Allocate(inputShape);
        backend.ConvolveInputGradient(gradient, transposed, result);
        string what = $"{shape} {height}x{width}, seed {seed}";
        Accuracy.Check<float>($"input gradient of {what}", Limit, expected, backend.Numbers(result));
        BorderCheck.Reflects(backend, result);
        BorderCheck.Reflects(backend, gradient);
        backend.ConvolveWeightGradient(input, gradient, shape, actualWeights, actualBias);
        Accuracy.Check<float>($"weight gradient of {what}", Limit, expectedWeights, actualWeights);
        Accuracy.Check<float>($"bias gradient of {what}", 1e-13, expectedBias, actualBias);
    }

    private static void Same(Backend backend, float[] expected, Tensor actual)
    {
        Assert.True(expected.AsSpan().SequenceEqual(backend.Numbers(actual)), actual.Shape.ToString());
        BorderCheck.Reflects(backend, actual);
    }

    private static void SameGradients(TrainingBackend backend, ConvolutionShape forward, Convolution expected, Convolution actual)
    {
        TensorShape input = new(forward.InChannels, 5, 6), output = forward.OutputOf(input);
        using Tensor gradient = backend.Tensor(output, Samples.Numbers(output.Length, 5)), first = backend.Allocate(input),
            second = backend.Allocate(input);
        backend.ConvolveInputGradient(gradient, expected, first);
        backend.ConvolveInputGradient(gradient, actual, second);
        Assert.True(backend.Numbers(first).AsSpan().SequenceEqual(backend.Numbers(second)), forward.ToString());
    }

    private static void Same(Backend backend, Convolution expected, Convolution actual)
    {
        TensorShape input = new(expected.Shape.InChannels, 5, 6);
        using Tensor source = backend.Tensor(input, Samples.Numbers(input.Length, 5)),
            first = backend.Allocate(expected.Shape.OutputOf(input));
        using Tensor second = backend.Allocate(first.Shape);
        backend.Convolve(source, expected, Activation.None, first);
        backend.Convolve(source, actual, Activation.None, second);
        Assert.True(backend.Numbers(first).AsSpan().SequenceEqual(backend.Numbers(second)), expected.Shape.ToString());
    }
}
