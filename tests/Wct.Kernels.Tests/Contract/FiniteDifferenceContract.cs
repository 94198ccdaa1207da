using System.Collections.Concurrent;

namespace Wct.Kernels.Tests.Contract;

/// <summary>Compares the backward operations with finite differences of the forward ones in double precision, which doesn't depend on our
/// definitions of gradients.</summary>
public class FiniteDifferenceContract
{
    // Limits of the normalized mean square error: a root mean square of one millionth of the gradient's for the reference, which rounds
    // once, and ten millionths for kernels in single precision.
    private const double ReferenceLimit = 1e-12, KernelLimit = 1e-10;

    private const double Step = 1e-4;

    // By name of the case: differences are slow, and the same for every backend.
    private static readonly ConcurrentDictionary<string, double[]> Known = new();

    [Theory]
    [MemberData(nameof(Backends.Trainers), MemberType = typeof(Backends))]
    public void ConvolutionGradientsAgree(string name)
    {
        using TrainingBackend backend = Backends.CreateTrainer(name);
        foreach ((int inChannels, int outChannels, int kernel, int height, int width) in ((int, int, int, int, int)[])
            [(3, 8, 3, 5, 6), (8, 3, 3, 4, 5), (9, 10, 3, 6, 7), (8, 8, 3, 1, 5), (8, 8, 3, 2, 2), (10, 9, 1, 3, 4)])
        {
            CheckConvolution(backend, new ConvolutionShape(outChannels, inChannels, kernel), height, width);
        }
    }

    [Theory]
    [MemberData(nameof(Backends.Trainers), MemberType = typeof(Backends))]
    public void GradientsOfEveryConvolutionShapeAgree(string name)
    {
        using TrainingBackend backend = Backends.CreateTrainer(name);
        (int Out, int In)[] channels = [(8, 3), (3, 8), (9, 10), (2, 3)];
        (int Height, int Width)[] sizes = [(4, 5), (5, 4), (3, 6), (1, 3)];
        for (int i = 0; i < ConvolutionShapes.Kinds.Length; i++)
        {
            for (int j = 0; j < channels.Length; j++)
            {
                ConvolutionShape kind = ConvolutionShapes.Kinds[i];
                // A difference takes a convolution for each weight, so large kernels have few channels.
                (int outChannels, int inChannels) = kind.KernelSize > 5 && j == 2 ? (8, 8) : channels[j];
                if (kind.KernelSize > 9 && j != 3)
                    continue;
                (int height, int width) = sizes[(i + j) % sizes.Length];
                CheckConvolution(backend, ConvolutionShapes.WithChannels(kind, outChannels, inChannels), height, width);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Backends.Trainers), MemberType = typeof(Backends))]
    public void LayerGradientsAgree(string name)
    {
        const double Epsilon = 1e-3;
        using TrainingBackend backend = Backends.CreateTrainer(name);
        foreach (TensorShape shape in (TensorShape[])[new(2, 5, 7), new(17, 4, 6), new(3, 1, 4), new(8, 3, 1)])
        {
            double[] x = Doubles(shape.Length, 1), u = Doubles(shape.Length, 2), small = Doubles(shape.Pooled.Length, 3);
            using Tensor input = backend.Tensor(shape, Singles(x)), result = backend.Allocate(shape);
            foreach (Activation activation in (Activation[])[Activation.None, Activation.Relu, Activation.Clamp, Activation.Tanh,
                Activation.LeakyRelu(0.25f)])
            {
                using Tensor output = backend.Tensor(shape, Singles(DoubleForward.Activate(x, activation))),
                    gradient = backend.Tensor(shape, Singles(u));
                backend.ActivateGradient(output, activation, gradient);
                Check(
                    backend, $"{activation} of {shape}", () => Weighted(DoubleForward.Activate(x, activation), u), x,
                    backend.Numbers(gradient));
            }

            using Tensor pooled = backend.Tensor(shape.Pooled, Singles(small));
            backend.AveragePoolGradient(pooled, result);
            Check(
                backend, $"average pool of {shape}", () => Weighted(DoubleForward.AveragePool(x, shape), small), x,
                backend.Numbers(result));

            double[] scale = Doubles(shape.Channels, 5), shift = Doubles(shape.Channels, 6);
            double[] mean = new double[shape.Channels], variance = new double[shape.Channels];
            float[] scaleGradient = new float[shape.Channels], shiftGradient = new float[shape.Channels];
            using Tensor weights = backend.Tensor(shape, Singles(u));
            backend.ChannelMoments(input, mean, variance);
            backend.InstanceNormalizationGradient(
                input, mean, variance, Epsilon, Singles(scale), weights, result, scaleGradient, shiftGradient);
            double Loss() => Weighted(DoubleForward.InstanceNormalize(x, shape, Epsilon, scale, shift), u);
            Check(backend, $"normalization of {shape}, input", Loss, x, backend.Numbers(result));
            Check(backend, $"normalization of {shape}, scale", Loss, scale, scaleGradient);
            Check(backend, $"normalization of {shape}, shift", Loss, shift, shiftGradient);
        }
    }

    [Theory]
    [MemberData(nameof(Backends.Trainers), MemberType = typeof(Backends))]
    public void ElementwiseGradientsAgree(string name)
    {
        using TrainingBackend backend = Backends.CreateTrainer(name);
        foreach (TensorShape shape in (TensorShape[])[new(2, 5, 7), new(17, 4, 6)])
        {
            double[] x = Doubles(shape.Length, 1), u = Doubles(shape.Length, 2), small = Doubles(shape.Pooled.Length, 3),
                large = Doubles(shape.Upsampled.Length, 4);
            using Tensor input = backend.Tensor(shape, Singles(x)),
                relu = backend.Tensor(shape, Singles([.. x.Select(v => Math.Max(0, v))]));
            using Tensor gradient = backend.Tensor(shape, Singles(u)), result = backend.Allocate(shape);
            backend.ReluGradient(relu, gradient);
            Check(backend, $"ReLU of {shape}", () => x.Zip(u, (v, weight) => Math.Max(0, v) * weight).Sum(), x, backend.Numbers(gradient));
            using Tensor pooled = backend.Tensor(shape.Pooled, Singles(small)), enlarged = backend.Tensor(shape.Upsampled, Singles(large));
            backend.MaxPoolGradient(input, pooled, result);
            Check(backend, $"pool of {shape}", () => DoubleForward.Pool(x, shape).Zip(small, (v, weight) => v * weight)
                .Sum(), x, backend.Numbers(result));
            backend.UpsampleGradient(enlarged, result);
            Check(backend, $"enlarged {shape}", () => DoubleForward.Upsample(x, shape).Zip(large, (v, weight) => v * weight)
                .Sum(), x, backend.Numbers(result));
        }
    }

    [Theory]
    [MemberData(nameof(Backends.Trainers), MemberType = typeof(Backends))]
    public void LossGradientsAgree(string name)
    {
        using TrainingBackend backend = Backends.CreateTrainer(name);
        foreach (TensorShape shape in (TensorShape[])[new(3, 5, 7), new(17, 4, 6), new(1, 1, 1), new(3, 1, 4)])
        {
            double[] x = Doubles(shape.Length, 1), t = Doubles(shape.Length, 2);
            using Tensor actual = backend.Tensor(shape, Singles(x)), target = backend.Tensor(shape, Singles(t)),
                gradient = backend.Allocate(shape);
            double Squares() => 0.5 * x.Zip(t, (a, b) => (a - b) * (a - b)).Sum();
            Assert.Equal(2 * Squares(), backend.SquaredError(actual, target, 1, gradient), 1e-5 * Squares());
            Check(backend, $"squares of {shape}", Squares, x, backend.Numbers(gradient));
            backend.Write(new float[shape.Length], gradient);
            double variation = backend.TotalVariation(actual, 0.5f, gradient);
            Assert.Equal(DoubleForward.Variation(x, shape), variation, 1e-5 * variation + 1e-12);
            Check(backend, $"variation of {shape}", () => 0.5 * DoubleForward.Variation(x, shape), x, backend.Numbers(gradient));
        }
    }

    private static double Weighted(double[] values, double[] weights) => values.Zip(weights, (value, weight) => value * weight).Sum();

    private static void CheckConvolution(TrainingBackend backend, ConvolutionShape shape, int height, int width)
    {
        TensorShape input = new(shape.InChannels, height, width), output = shape.OutputOf(input);
        double[] x = Doubles(input.Length, 1), w = Doubles(shape.WeightsLength, 2), b = Doubles(shape.OutChannels, 3),
            u = Doubles(output.Length, 4);
        float[] weights = new float[w.Length], bias = new float[b.Length];
        using Tensor source = backend.Tensor(input, Singles(x)), gradient = backend.Tensor(output, Singles(u)),
            result = backend.Allocate(input), forward = backend.Allocate(output);
        using Convolution convolution = backend.PackConvolution(shape, Singles(w), Singles(b)),
            transposed = backend.PackTransposed(shape, Singles(w));
        backend.Convolve(source, convolution, Activation.None, forward);
        Accuracy.Check<double>(
            $"{shape} {height}x{width}", KernelLimit, DoubleForward.Convolve(x, input, w, b, shape),
            Array.ConvertAll(backend.Numbers(forward), value => (double)value));
        backend.ConvolveInputGradient(gradient, transposed, result);
        backend.ConvolveWeightGradient(source, gradient, shape, weights, bias);
        double Loss() => Weighted(DoubleForward.Convolve(x, input, w, b, shape), u);
        Check(backend, $"{shape} {height}x{width}, input", Loss, x, backend.Numbers(result));
        Check(backend, $"{shape} {height}x{width}, weights", Loss, w, weights);
        Check(backend, $"{shape} {height}x{width}, bias", Loss, b, bias);
    }

    private static void Check(Backend backend, string what, Func<double> loss, double[] variables, float[] gradient)
    {
        double[] expected = Known.GetOrAdd(what, _ => Differences(loss, variables));
        double limit = backend is Reference.ReferenceBackend ? ReferenceLimit : KernelLimit;
        Accuracy.Check<double>(what, limit, expected, Array.ConvertAll(gradient, value => (double)value));
    }

    private static double[] Differences(Func<double> loss, double[] variables)
    {
        double[] differences = new double[variables.Length];
        for (int i = 0; i < differences.Length; i++)
        {
            double before = variables[i];
            variables[i] = before + Step;
            double above = loss();
            variables[i] = before - Step;
            differences[i] = (above - loss()) / (2 * Step);
            variables[i] = before;
        }

        return differences;
    }

    // Exactly representable in single precision, so that both sides get the same numbers, and never near the kink of the ReLU or a tie.
    private static double[] Doubles(long count, int seed) =>
        [.. Samples.Numbers(count, seed).Select(value => (double)(MathF.Abs(value) < 0.001f ? 0.5f : value))];

    private static float[] Singles(double[] values) => Array.ConvertAll(values, value => (float)value);
}
