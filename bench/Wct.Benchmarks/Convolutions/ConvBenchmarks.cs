using BenchmarkDotNet.Attributes;
using Wct.Kernels;
using Wct.Kernels.Cpu;

namespace Wct.Benchmarks.Convolutions;

/// <summary>The convolutions of VGG-19 and of the compact networks, at the sizes for a 512x512 picture.</summary>
[BenchmarkCategory("kernels")]
public class ConvBenchmarks : ICounted
{
    private CpuBackend _backend = null!;
    private Convolution _convolution = null!;
    private Tensor _input = null!, _output = null!;

    [Params("3->64 @512", "64->64 @512", "64->3 @512", "128->128 @256", "256->256 @128", "512->512 @64", "512->512 @32", "16->16 @512",
        "32->32 @256", "128->128 @64")]
    public string Layer { get; set; } = "";

    [Params(1, 2)]
    public int Threads { get; set; }

    public double Work => Shape.Operations(Side, Side);

    public string Unit => "GFLOP/s";

    private ConvolutionShape Shape => new(int.Parse(Layer.Split("->")[1].Split(' ')[0]), int.Parse(Layer.Split("->")[0]), 3);

    private int Side => int.Parse(Layer.Split('@')[1]);

    [GlobalSetup]
    public void Setup()
    {
        _backend = CpuBackend.Create(new CpuBackendOptions { Threads = Threads });
        _convolution = _backend.PackConvolution(Shape, Noise.Numbers(Shape.WeightsLength), Noise.Numbers(Shape.OutChannels));
        _input = _backend.Allocate(new TensorShape(Shape.InChannels, Side, Side));
        _output = _backend.Allocate(new TensorShape(Shape.OutChannels, Side, Side));
        _backend.Write(Noise.Numbers(_input.Shape.Length), _input);
    }

    [Benchmark]
    public void Convolve() => _backend.Convolve(_input, _convolution, Activation.Relu, _output);

    [GlobalCleanup]
    public void Cleanup()
    {
        _input.Dispose();
        _output.Dispose();
        _convolution.Dispose();
        _backend.Dispose();
    }
}
