using BenchmarkDotNet.Attributes;
using Wct.Kernels.LinearAlgebra;
using Wct.MathNet;
using Wct.Net.Transforms;

namespace Wct.Benchmarks.Statistics;

/// <summary>Eigendecompositions and square roots of covariances on the host, with both eigensolvers. bench/peers/eigen.py measures
/// LAPACK.</summary>
[BenchmarkCategory("eigen")]
public class EigenBenchmarks
{
    private readonly MathNetEigensolver _mathNet = new();
    private double[] _covariance = [], _values = [], _vectors = [];

    [Params(32, 64, 128, 256, 512)]
    public int Channels { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        int depth = 2 * Channels;
        double[] samples = Array.ConvertAll(Noise.Numbers(depth * Channels), value => (double)value);
        (_values, _vectors) = (new double[Channels], new double[Channels * Channels]);
        _covariance = new double[Channels * Channels];
        TransposedProduct.Multiply(samples, samples, depth, Channels, Channels, _covariance);
    }

    [Benchmark]
    public void Decomposition() => SymmetricEigen.Solve(_covariance, Channels, _values, _vectors);

    [Benchmark(Baseline = true)]
    public void MathNet() => _mathNet.Solve(_covariance, Channels, _values, _vectors);

    [Benchmark]
    public SymmetricPower Root() => SymmetricPower.Of(_covariance, Channels, 0.5);

    [Benchmark]
    public SymmetricPower RootByMathNet() => SymmetricPower.Of(_covariance, Channels, 0.5, _mathNet);
}
