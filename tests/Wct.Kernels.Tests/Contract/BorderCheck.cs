using Wct.Kernels.Convolutions;

namespace Wct.Kernels.Tests.Contract;

/// <summary>Checks a tensor's borders with a convolution, because the contract gives no other access to them.</summary>
internal static class BorderCheck
{
    internal static void Reflects(Backend backend, Tensor tensor)
    {
        // The bias keeps outputs away from zero, so that canceling sums don't make the relative error large.
        const float Bias = 10;
        ConvolutionShape shape = new(1, tensor.Shape.Channels, 3);
        float[] weights = Samples.Numbers(shape.WeightsLength, 7), expected = new float[tensor.Shape.Pixels];
        Conv.Reference(backend.Numbers(tensor), tensor.Shape, weights, [Bias], shape, Activation.None, expected);
        using Convolution convolution = backend.PackConvolution(shape, weights, [Bias]);
        using Tensor output = backend.Allocate(tensor.Shape.WithChannels(1));
        backend.Convolve(tensor, convolution, Activation.None, output);
        Accuracy.Check<float>($"borders of {tensor.Shape}", ConvolutionContract.Limit, expected, backend.Numbers(output));
    }
}
