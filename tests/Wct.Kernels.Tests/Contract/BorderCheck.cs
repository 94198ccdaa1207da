using Wct.Kernels.Convolutions;

namespace Wct.Kernels.Tests.Contract;

/// <summary>Checks a tensor's borders with a convolution, because the contract gives no other access to them.</summary>
internal static class BorderCheck
{
    internal static void Reflects(Backend backend, Tensor tensor)
    {
        ConvolutionShape shape = new(1, tensor.Shape.Channels, 3);
        float[] numbers = backend.Numbers(tensor), weights = Samples.Numbers(shape.WeightsLength, 7);
        float[] expected = new float[tensor.Shape.Pixels];
        // The bias keeps outputs away from zero, so that canceling sums don't make the relative error large.
        float bias = 10 * numbers.Select(MathF.Abs).Append(1).Max();
        Conv.Reference(numbers, tensor.Shape, weights, [bias], shape, Activation.None, expected);
        using Convolution convolution = backend.PackConvolution(shape, weights, [bias]);
        using Tensor output = backend.Allocate(tensor.Shape.WithChannels(1));
        backend.Convolve(tensor, convolution, Activation.None, output);
        Accuracy.Check<float>($"borders of {tensor.Shape}", ConvolutionContract.Limit, expected, backend.Numbers(output));
    }
}
