using System.Collections.Concurrent;
using Wct.Kernels.Convolutions;

namespace Wct.Kernels.Tests.Contract;

/// <summary>Convolutions of every shape agree with the definition, and the definition with known results.</summary>
public class ConvolutionShapeContract
{
    private static readonly Activation[] Activations =
        [Activation.None, Activation.Relu, Activation.Tanh, Activation.Clamp, Activation.LeakyRelu(0.2f)];

    // By seed: the definition is slow, and the same for every backend.
    private static readonly ConcurrentDictionary<int, float[]> Expected = new();

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void AgreesWithTheDefinition(string name)
    {
        using Backend backend = Backends.Create(name);
        foreach ((ConvolutionShape shape, TensorShape inputShape, int seed) in ConvolutionShapes.Layers(name))
        {
            Activation activation = Activations[seed % Activations.Length];
            float[] numbers = Samples.Numbers(inputShape.Length, seed), weights = Samples.Numbers(shape.WeightsLength, seed + 1000);
            float[] bias = Samples.Numbers(shape.OutChannels, seed + 2000);
            float[] expected = Expected.GetOrAdd(seed, _ =>
            {
                float[] result = new float[shape.OutputOf(inputShape).Length];
                Conv.Reference(numbers, inputShape, weights, bias, shape, activation, result);
                return result;
            });
            using Convolution convolution = backend.PackConvolution(shape, weights, bias);
            using Tensor input = backend.Tensor(inputShape, numbers), output = backend.Allocate(shape.OutputOf(inputShape));
            backend.Convolve(input, convolution, activation, output);
            Accuracy.Check<float>(
                $"{shape} {activation} of {inputShape}, seed {seed}", ConvolutionContract.Limit, expected, backend.Numbers(output));
            BorderCheck.Reflects(backend, output);
        }
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void FusedOperationsAgreeWithSeparateOnes(string name)
    {
        using Backend backend = Backends.Create(name);
        int seed = 0;
        foreach (ConvolutionShape kind in ConvolutionShapes.Kinds.Where(kind => kind.Stride == 1))
        {
            foreach ((int inChannels, int outChannels) in ((int, int)[])[(3, 16), (24, 20), (16, 3)])
            {
                ConvolutionShape shape = ConvolutionShapes.WithChannels(kind, outChannels, inChannels);
                Fusion fusion = (Fusion)(++seed % 3 + 1);
                if (!Backends.Includes(name, seed))
                    continue;
                using Convolution convolution = backend.PackConvolution(
                    shape, Samples.Numbers(shape.WeightsLength, seed), Samples.Numbers(outChannels, seed));
                using Tensor input = backend.Tensor(new TensorShape(inChannels, 5, 7), Samples.Numbers(inChannels * 35, seed));
                using Tensor large = backend.Allocate(input.Shape.Upsampled);
                backend.Upsample(input, large);
                Tensor source = fusion.HasFlag(Fusion.UpsampleInput) ? large : input;
                using Tensor full = backend.Allocate(shape.OutputOf(source.Shape)), pooled = backend.Allocate(full.Shape.Pooled);
                backend.Convolve(source, convolution, Activation.Tanh, full);
                backend.MaxPool(full, pooled);
                Tensor expected = fusion.HasFlag(Fusion.PoolOutput) ? pooled : full;
                using Tensor actual = backend.Allocate(expected.Shape);
                backend.Convolve(input, convolution, Activation.Tanh, actual, fusion);
                Accuracy.Check<float>(
                    $"{shape} {fusion}, seed {seed}", ConvolutionContract.Limit, backend.Numbers(expected), backend.Numbers(actual));
                BorderCheck.Reflects(backend, actual);
            }
        }
    }

    // The kernel 1, 10, 100 shows which pixels each output reads. Rows are constant, because the map has one row and the other kernel rows
    // are zero.
    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void KernelsLieWhereTheShapeSays(string name)
    {
        using Backend backend = Backends.Create(name);
        ConvolutionShape kind = new(1, 1, 3), strided = kind with { Stride = 2 };
        ConvolutionShape zero = strided with { Padding = PaddingMode.Zero }, transposed = zero with { IsTransposed = true };
        Check(kind, [1, 2, 3, 4], [212, 321, 432, 343]);
        Check(kind with { Padding = PaddingMode.Zero }, [1, 2, 3, 4], [210, 321, 432, 43]);
        Check(kind with { Padding = PaddingMode.Circular }, [1, 2, 3, 4], [214, 321, 432, 143]);
        // Centered: each second pixel is a center.
        Check(strided, [1, 2, 3, 4], [212, 432]);
        Check(zero, [1, 2, 3, 4, 5], [210, 432, 54]);
        // Same: one pixel of padding at the right of an even side, one at each side of an odd one.
        Check(zero with { Alignment = StrideAlignment.Same }, [1, 2, 3, 4], [321, 43]);
        Check(zero with { Alignment = StrideAlignment.Same }, [1, 2, 3, 4, 5], [210, 432, 54]);
        Check(strided with { Padding = PaddingMode.Circular, Alignment = StrideAlignment.Same }, [1, 2, 3, 4], [321, 143]);
        // Transposed: the outputs of inputs 1, 2, 3 are 1 10 100, 2 20 200 and 3 30 300, two pixels apart.
        Check(transposed with { Alignment = StrideAlignment.Same }, [1, 2, 3], [1, 10, 102, 20, 203, 30]);
        Check(transposed, [1, 2, 3], [10, 102, 20, 203, 30, 300]);

        void Check(ConvolutionShape shape, float[] row, float[] expected)
        {
            float[] weights = new float[9];
            ((float[])[1, 10, 100]).CopyTo(weights, 3 * KernelRow(shape));
            using Convolution convolution = backend.PackConvolution(shape, weights, [0]);
            using Tensor input = backend.Tensor(new TensorShape(1, 1, row.Length), row),
                output = backend.Allocate(shape.OutputOf(input.Shape));
            backend.Convolve(input, convolution, Activation.None, output);
            Assert.Equal(expected, backend.Numbers(output)[..expected.Length]);
        }

        // The kernel row that meets the map's only row in the first row of the output.
        static int KernelRow(ConvolutionShape shape) => shape is { IsTransposed: true, Alignment: StrideAlignment.Same } ? 0 : 1;
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void ErrorsNameWhatDoesNotFit(string name)
    {
        using Backend backend = Backends.Create(name);
        ConvolutionShape shape = new(4, 3, 3), strided = shape with { Stride = 2 };
        AssertError("The stride of a convolution is 1 or 2, not 3.", () => Pack(shape with { Stride = 3 }));
        AssertError("7 is not a padding mode.", () => Pack(shape with { Padding = (PaddingMode)7 }));
        AssertError("9 is not an alignment.", () => Pack(shape with { Alignment = (StrideAlignment)9 }));
        AssertError(
            "A transposed convolution needs stride 2 and zero padding, this one has stride 2 and padding Reflect.",
            () => Pack(strided with { IsTransposed = true }));
        AssertError("A map can't be folded into the convolution 3->4 3x3 Zero, because of its padding.", () => backend.PackFolded(
            shape with { Padding = PaddingMode.Zero }, new float[108], new float[4], new double[9], new double[3], new double[3]));
        using Convolution convolution = Pack(strided);
        using Tensor input = backend.Allocate(new TensorShape(3, 5, 6)), output = backend.Allocate(new TensorShape(4, 3, 4));
        AssertError(
            "'output' is [4, 3, 4], the operation needs [4, 3, 3].",
            () => backend.Convolve(input, convolution, Activation.None, output));
        AssertError(
            "The convolution 3->4 3x3 stride 2 has stride 2, PoolOutput needs stride 1.",
            () => backend.Convolve(input, convolution, Activation.None, output, Fusion.PoolOutput));
        Assert.Contains("The kernel size is an odd number from 1 to 15.", Assert.Throws<ArgumentOutOfRangeException>(
            () => new ConvolutionShape(1, 1, 4)).Message);

        Convolution Pack(ConvolutionShape packed) => backend.PackConvolution(packed, new float[108], new float[4]);
        static void AssertError(string message, Action action) =>
            Assert.Contains(message, Assert.Throws<ArgumentException>(action).Message);
    }
}
