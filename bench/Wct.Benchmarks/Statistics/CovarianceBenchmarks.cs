using BenchmarkDotNet.Attributes;
using Wct.Kernels;
using Wct.Kernels.Cpu;

namespace Wct.Benchmarks.Statistics;

/// <summary>Mean and covariance of the features of a 512x512 picture.</summary>
[BenchmarkCategory("kernels")]
public class CovarianceBenchmarks : ICounted
{
    private CpuBackend _backend = null!;
    private Tensor _features = null!;
    private double[] _mean = [], _covariance = [];

    [Params("16 @512", "64 @512", "128 @256", "256 @128", "512 @64", "512 @32")]
    public string Features { get; set; } = "";

    // Only half of the symmetric products is counted.
    public double Work => (double)Channels * Channels * Side * Side;

    public string Unit => "GFLOP/s";

    private int Channels => int.Parse(Features.Split(' ')[0]);

    private int Side => int.Parse(Features.Split('@')[1]);

    [GlobalSetup]
    public void Setup()
    {
        _backend = CpuBackend.Create();
        _features = _backend.Allocate(new TensorShape(Channels, Side, Side));
        _backend.Write(Noise.Numbers(_features.Shape.Length), _features);
        (_mean, _covariance) = (new double[Channels], new double[Channels * Channels]);
    }

    [Benchmark]
    public void Moments() => _backend.Moments(_features, _mean, _covariance);

    [GlobalCleanup]
    public void Cleanup()
    {
        _features.Dispose();
        _backend.Dispose();
    }
}
