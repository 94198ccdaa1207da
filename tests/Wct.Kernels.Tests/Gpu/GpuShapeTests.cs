using Wct.Kernels.Gpu;
using Wct.Kernels.Reference;
using Wct.Kernels.Tests.Contract;
using Wct.PtxInterpreter;

namespace Wct.Kernels.Tests.Gpu;

/// <summary>Properties of GPU backends for convolutions of other shapes and other layers, beyond the backend contract.</summary>
public class GpuShapeTests
{
    private static readonly Fusion[] Fusions =
        [Fusion.None, Fusion.PoolOutput, Fusion.UpsampleInput, Fusion.UpsampleInput | Fusion.PoolOutput];

    public static TheoryData<string> Gpus => Backends.Gpus;

    public static TheoryData<string, ConvolutionPrecision, PaddingMode, Fusion> PaddedCases =>
    [
        .. from device in new[] { "ptx", "cuda" }
           from precision in new[] { ConvolutionPrecision.Half, ConvolutionPrecision.Tf32 }
           from padding in Enum.GetValues<PaddingMode>()
           from fusion in Fusions
           select (device, precision, padding, fusion),
    ];

    // Kernels for 3x3 convolutions also keep folded weights, which only upsampled inputs need; another test has those.
    [Theory]
    [MemberData(nameof(Gpus))]
    public void ConvolutionsUseThePredictedMemory(string name)
    {
        using GpuBackend gpu = TestDevice.Open(name);
        foreach (ConvolutionShape kind in ConvolutionShapes.Kinds.Where(kind => kind.Stride == 2 || kind.KernelSize != 3))
        {
            foreach ((int inChannels, int outChannels) in ((int, int)[])[(5, 20), (12, 3)])
            {
                ConvolutionShape shape = ConvolutionShapes.WithChannels(kind, outChannels, inChannels);
                using Tensor input = gpu.Tensor(new TensorShape(inChannels, 9, 70), new float[inChannels * 9 * 70]);
                foreach (Fusion fusion in shape.Stride == 1 ? Fusions : [Fusion.None])
                {
                    TensorShape full = shape.OutputOf(fusion.HasFlag(Fusion.UpsampleInput) ? input.Shape.Upsampled : input.Shape);
                    using Tensor output = gpu.Allocate(fusion.HasFlag(Fusion.PoolOutput) ? full.Pooled : full);
                    gpu.FreeCachedBuffers();
                    long before = gpu.PeakBytes;
                    using Convolution convolution = gpu.PackConvolution(shape, new float[shape.WeightsLength], new float[outChannels]);
                    gpu.Convolve(input, convolution, Activation.Tanh, output, fusion);
                    Assert.Equal((shape, fusion, gpu.BytesOf(shape) + gpu.ScratchBytes(shape, fusion, input.Shape)),
                        (shape, fusion, gpu.PeakBytes - before));
                }
            }
        }
    }

    // Maps with several tiles in each direction, whose last ones are cut off.
    [Theory]
    [MemberData(nameof(Gpus))]
    public void TilesFitTogether(string name)
    {
        using GpuBackend gpu = TestDevice.Open(name);
        using ReferenceBackend reference = new();
        ConvolutionShape[] kinds =
        [
            new(1, 1, 5), new(1, 1, 15) { Stride = 2, Alignment = StrideAlignment.Same },
            new(1, 1, 3) { Stride = 2, Padding = PaddingMode.Zero, IsTransposed = true },
            new(1, 1, 3) { Padding = PaddingMode.Zero }, new(1, 1, 3) { Padding = PaddingMode.Circular },
        ];
        int seed = 0;
        foreach (ConvolutionShape kind in kinds)
        {
            foreach ((int inChannels, int outChannels) in ((int, int)[])[(9, 18), (3, 18), (6, 5)])
            {
                ConvolutionShape shape = ConvolutionShapes.WithChannels(kind, outChannels, inChannels);
                TensorShape map = new(inChannels, 37, 67);
                float[] numbers = Samples.Numbers(map.Length, ++seed), weights = Samples.Numbers(shape.WeightsLength, seed + 100);
                float[] bias = Samples.Numbers(outChannels, seed + 200);
                Accuracy.Check<float>(
                    $"{shape}, seed {seed}", ConvolutionContract.Limit, Run(reference, shape, map, numbers, weights, bias, Fusion.None),
                    Run(gpu, shape, map, numbers, weights, bias, Fusion.None));
            }
        }
    }

    // Sums of small whole numbers are exact in every precision.
    [Theory]
    [MemberData(nameof(PaddedCases))]
    public void TensorCoresPadToo(string device, ConvolutionPrecision precision, PaddingMode padding, Fusion fusion)
    {
        ConvolutionShape shape = new(64, 16, 3) { Padding = padding };
        foreach (TensorShape map in (TensorShape[])[new(16, 9, 11), new(16, 1, 1), new(16, 2, 17)])
        {
            float[] numbers = Whole(map.Length, 1), weights = Whole(shape.WeightsLength, 2), bias = Whole(64, 3);
            using ReferenceBackend reference = new();
            using GpuBackend gpu = TestDevice.Open(device, precision);
            Assert.Equal(
                Run(reference, shape, map, numbers, weights, bias, fusion), Run(gpu, shape, map, numbers, weights, bias, fusion));
        }

        static float[] Whole(long count, int seed) => Array.ConvertAll(Samples.Numbers(count, seed), number => MathF.Round(4 * number));
    }

    [Fact]
    public void LayersAreReplayed()
    {
        InterpretedQueue queue = new();
        using GpuBackend gpu = new(InterpretedQueue.Device, queue, threads: 1, ConvolutionPrecision.Single);
        TensorShape map = new(6, 12, 14);
        ConvolutionShape first = new(20, 6, 9) { Padding = PaddingMode.Circular };
        ConvolutionShape second = new(4, 20, 5) { Stride = 2, Padding = PaddingMode.Zero, IsTransposed = true };
        using Convolution wide = Pack(first), narrow = Pack(second);
        for (int seed = 1; seed <= 4; seed++)
        {
            float[] numbers = Samples.Numbers(map.Length, seed), expected = Run(operations => operations());
            int replays = queue.Replays;
            Assert.Equal(expected, Run(gpu.RunReplayable));
            Assert.Equal(seed == 1 ? 0 : 1, queue.Replays - replays);

            float[] Run(Action<Action> perform)
            {
                using Tensor input = gpu.Tensor(map, numbers), output = gpu.Allocate(new TensorShape(12, 12, 14));
                perform(() =>
                {
                    using Tensor a = gpu.Allocate(first.OutputOf(map)), b = gpu.Allocate(a.Shape.Pooled);
                    using Tensor c = gpu.Allocate(second.OutputOf(b.Shape)), d = gpu.Allocate(c.Shape.WithChannels(8));
                    gpu.Convolve(input, wide, Activation.Tanh, a);
                    gpu.AveragePool(a, b);
                    gpu.Convolve(b, narrow, Activation.LeakyRelu(0.2f), c);
                    gpu.Slice(a, 3, d);
                    gpu.Concatenate([c, d], output);
                });
                return gpu.Numbers(output);
            }
        }

        Convolution Pack(ConvolutionShape shape) => gpu.PackConvolution(
            shape, Samples.Numbers(shape.WeightsLength, shape.Taps), Samples.Numbers(shape.OutChannels, shape.Taps + 1));
    }

    // A copy from the host ends the collecting of launches, so these run one by one, and in order.
    [Theory]
    [MemberData(nameof(Gpus))]
    public void NormalizationRunsAmongReplayableOperations(string name)
    {
        using GpuBackend gpu = TestDevice.Open(name);
        TensorShape map = new(6, 5, 7);
        double[] mean = new double[6], variance = new double[6], ones = [1, 1, 1, 1, 1, 1];
        for (int seed = 1; seed <= 3; seed++)
        {
            using Tensor input = gpu.Tensor(map, Samples.Numbers(map.Length, seed)), output = gpu.Allocate(map);
            float[] expected = Run(operations => operations());
            Assert.Equal(expected, Run(gpu.RunReplayable));

            float[] Run(Action<Action> perform)
            {
                perform(() =>
                {
                    using Tensor middle = gpu.Allocate(map);
                    gpu.Activate(input, Activation.Tanh, middle);
                    gpu.ChannelMoments(middle, mean, variance);
                    gpu.Normalize(middle, mean, ones, variance, Activation.Relu, output);
                    gpu.Normalize(output, variance, ones, mean, Activation.None, output);
                });
                return gpu.Numbers(output);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Gpus))]
    public void TheSameInputsGiveTheSameMoments(string name)
    {
        using GpuBackend gpu = TestDevice.Open(name);
        TensorShape shape = new(40, 60, 50);
        using Tensor features = gpu.Tensor(shape, Samples.Numbers(shape.Length, 1));
        (double[] Mean, double[] Variance)[] runs = [Run(), Run()];
        Assert.Equal(runs[0].Mean, runs[1].Mean);
        Assert.Equal(runs[0].Variance, runs[1].Variance);

        (double[] Mean, double[] Variance) Run()
        {
            double[] mean = new double[40], variance = new double[40];
            gpu.ChannelMoments(features, mean, variance);
            return (mean, variance);
        }
    }

    private static float[] Run(
        Backend backend, ConvolutionShape shape, TensorShape map, float[] numbers, float[] weights, float[] bias, Fusion fusion)
    {
        TensorShape full = shape.OutputOf(fusion.HasFlag(Fusion.UpsampleInput) ? map.Upsampled : map);
        using Tensor input = backend.Tensor(map, numbers);
        using Tensor output = backend.Allocate(fusion.HasFlag(Fusion.PoolOutput) ? full.Pooled : full);
        using Convolution convolution = backend.PackConvolution(shape, weights, bias);
        backend.Convolve(input, convolution, Activation.Relu, output, fusion);
        return backend.Numbers(output);
    }
}
