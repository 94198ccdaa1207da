using BenchmarkDotNet.Attributes;
using Wct.Kernels;
using Wct.Kernels.Cpu;

namespace Wct.Benchmarks.Elementwise;

/// <summary>Pooling and upsampling, which are limited by memory bandwidth.</summary>
[BenchmarkCategory("kernels")]
public class ResizeBenchmarks : ICounted
{
    private CpuBackend _backend = null!;
    private Tensor _large = null!, _small = null!;

    [Params("64 @512", "128 @256", "16 @512")]
    public string Features { get; set; } = "";

    // Both read or write the large feature map once and the small one once.
    public double Work => 1.25 * Channels * Side * Side * sizeof(float);

    public string Unit => "GB/s";

    private int Channels => int.Parse(Features.Split(' ')[0]);

    private int Side => int.Parse(Features.Split('@')[1]);

    [GlobalSetup]
    public void Setup()
    {
        _backend = CpuBackend.Create();
        _large = _backend.Allocate(new TensorShape(Channels, Side, Side));
        _small = _backend.Allocate(_large.Shape.Pooled);
        _backend.Write(Noise.Numbers(_large.Shape.Length), _large);
    }

    [Benchmark]
    public void MaxPool() => _backend.MaxPool(_large, _small);

    [Benchmark]
    public void Upsample() => _backend.Upsample(_small, _large);

    [GlobalCleanup]
    public void Cleanup()
    {
        _large.Dispose();
        _small.Dispose();
        _backend.Dispose();
    }
}
