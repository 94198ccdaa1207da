using Wct.Kernels.Gpu;
using Wct.Kernels.Reference;
using Wct.Kernels.Tests.Contract;

namespace Wct.Kernels.Tests.Gpu;

/// <summary>Convolutions in half precision on the matrix units: all that is rounded is inputs and weights, so that by the definition, with these rounded
/// before, comes the same.</summary>
public class MatrixUnitTests
{
    private const double Limit = 1e-12;

    [Theory]
    // Whole tiles, one step; several tiles, steps and blocks, cut off below and to the right.
    [InlineData(16, 64, 16, 16, Fusion.None)]
    [InlineData(48, 128, 19, 34, Fusion.None)]
    // The last odd row and column are dropped.
    [InlineData(32, 64, 19, 21, Fusion.PoolOutput)]
    [InlineData(32, 64, 9, 11, Fusion.UpsampleInput)]
    [InlineData(16, 64, 9, 10, Fusion.UpsampleInput | Fusion.PoolOutput)]
    // Borders that are reflected where there is next to nothing.
    [InlineData(16, 64, 1, 1, Fusion.None)]
    [InlineData(16, 64, 1, 7, Fusion.PoolOutput)]
    [InlineData(16, 64, 2, 1, Fusion.PoolOutput)]
    [InlineData(16, 64, 1, 1, Fusion.UpsampleInput)]
    public void ComputesWhatRoundedNumbersGive(int inChannels, int outChannels, int height, int width, Fusion fusion)
    {
        TensorShape shape = new(inChannels, height, width);
        ConvolutionShape layer = new(outChannels, inChannels, 3);
        float[] input = Samples.Numbers(shape.Length, 1), weights = Samples.Numbers(layer.WeightsLength, 2), bias = Samples.Numbers(outChannels, 3);
        foreach (Activation activation in Enum.GetValues<Activation>())
        {
            float[] expected = Run(new ReferenceBackend(), shape, Rounded(input), layer, Rounded(weights), bias, activation, fusion);
            float[] actual = Run(Open(), shape, input, layer, weights, bias, activation, fusion);
            Accuracy.Check<float>($"{activation}", Limit, expected, actual);
        }
    }

    [Fact]
    public void NumbersBeyondItsRangeBecomeTheLargest()
    {
        TensorShape shape = new(16, 4, 4);
        ConvolutionShape layer = new(64, 16, 3);
        float[] input = new float[shape.Length], weights = Samples.Numbers(layer.WeightsLength, 2), bias = new float[64];
        for (int i = 0; i < input.Length; i++)
            input[i] = i % 3 == 0 ? 1e9f : i % 3 == 1 ? -1e9f : 1;
        weights[0] = 1e6f;
        float[] limited = Array.ConvertAll(input, value => Math.Clamp(value, -65504, 65504)), smaller = [65504, .. weights[1..]];
        float[] expected = Run(new ReferenceBackend(), shape, limited, layer, Rounded(smaller), bias, Activation.None, Fusion.None);
        Accuracy.Check<float>("sums", Limit, expected, Run(Open(), shape, input, layer, weights, bias, Activation.None, Fusion.None));
    }

    // Layers that the kernel doesn't know, and devices without matrix units: bit for bit as if nobody had asked.
    [Theory]
    [InlineData(20, 64, true)]
    [InlineData(16, 40, true)]
    [InlineData(16, 64, false)]
    public void WhatDoesNotFitIsDoneInSinglePrecision(int inChannels, int outChannels, bool matrixUnits)
    {
        TensorShape shape = new(inChannels, 6, 7);
        ConvolutionShape layer = new(outChannels, inChannels, 3);
        float[] input = Samples.Numbers(shape.Length, 1), weights = Samples.Numbers(layer.WeightsLength, 2), bias = Samples.Numbers(outChannels, 3);
        float[] Result(ConvolutionPrecision precision) =>
            Run(TestDevice.Interpreted(matrixUnits, precision), shape, input, layer, weights, bias, Activation.Relu, Fusion.None);
        Assert.Equal(Result(ConvolutionPrecision.Single), Result(ConvolutionPrecision.Half));
    }

    [Fact]
    public void TheTrialPasses()
    {
        using GpuBackend gpu = Open();
        gpu.Try();
    }

    [Fact]
    public void TakesWhatItSays()
    {
        using GpuBackend gpu = Open();
        ConvolutionShape layer = new(64, 16, 3);
        using Tensor input = gpu.Allocate(new TensorShape(16, 9, 10)), output = gpu.Allocate(new TensorShape(64, 9, 10));
        gpu.Trim();
        long before = gpu.PeakBytes;
        using Convolution convolution = gpu.Prepare(layer, new float[layer.WeightsLength], new float[64]);
        gpu.Convolve(input, convolution, Activation.None, output, Fusion.UpsampleInput | Fusion.PoolOutput);
        long said = gpu.BytesOf(layer) + gpu.ScratchBytes(layer, Fusion.UpsampleInput | Fusion.PoolOutput, input.Shape);
        Assert.Equal(said, gpu.PeakBytes - before);
    }

    private static GpuBackend Open() => TestDevice.Interpreted(matrixUnits: true, ConvolutionPrecision.Half);

    private static float[] Rounded(float[] numbers) => Array.ConvertAll(numbers, number => (float)(Half)number);

    private static float[] Run(
        Backend backend, TensorShape shape, float[] numbers, ConvolutionShape layer, float[] weights, float[] bias, Activation activation, Fusion fusion)
    {
        using (backend)
        {
            TensorShape full = (fusion.HasFlag(Fusion.UpsampleInput) ? shape.Upsampled : shape).WithChannels(layer.OutChannels);
            using Tensor input = backend.Tensor(shape, numbers), output = backend.Allocate(fusion.HasFlag(Fusion.PoolOutput) ? full.Pooled : full);
            using Convolution convolution = backend.Prepare(layer, weights, bias);
            backend.Convolve(input, convolution, activation, output, fusion);
            return backend.Numbers(output);
        }
    }
}
