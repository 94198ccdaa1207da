namespace Wct.Kernels.Tests.Contract;

public class ReplayContract
{
    // Runs the operations more often than a device needs before it replays a recording.
    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void ReplayingGivesTheSameResults(string name)
    {
        using Backend backend = Backends.Create(name);
        TensorShape shape = new(8, 6, 10);
        ConvolutionShape layer = new(8, 8, 3);
        using Convolution convolution = backend.PackConvolution(layer, Samples.Numbers(layer.WeightsLength, 1), Samples.Numbers(8, 2));
        for (int seed = 1; seed <= 4; seed++)
        {
            using Tensor input = backend.Tensor(shape, Samples.Numbers(shape.Length, seed));
            float[] expected = Run(input, operations => operations());
            Assert.Equal(expected, Run(input, backend.RunReplayable));
        }

        float[] Run(Tensor input, Action<Action> perform)
        {
            using Tensor output = backend.Allocate(shape);
            perform(() =>
            {
                using Tensor middle = backend.Allocate(shape.Pooled);
                backend.Convolve(input, convolution, Activation.Relu, middle, Fusion.PoolOutput);
                backend.Convolve(middle, convolution, Activation.None, output, Fusion.UpsampleInput);
            });
            return backend.Numbers(output);
        }
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void ExceptionsPassThrough(string name)
    {
        using Backend backend = Backends.Create(name);
        InvalidOperationException error = new();
        Assert.Same(error, Assert.Throws<InvalidOperationException>(() => backend.RunReplayable(() => throw error)));
        Assert.Throws<ArgumentNullException>(() => backend.RunReplayable(null!));
    }
}
