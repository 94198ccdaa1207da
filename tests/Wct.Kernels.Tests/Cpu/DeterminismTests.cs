using System.Runtime.InteropServices;
using Wct.Kernels.Cpu;
using Wct.Kernels.Tests.Contract;

namespace Wct.Kernels.Tests.Cpu;

/// <summary>The same inputs give the same bytes for any number of threads and of concurrent callers.</summary>
public class DeterminismTests
{
    public static TheoryData<Isa> Widths => [.. IsaSelection.Supported];

    [Theory]
    [MemberData(nameof(Widths))]
    public void ThreadsDoNotChangeResults(Isa isa)
    {
        byte[]? first = null;
        foreach (int threads in (int[])[1, 2, 3, 7])
        {
            using CpuBackend backend = CpuBackend.Create(new CpuBackendOptions { Isa = isa, Threads = threads });
            byte[] bytes = Run(backend);
            Assert.True((first ??= bytes).AsSpan().SequenceEqual(bytes), $"{isa}, {threads} threads");
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void ConcurrentCallersDoNotChangeResults(Isa isa)
    {
        using CpuBackend backend = CpuBackend.Create(new CpuBackendOptions { Isa = isa, Threads = 2 });
        byte[] alone = Run(backend);
        Parallel.For(0, 12, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i =>
            Assert.True(alone.AsSpan().SequenceEqual(Run(backend)), $"{isa}, call {i}"));
    }

    private static byte[] Run(CpuBackend backend)
    {
        // Sizes that leave short chunks, and convolutions from and to plain planes.
        (int In, int Out)[] channels = [(3, 33), (33, 48), (48, 3), (3, 2)];
        Tensor current = backend.Tensor(new TensorShape(3, 41, 5), Samples.Numbers(3 * 41 * 5, 1));
        List<byte> bytes = [];
        foreach ((int inChannels, int outChannels) in channels)
        {
            ConvolutionShape shape = new(outChannels, inChannels, 3);
            using Convolution convolution = backend.PackConvolution(
                shape, Samples.Numbers(shape.WeightsLength, 2), Samples.Numbers(outChannels, 3));
            Tensor next = backend.Allocate(current.Shape.WithChannels(outChannels));
            using (current)
                backend.Convolve(current, convolution, Activation.Relu, next);
            current = next;
            double[] mean = new double[outChannels], covariance = new double[outChannels * outChannels];
            backend.Moments(current, mean, covariance);
            bytes.AddRange(MemoryMarshal.AsBytes(covariance.AsSpan()));
            bytes.AddRange(MemoryMarshal.AsBytes(backend.Numbers(current).AsSpan()));
            bytes.AddRange(Gradients(backend, shape, current.Shape, current.Shape.WithChannels(inChannels)));
        }

        current.Dispose();
        foreach (ConvolutionShape kind in ConvolutionShapes.Kinds)
            bytes.AddRange(Layer(backend, ConvolutionShapes.WithChannels(kind, 33, 16)));
        return [.. bytes];
    }

    // A convolution of another shape with its gradients, and a normalization with its gradients. The map has several bands and segments.
    private static byte[] Layer(CpuBackend backend, ConvolutionShape shape)
    {
        TensorShape input = new(shape.InChannels, 40, 103);
        using Convolution convolution = backend.PackConvolution(
            shape, Samples.Numbers(shape.WeightsLength, 2), Samples.Numbers(shape.OutChannels, 3));
        using Tensor source = backend.Tensor(input, Samples.Numbers(input.Length, 4)), result = backend.Allocate(shape.OutputOf(input));
        backend.Convolve(source, convolution, Activation.Tanh, result);
        double[] mean = new double[shape.InChannels], variance = new double[shape.InChannels];
        float[] scale = Samples.Numbers(shape.InChannels, 5), shift = new float[shape.InChannels];
        backend.ChannelMoments(source, mean, variance);
        using Tensor gradient = backend.Allocate(input);
        backend.InstanceNormalizationGradient(source, mean, variance, 1e-3, [.. scale], source, gradient, scale, shift);
        return
        [
            .. MemoryMarshal.AsBytes(backend.Numbers(result).AsSpan()), .. MemoryMarshal.AsBytes(mean.AsSpan()),
            .. MemoryMarshal.AsBytes(variance.AsSpan()), .. MemoryMarshal.AsBytes(backend.Numbers(gradient).AsSpan()),
            .. MemoryMarshal.AsBytes(scale.AsSpan()), .. Gradients(backend, shape, shape.OutputOf(input), input),
        ];
    }

    private static byte[] Gradients(CpuBackend backend, ConvolutionShape shape, TensorShape output, TensorShape input)
    {
        float[] weights = new float[shape.WeightsLength], bias = new float[shape.OutChannels];
        using Tensor source = backend.Tensor(input, Samples.Numbers(input.Length, 4)),
            gradient = backend.Tensor(output, Samples.Numbers(output.Length, 5));
        using Tensor result = backend.Allocate(input);
        using Convolution transposed = backend.PackTransposed(shape, Samples.Numbers(shape.WeightsLength, 2));
        backend.ConvolveInputGradient(gradient, transposed, result);
        backend.ConvolveWeightGradient(source, gradient, shape, weights, bias);
        double loss = backend.SquaredError(source, result, 1, null) + backend.TotalVariation(result);
        return [.. MemoryMarshal.AsBytes(backend.Numbers(result).AsSpan()), .. MemoryMarshal.AsBytes(weights.AsSpan()),
            .. MemoryMarshal.AsBytes(bias.AsSpan()),
            .. BitConverter.GetBytes(loss)];
    }
}
