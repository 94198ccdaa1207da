using Wct.Kernels;
using Wct.Kernels.Reference;
using Wct.Net.Pipeline;

namespace Wct.Net.Tests.Pipeline;

public class PackedWeightsTests
{
    [Fact]
    public void WeightsArePackedAgainAfterADropOrAFailure()
    {
        using Backend backend = new ReferenceBackend();
        int calls = 0;
        ConvolutionShape shape = new(1, 1, 1);
        PackedWeights weights = new(shape, () => ++calls == 1
            ? throw new InsufficientMemoryException() : backend.PackConvolution(shape, new float[1], new float[1]));
        Assert.Throws<InsufficientMemoryException>(() => weights.Value);
        weights.Drop();
        Convolution first = weights.Value;
        Assert.Same(first, weights.Value);
        weights.Drop();
        Assert.NotSame(first, weights.Value);
        Assert.Equal(3, calls);
    }
}
