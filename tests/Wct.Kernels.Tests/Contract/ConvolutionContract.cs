using Wct.Kernels.Convolutions;

namespace Wct.Kernels.Tests.Contract;

public class ConvolutionContract
{
    // Winograd's transforms have a normalized error of about 1e-12 relative to the energy of the sums. If outputs are clamped to 0..1, or
    // are few and cancel, the energy of the outputs is ten to a hundred times lower.
    internal const double Limit = 1e-10;

    private static readonly (int In, int Out)[] Channels =
        [(3, 16), (3, 24), (3, 64), (16, 3), (16, 16), (24, 24), (17, 33), (48, 16), (5, 7), (1, 1), (7, 8), (64, 40)];

    private static readonly (int Height, int Width)[] Sizes =
        [(1, 1), (1, 7), (2, 1), (3, 8), (1, 9), (2, 15), (5, 16), (4, 17), (3, 31), (7, 33), (33, 2)];

    private static readonly Activation[] Activations = [Activation.None, Activation.Relu, Activation.Clamp];

    /// <summary>Backends whose weights take memory that disposing frees. The reference keeps the weights in arrays.</summary>
    public static TheoryData<string> NamesWithMemory => [.. Backends.Names.Where(row => row.Data != "reference")];

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void AgreesWithTheDefinition(string name)
    {
        using Backend backend = Backends.Create(name);
        foreach ((int inChannels, int outChannels, int height, int width, int seed) in Layers(name))
        {
            ConvolutionShape shape = new(outChannels, inChannels, seed % 4 == 0 ? 1 : 3);
            Check(backend, shape, height, width, Activations[seed % Activations.Length], seed);
        }
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void FusedOperationsAgreeWithSeparateOnes(string name)
    {
        using Backend backend = Backends.Create(name);
        foreach ((int inChannels, int outChannels, int height, int width, int seed) in Layers(name))
        {
            Fusion fusion = (Fusion)(seed % 3 + 1);
            ConvolutionShape shape = new(outChannels, inChannels, 3);
            using Convolution convolution = backend.PackConvolution(
                shape, Samples.Numbers(shape.WeightsLength, seed), Samples.Numbers(outChannels, seed));
            using Tensor input = backend.Tensor(
                new TensorShape(inChannels, height, width), Samples.Numbers(inChannels * height * width, seed));
            using Tensor large = backend.Allocate(input.Shape.Upsampled);
            backend.Upsample(input, large);
            Tensor source = fusion.HasFlag(Fusion.UpsampleInput) ? large : input;
            using Tensor full = backend.Allocate(source.Shape.WithChannels(outChannels));
            backend.Convolve(source, convolution, Activation.Relu, full);
            using Tensor pooled = backend.Allocate(full.Shape.Pooled);
            backend.MaxPool(full, pooled);
            Tensor expected = fusion.HasFlag(Fusion.PoolOutput) ? pooled : full;
            using Tensor actual = backend.Allocate(expected.Shape);
            backend.Convolve(input, convolution, Activation.Relu, actual, fusion);
            Accuracy.Check<float>(
                $"{shape} {fusion} {height}x{width}, seed {seed}", Limit, backend.Numbers(expected), backend.Numbers(actual));
            BorderCheck.Reflects(backend, actual);
        }
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void ReflectsAtTheBorders(string name)
    {
        using Backend backend = Backends.Create(name);
        // Only the upper left tap is 1, so the result is the picture moved by one pixel, with its second row and column reflected in.
        float[] weights = new float[9];
        weights[0] = 1;
        using Convolution convolution = backend.PackConvolution(new ConvolutionShape(1, 1, 3), weights, [10]);
        using Tensor input = backend.Tensor(new TensorShape(1, 2, 3), [1, 2, 3, 4, 5, 6]);
        using Tensor output = backend.Allocate(input.Shape);
        backend.Convolve(input, convolution, Activation.None, output);
        Assert.Equal([15, 14, 15, 12, 11, 12], backend.Numbers(output));
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void ErrorsNameBothShapes(string name)
    {
        using Backend backend = Backends.Create(name);
        ConvolutionShape shape = new(4, 3, 3);
        Assert.Contains(
            "'weights' has 7 elements, the shape needs 108.",
            Assert.Throws<ArgumentException>(() => backend.PackConvolution(shape, new float[7], new float[4])).Message);
        using Convolution convolution = backend.PackConvolution(shape, new float[108], new float[4]);
        using Tensor input = backend.Allocate(new TensorShape(3, 5, 6));
        using Tensor output = backend.Allocate(new TensorShape(4, 5, 7));
        Assert.Contains(
            "'output' is [4, 5, 7], the operation needs [4, 5, 6].",
            Assert.Throws<ArgumentException>(() => backend.Convolve(input, convolution, Activation.None, output)).Message);
    }

    [Theory]
    [MemberData(nameof(NamesWithMemory))]
    public void DisposedWeightsThrow(string name)
    {
        using Backend backend = Backends.Create(name);
        Convolution convolution = backend.PackConvolution(new ConvolutionShape(16, 16, 3), new float[16 * 16 * 9], new float[16]);
        using Tensor tensor = backend.Allocate(new TensorShape(16, 5, 6)), output = backend.Allocate(tensor.Shape);
        convolution.Dispose();
        Assert.Throws<ObjectDisposedException>(() => backend.Convolve(tensor, convolution, Activation.None, output));
    }

    // All channels at all sizes, numbered from 1. The number also chooses kernel size, activation and fusion.
    private static IEnumerable<(int InChannels, int OutChannels, int Height, int Width, int Seed)> Layers(string name) =>
        from index in Enumerable.Range(0, Channels.Length * Sizes.Length)
        where Backends.Includes(name, index + 1)
        let channels = Channels[index / Sizes.Length]
        let size = Sizes[index % Sizes.Length]
        select (channels.In, channels.Out, size.Height, size.Width, index + 1);

    private static void Check(Backend backend, ConvolutionShape shape, int height, int width, Activation activation, int seed)
    {
        TensorShape inputShape = new(shape.InChannels, height, width), outputShape = new(shape.OutChannels, height, width);
        float[] numbers = Samples.Numbers(inputShape.Length, seed), expected = new float[outputShape.Length];
        float[] weights = Samples.Numbers(shape.WeightsLength, seed + 1000), bias = Samples.Numbers(shape.OutChannels, seed + 2000);
        Conv.Reference(numbers, inputShape, weights, bias, shape, activation, expected);
        using Convolution convolution = backend.PackConvolution(shape, weights, bias);
        using Tensor input = backend.Tensor(inputShape, numbers);
        using Tensor output = backend.Allocate(outputShape);
        backend.Convolve(input, convolution, activation, output);
        Accuracy.Check<float>($"{shape} {activation} {height}x{width}, seed {seed}", Limit, expected, backend.Numbers(output));
        // A second convolution makes the borders and the lanes beyond the last channel visible.
        ConvolutionShape next = new(2, shape.OutChannels, 3);
        float[] nextWeights = Samples.Numbers(next.WeightsLength, seed + 3000), last = new float[2 * height * width];
        Conv.Reference(expected, outputShape, nextWeights, [0, 0], next, Activation.None, last);
        using Convolution second = backend.PackConvolution(next, nextWeights, [0, 0]);
        using Tensor final = backend.Allocate(new TensorShape(2, height, width));
        backend.Convolve(output, second, Activation.None, final);
        Accuracy.Check<float>($"{shape} then {next} {height}x{width}, seed {seed}", Limit, last, backend.Numbers(final));
    }
}
