using BenchmarkDotNet.Attributes;
using Wct.Kernels;
using Wct.Kernels.Cpu;

namespace Wct.Benchmarks.Convolutions;

/// <summary>The gradients of the convolutions of a feed-forward style network (Johnson et al. 2016), for crops of 256x256 pixels.</summary>
[BenchmarkCategory("kernels")]
public class ConvGradientBenchmarks : ICounted
{
    private CpuBackend _backend = null!;
    private Convolution _transposed = null!;
    private Tensor _input = null!, _gradient = null!, _result = null!;
    private float[] _weights = [], _bias = [];

    /// <summary>The sides are those of the input.</summary>
    [Params("3->32 9x9 @256", "32->64 3x3 /2 @256", "64->128 3x3 /2 @128", "128->128 3x3 @64", "128->64 3x3 x2 @64", "64->32 3x3 x2 @128",
        "32->3 9x9 @256")]
    public string Layer { get; set; } = "";

    public double Work => JohnsonLayer.Parse(Layer).Work;

    public string Unit => "GFLOP/s";

    [GlobalSetup]
    public void Setup()
    {
        (ConvolutionShape shape, TensorShape input) = (JohnsonLayer.Parse(Layer).Shape, JohnsonLayer.Parse(Layer).Input);
        _backend = CpuBackend.Create();
        _transposed = _backend.PackTransposed(shape, Noise.Numbers(shape.WeightsLength));
        _input = _backend.Allocate(input);
        _result = _backend.Allocate(input);
        _gradient = _backend.Allocate(shape.OutputOf(input));
        _backend.Write(Noise.Numbers(_input.Shape.Length), _input);
        _backend.Write(Noise.Numbers(_gradient.Shape.Length), _gradient);
        (_weights, _bias) = (new float[shape.WeightsLength], new float[shape.OutChannels]);
    }

    [Benchmark]
    public void InputGradient() => _backend.ConvolveInputGradient(_gradient, _transposed, _result);

    [Benchmark]
    public void WeightGradient() =>
        _backend.ConvolveWeightGradient(_input, _gradient, JohnsonLayer.Parse(Layer).Shape, _weights, _bias);

    [GlobalCleanup]
    public void Cleanup()
    {
        _input.Dispose();
        _gradient.Dispose();
        _result.Dispose();
        _transposed.Dispose();
        _backend.Dispose();
    }
}
