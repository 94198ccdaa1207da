using Wct.Kernels.Convolutions;

namespace Wct.Kernels.Tests.Contract;

/// <summary>Sees a tensor's borders the only way that the contract shows them: through a convolution.</summary>
internal static class BorderCheck
{
    internal static void Reflects(Backend backend, Tensor tensor)
    {
        ConvolutionShape shape = new(1, tensor.Shape.Channels, 3);
        float[] weights = Samples.Numbers(shape.WeightsLength, 7), expected = new float[tensor.Shape.Pixels];
        Conv.Reference(backend.Numbers(tensor), tensor.Shape, weights, [0], shape, Activation.None, expected);
        using Convolution convolution = backend.Prepare(shape, weights, [0]);
        using Tensor output = backend.Allocate(tensor.Shape.WithChannels(1));
        backend.Convolve(tensor, convolution, Activation.None, output);
        Accuracy.Check<float>($"borders of {tensor.Shape}", ConvolutionContract.Limit, expected, backend.Numbers(output));
    }
}
