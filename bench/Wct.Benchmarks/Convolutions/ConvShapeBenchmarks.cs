using BenchmarkDotNet.Attributes;
using Wct.Kernels;
using Wct.Kernels.Cpu;

namespace Wct.Benchmarks.Convolutions;

/// <summary>The convolutions of a feed-forward style network (Johnson et al. 2016) for a 1024x1024 picture.</summary>
[BenchmarkCategory("kernels")]
public class ConvShapeBenchmarks : ICounted
{
    private CpuBackend _backend = null!;
    private Convolution _convolution = null!;
    private Tensor _input = null!, _output = null!;
    private Fusion _fusion;

    /// <summary>The sides are those of the input.</summary>
    [Params("3->32 9x9 @1024", "32->64 3x3 /2 @1024", "64->128 3x3 /2 @512", "128->128 3x3 @256", "128->64 3x3 x2 @256",
        "64->32 3x3 x2 @512", "128->64 3x3 up @256", "64->32 3x3 up @512", "32->3 9x9 @1024")]
    public string Layer { get; set; } = "";

    [Params(1, 2)]
    public int Threads { get; set; }

    public double Work => JohnsonLayer.Parse(Layer).Work;

    public string Unit => "GFLOP/s";

    [GlobalSetup]
    public void Setup()
    {
        JohnsonLayer layer = JohnsonLayer.Parse(Layer);
        ConvolutionShape shape = layer.Shape;
        _backend = CpuBackend.Create(new CpuBackendOptions { Threads = Threads });
        _convolution = _backend.PackConvolution(shape, Noise.Numbers(shape.WeightsLength), Noise.Numbers(shape.OutChannels));
        _input = _backend.Allocate(layer.Input);
        _output = _backend.Allocate(layer.Output);
        _fusion = layer.Fusion;
        _backend.Write(Noise.Numbers(_input.Shape.Length), _input);
    }

    [Benchmark]
    public void Convolve() => _backend.Convolve(_input, _convolution, Activation.None, _output, _fusion);

    [GlobalCleanup]
    public void Cleanup()
    {
        _input.Dispose();
        _output.Dispose();
        _convolution.Dispose();
        _backend.Dispose();
    }
}
