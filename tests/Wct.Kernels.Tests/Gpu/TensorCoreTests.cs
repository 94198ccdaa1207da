using Wct.Kernels.Gpu;
using Wct.Kernels.Reference;
using Wct.Kernels.Tests.Contract;
using Wct.PtxInterpreter;

namespace Wct.Kernels.Tests.Gpu;

/// <summary>Convolutions on the tensor cores round only inputs and weights, so the reference gives the same result from rounded
/// ones.</summary>
public class TensorCoreTests
{
    private static readonly string[] Devices = ["ptx", "cuda"];

    private static readonly ConvolutionPrecision[] Rounding = [ConvolutionPrecision.Half, ConvolutionPrecision.Tf32];

    private static readonly (int InChannels, int OutChannels, int Height, int Width, Fusion Fusion)[] Layers =
    [
        // Whole tiles and one step; then several steps and blocks, and tiles cut off below and to the right.
        (8, 64, 16, 16, Fusion.None),
        (16, 64, 16, 16, Fusion.None),
        (48, 128, 19, 34, Fusion.None),
        // An odd number of TF32 steps. The last odd row and column are dropped.
        (24, 64, 17, 3, Fusion.PoolOutput),
        (32, 64, 19, 21, Fusion.PoolOutput),
        (32, 64, 9, 11, Fusion.UpsampleInput),
        (16, 64, 9, 10, Fusion.UpsampleInput | Fusion.PoolOutput),
        // Reflection on sides of one or two pixels.
        (16, 64, 1, 1, Fusion.None),
        (16, 64, 1, 7, Fusion.PoolOutput),
        (16, 64, 2, 1, Fusion.PoolOutput),
        (16, 64, 1, 1, Fusion.UpsampleInput),
    ];

    public static TheoryData<string> Names => [.. Devices];

    public static TheoryData<string, ConvolutionPrecision> Precisions =>
        [.. from device in Devices from precision in Rounding select (device, precision)];

    public static TheoryData<string, ConvolutionPrecision, int, int, int, int, Fusion> Cases =>
    [
        .. from device in Devices
           from precision in Rounding
           from layer in Layers
           where layer.InChannels % Step(precision) == 0
           select (device, precision, layer.InChannels, layer.OutChannels, layer.Height, layer.Width, layer.Fusion),
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public void ResultsEqualThoseOfRoundedNumbers(
        string device, ConvolutionPrecision precision, int inChannels, int outChannels, int height, int width, Fusion fusion)
    {
        TensorShape shape = new(inChannels, height, width);
        ConvolutionShape layer = new(outChannels, inChannels, 3);
        float[] input = Samples.Numbers(shape.Length, 1), weights = Samples.Numbers(layer.WeightsLength, 2);
        float[] bias = Samples.Numbers(outChannels, 3);
        foreach (Activation activation in (Activation[])[Activation.None, Activation.Relu, Activation.Clamp, Activation.Tanh])
        {
            float[] expected = Run(
                new ReferenceBackend(), shape, Rounded(input, precision), layer, Rounded(weights, precision), bias, activation, fusion);
            float[] actual = Run(TestDevice.Open(device, precision), shape, input, layer, weights, bias, activation, fusion);
            Accuracy.Check<float>($"{activation}", Limit(device), expected, actual);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void NumbersBeyondTheRangeOfHalvesBecomeTheLargest(string device)
    {
        TensorShape shape = new(16, 4, 4);
        ConvolutionShape layer = new(64, 16, 3);
        float[] input = LargeNumbers(shape), weights = [1e6f, .. Samples.Numbers(layer.WeightsLength - 1, 2)], bias = new float[64];
        float[] limited = Array.ConvertAll(input, value => Math.Clamp(value, -65504, 65504)), smaller = [65504, .. weights[1..]];
        float[] rounded = Rounded(smaller, ConvolutionPrecision.Half);
        float[] expected = Run(new ReferenceBackend(), shape, limited, layer, rounded, bias, Activation.None, Fusion.None);
        using GpuBackend gpu = TestDevice.Open(device, ConvolutionPrecision.Half);
        Accuracy.Check<float>("sums", Limit(device), expected, Run(gpu, shape, input, layer, weights, bias, Activation.None, Fusion.None));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Tf32HasTheRangeOfSinglePrecision(string device)
    {
        TensorShape shape = new(8, 4, 4);
        ConvolutionShape layer = new(64, 8, 3);
        float[] input = LargeNumbers(shape), weights = [1e20f, .. Samples.Numbers(layer.WeightsLength - 1, 2)], bias = new float[64];
        float[] roundedInput = Rounded(input, ConvolutionPrecision.Tf32), roundedWeights = Rounded(weights, ConvolutionPrecision.Tf32);
        float[] expected = Run(new ReferenceBackend(), shape, roundedInput, layer, roundedWeights, bias, Activation.None, Fusion.None);
        using GpuBackend gpu = TestDevice.Open(device, ConvolutionPrecision.Tf32);
        Accuracy.Check<float>("sums", Limit(device), expected, Run(gpu, shape, input, layer, weights, bias, Activation.None, Fusion.None));
    }

    // With 11 significant bits, numbers from 1 have steps of 2^-10.
    [Theory]
    [InlineData(1f, 1f)]
    [InlineData(1 + 1f / 2048, 1 + 1f / 1024)]
    [InlineData(-1 - 1f / 2048, -1 - 1f / 1024)]
    [InlineData(1 + 1f / 2049, 1f)]
    [InlineData(2 - 1f / 4096, 2f)]
    [InlineData(0f, 0f)]
    [InlineData(float.Epsilon, 0f)]
    [InlineData(3.4019e38f, 3.4011621e38f)]
    [InlineData(3.402e38f, float.PositiveInfinity)]
    [InlineData(float.MinValue, float.NegativeInfinity)]
    [InlineData(float.NegativeInfinity, float.NegativeInfinity)]
    [InlineData(float.NaN, float.NaN)]
    public void WeightsAreRoundedToTheNearest(float weight, float expected) =>
        Assert.Equal(expected, TensorCoreWeights.RoundToTf32(weight));

    // Layers that don't fit, and devices without tensor cores, give the bytes of single precision.
    [Theory]
    [InlineData(ConvolutionPrecision.Half, 24, 64, true)]
    [InlineData(ConvolutionPrecision.Half, 16, 40, true)]
    [InlineData(ConvolutionPrecision.Half, 16, 64, false)]
    [InlineData(ConvolutionPrecision.Tf32, 20, 64, true)]
    [InlineData(ConvolutionPrecision.Tf32, 8, 40, true)]
    [InlineData(ConvolutionPrecision.Tf32, 8, 64, false)]
    public void OtherLayersRunInSinglePrecision(ConvolutionPrecision precision, int inChannels, int outChannels, bool tensorCores)
    {
        TensorShape shape = new(inChannels, 6, 7);
        ConvolutionShape layer = new(outChannels, inChannels, 3);
        float[] input = Samples.Numbers(shape.Length, 1), weights = Samples.Numbers(layer.WeightsLength, 2);
        float[] bias = Samples.Numbers(outChannels, 3);
        float[] Result(ConvolutionPrecision asked) =>
            Run(TestDevice.Interpreted(tensorCores, asked), shape, input, layer, weights, bias, Activation.Relu, Fusion.None);
        Assert.Equal(Result(ConvolutionPrecision.Single), Result(precision));
    }

    [Theory]
    [MemberData(nameof(Precisions))]
    public void TheSelfTestPasses(string device, ConvolutionPrecision precision)
    {
        using GpuBackend gpu = TestDevice.Open(device, precision);
        gpu.SelfTest();
    }

    [Theory]
    [InlineData(ConvolutionPrecision.Half)]
    [InlineData(ConvolutionPrecision.Tf32)]
    public void TheSelfTestFindsEachBrokenKernel(ConvolutionPrecision precision) => FaultyQueue.CheckSelfTest(
        queue => new GpuBackend(InterpretedQueue.Device with { TensorCores = true }, queue, threads: 2, precision),
        () => new InterpretedQueue(), unnoticed: "StorePixels");

    [Theory]
    [MemberData(nameof(Precisions))]
    public void UsesThePredictedMemory(string device, ConvolutionPrecision precision)
    {
        using GpuBackend gpu = TestDevice.Open(device, precision);
        ConvolutionShape layer = new(64, 16, 3);
        using Tensor input = gpu.Allocate(new TensorShape(16, 9, 10)), output = gpu.Allocate(new TensorShape(64, 9, 10));
        gpu.FreeCachedBuffers();
        long before = gpu.PeakBytes;
        using Convolution convolution = gpu.PackConvolution(layer, new float[layer.WeightsLength], new float[64]);
        gpu.Convolve(input, convolution, Activation.None, output, Fusion.UpsampleInput | Fusion.PoolOutput);
        long predicted = gpu.BytesOf(layer) + gpu.ScratchBytes(layer, Fusion.UpsampleInput | Fusion.PoolOutput, input.Shape);
        Assert.Equal(predicted, gpu.PeakBytes - before);
    }

    // The interpreter rounds each sum to nearest. GPUs are less exact.
    private static double Limit(string device) => device == "ptx" ? 1e-12 : 1e-10;

    // Input channels of a step.
    private static int Step(ConvolutionPrecision precision) => precision == ConvolutionPrecision.Half ? 16 : 8;

    private static float[] Rounded(float[] numbers, ConvolutionPrecision precision) =>
        Array.ConvertAll(
            numbers, number => precision == ConvolutionPrecision.Half ? (float)(Half)number : TensorCoreWeights.RoundToTf32(number));

    private static float[] LargeNumbers(TensorShape shape) =>
        [.. Enumerable.Range(0, (int)shape.Length).Select(i => i % 3 == 0 ? 1e9f : i % 3 == 1 ? -1e9f : 1)];

    private static float[] Run(
        Backend backend, TensorShape shape, float[] numbers, ConvolutionShape layer, float[] weights, float[] bias, Activation activation,
        Fusion fusion)
    {
        using (backend)
        {
            TensorShape full = (fusion.HasFlag(Fusion.UpsampleInput) ? shape.Upsampled : shape).WithChannels(layer.OutChannels);
            using Tensor input = backend.Tensor(shape, numbers);
            using Tensor output = backend.Allocate(fusion.HasFlag(Fusion.PoolOutput) ? full.Pooled : full);
            using Convolution convolution = backend.PackConvolution(layer, weights, bias);
            backend.Convolve(input, convolution, activation, output, fusion);
            return backend.Numbers(output);
        }
    }
}
