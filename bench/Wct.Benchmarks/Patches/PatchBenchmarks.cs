using BenchmarkDotNet.Attributes;
using Wct.Kernels;
using Wct.Kernels.Cpu;

namespace Wct.Benchmarks.Patches;

/// <summary>Gathering of patches and weighted sums, which are limited by memory bandwidth.</summary>
[BenchmarkCategory("kernels")]
public class PatchBenchmarks : ICounted
{
    private CpuBackend _backend = null!;
    private Tensor _values = null!, _weights = null!, _best = null!, _output = null!;

    [Params("64 @256", "256 @128", "512 @64")]
    public string Features { get; set; } = "";

    // Both read one map and write another. Patches that overlap are read from the cache.
    public double Work => 2.0 * Channels * Side * Side * sizeof(float);

    public string Unit => "GB/s";

    private int Channels => int.Parse(Features.Split(' ')[0]);

    private int Side => int.Parse(Features.Split('@')[1]);

    [GlobalSetup]
    public void Setup()
    {
        _backend = CpuBackend.Create();
        TensorShape shape = new(Channels, Side, Side);
        _values = _backend.Allocate(shape);
        _output = _backend.Allocate(shape);
        _weights = _backend.Allocate(shape.WithChannels(1));
        _best = _backend.Allocate(shape.WithChannels(2));
        _backend.Write(Noise.Numbers(shape.Length), _values);
        _backend.Write(Noise.Numbers(shape.Pixels), _weights);
        // Random patches, as with a style whose patches are nowhere neighbors.
        _backend.Write(Array.ConvertAll(Noise.Numbers(2L * shape.Pixels), value => (value + 0.5f) * (Side - 2) * (Side - 2)), _best);
    }

    [Benchmark]
    public void GatherPatches() => _backend.GatherPatches(_values, _best, _output);

    [Benchmark]
    public void AddWeighted() => _backend.AddWeighted(_values, _weights, _output, accumulate: false);

    [GlobalCleanup]
    public void Cleanup()
    {
        foreach (Tensor tensor in (Tensor[])[_values, _weights, _best, _output])
            tensor.Dispose();
        _backend.Dispose();
    }
}
