using BenchmarkDotNet.Attributes;
using Wct.Kernels.LinearAlgebra;
using Wct.Net.Transforms;

namespace Wct.Benchmarks.Statistics;

/// <summary>Square roots of covariances, on the host.</summary>
[BenchmarkCategory("eigen")]
public class EigenBenchmarks
{
    private double[] _covariance = [];

    [Params(64, 128, 256, 512)]
    public int Channels { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        int depth = 2 * Channels;
        double[] samples = Array.ConvertAll(Noise.Numbers(depth * Channels), value => (double)value);
        _covariance = new double[Channels * Channels];
        TransposedProduct.Multiply(samples, samples, depth, Channels, Channels, _covariance);
    }

    [Benchmark]
    public SymmetricPower Root() => SymmetricPower.Of(_covariance, Channels, 0.5);
}
