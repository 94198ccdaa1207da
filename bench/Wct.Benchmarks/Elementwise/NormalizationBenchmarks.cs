using BenchmarkDotNet.Attributes;
using Wct.Kernels;
using Wct.Kernels.Cpu;

namespace Wct.Benchmarks.Elementwise;

/// <summary>Instance normalization: the statistics, and the pass that applies them together with an activation.</summary>
[BenchmarkCategory("kernels")]
public class NormalizationBenchmarks : ICounted
{
    private CpuBackend _backend = null!;
    private Tensor _features = null!;
    private double[] _mean = [], _variance = [];

    [Params("3 @1024", "32 @1024", "64 @512", "128 @256")]
    public string Features { get; set; } = "";

    // Bytes that are read; Normalize also writes as many.
    public double Work => sizeof(float) * (double)Channels * Side * Side;

    public string Unit => "GB/s";

    private int Channels => int.Parse(Features.Split(' ')[0]);

    private int Side => int.Parse(Features.Split('@')[1]);

    [GlobalSetup]
    public void Setup()
    {
        _backend = CpuBackend.Create();
        _features = _backend.Allocate(new TensorShape(Channels, Side, Side));
        _backend.Write(Noise.Numbers(_features.Shape.Length), _features);
        (_mean, _variance) = (new double[Channels], new double[Channels]);
    }

    [Benchmark]
    public void ChannelMoments() => _backend.ChannelMoments(_features, _mean, _variance);

    [Benchmark]
    public void NormalizeRelu() => Normalize(Activation.Relu);

    [Benchmark]
    public void NormalizeTanh() => Normalize(Activation.Tanh);

    [GlobalCleanup]
    public void Cleanup()
    {
        _features.Dispose();
        _backend.Dispose();
    }

    // In place; with these numbers the values stay in their range.
    private void Normalize(Activation activation)
    {
        double[] zeros = new double[Channels], ones = new double[Channels];
        Array.Fill(ones, 1);
        _backend.Normalize(_features, zeros, ones, zeros, activation, _features);
    }
}
